// The chunk that looks at a prompt before it leaves: loaded when the first is sent.
export { preflight } from './preflight';
