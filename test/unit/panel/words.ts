import type { Words } from '../../../src/panel/protocol';

export const words: Words = {
  you: 'You',
  reply: 'Reply',
  empty: 'Nothing sent yet',
  waiting: 'Waiting for the model…',
  waitingFor: 'Waiting for the model… {0} s',
  retryIn: 'Trying again in {0} s',
  stop: 'Stop',
  copyReply: 'Copy Reply',
  copyCode: 'Copy',
  copied: 'Copied',
  reasoning: 'Reasoning',
  showAll: 'Show all',
  showLess: 'Show less',
  previous: 'Previous conversation',
  next: 'Next conversation',
  position: '{0} of {1}',
  jumpToEnd: 'Jump to end',
  picture: 'Picture: {0}',
  replyFinished: 'Reply finished',
};
