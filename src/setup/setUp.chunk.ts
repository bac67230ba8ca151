// The chunk that holds the dialogs of Set Up: loaded with the first command or prompt.
export { SetUp } from './setUp';
