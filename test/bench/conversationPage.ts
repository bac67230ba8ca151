// A conversation of 200 turns and 1 MB on our page, for the benches.
import type { ReplyToWebview, State, TurnView } from '../../src/protocol/reply';
import { composerView, strings } from '../unit/webview/strings';
import { markdownDeltas } from './replyMarkdown';

type Snapshot = Extract<ReplyToWebview, { readonly type: 'snapshot' }>;

const turnCount = 200;
/** Of each reply, in the pieces of ten characters of replyMarkdown.ts. */
const deltasPerReply = 524;
const state: State = {
  phase: 'ended',
  elapsed: 0,
  note: '',
  stats: [{ text: '10 in · 20 out' }],
  attempts: 1,
};

export function longConversation(count = turnCount): readonly TurnView[] {
  const text = markdownDeltas(deltasPerReply).join('');
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: `turn${at}`, prompt: `Prompt ${at}`, notSent: '', source: '', reasoning: '', state },
    text: `Reply ${at} begins here.\n\n${text}`,
  }));
}

export function snapshot(
  conversation: string,
  turns: readonly TurnView[],
  place?: Snapshot['place'],
): Snapshot {
  return {
    ...{ type: 'snapshot', strings, conversation, draft: '', composer: composerView, turns },
    ...(place && { place }),
    position: { index: 1, count: 2 },
  };
}
