// The chunk with the dialogs of Set Up; loaded with the first command or prompt.
export { SetUp } from './setUp';
