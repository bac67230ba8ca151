// The chunk that holds the reply panel and the words for failures: loaded when there is something to show.
export { ReplyPanel } from './replyPanel';
