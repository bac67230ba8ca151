// What attaches things to a prompt, loaded with the first use.
export { Attacher } from './attacher';
export { pickAttachables } from './attachPick';
