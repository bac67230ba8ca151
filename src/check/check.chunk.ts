// The chunk that holds the panel that checks the connection, and its words: loaded when it is first asked for.
export { CheckPanel } from './checkPanel';
