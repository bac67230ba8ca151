// The chunk that holds the reply panel and the words for failures: loaded when there is something to show.
export { adviceFor } from '../advice/advice';
export { copiedOf } from '../inspector/copied';
export { attemptsOf } from '../inspector/details';
export { ReplyPanel } from './replyPanel';
export { words } from './strings';
