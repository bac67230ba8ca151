// The chunk with the reply panel and the advice for failures; loaded when there is something to show.
export { adviceFor } from '../advice/advice';
export { copiedText } from '../inspector/copied';
export { attemptViews } from '../inspector/details';
export { ReplyPanel } from './replyPanel';
export { panelStrings } from './strings';
