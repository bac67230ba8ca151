// All that the page shows of a conversation, for a page that is loaded or shows another one.
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import type { Turn } from '../core/model/reply';
import type { ComposerView, EditsView } from '../protocol/composer';
import type { ReplyToWebview } from '../protocol/reply';
import type { StatContext } from './stats';
import { panelStrings } from './strings';
import { noEarlierTurns, turnView, withTurn } from './view';

export function snapshotOf(
  conversation: string,
  composer: ComposerView,
  { conversations, drafts }: { readonly conversations: Conversations; readonly drafts: Drafts },
  statContext: (turn: Turn) => StatContext,
): Extract<ReplyToWebview, { type: 'snapshot' }> {
  const { ids } = conversations;
  const { text, position, editing, rewrites = [] } = drafts.get(conversation);
  const edits: EditsView = {
    ...(editing && { editing: { turn: editing.turn, before: editing.before } }),
    rewrites: rewrites.map((rewrite) => ({ turn: rewrite.turn, text: rewrite.text })),
  };
  const turns = conversations.get(conversation)?.turns ?? [];
  const now = Date.now();
  let before = noEarlierTurns;
  return {
    type: 'snapshot',
    strings: panelStrings(),
    conversation,
    draft: text,
    ...((editing !== undefined || rewrites.length > 0) && { edits }),
    composer,
    ...(position && { place: position }),
    turns: turns.map((turn) => {
      const place = { before, versions: conversations.versions(turn.request.id) };
      before = withTurn(before, turn);
      return turnView(turn, place, statContext(turn), now);
    }),
    position: { index: ids.indexOf(conversation) + 1, count: ids.length },
  };
}
