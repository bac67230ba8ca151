// The chunk that checks a prompt before it is sent; loaded with the first prompt.
export { checkContent } from './contentCheck';
export { preflight } from './preflight';
