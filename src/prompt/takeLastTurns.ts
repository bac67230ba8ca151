// A conversation that has become too large for its model goes on as another one, with its end.
import { randomUUID } from 'node:crypto';
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import { type Request, frozen } from '../core/model/request';
import { emptyDraft } from '../history/draft';

/**
 * Begins a conversation with the last `count` shown turns of another, and moves the draft there. Returns its ID.
 * Nothing is sent.
 */
export function takeLastTurns(
  conversation: string,
  count: number,
  { conversations, drafts }: { readonly conversations: Conversations; readonly drafts: Drafts },
): string {
  const id = randomUUID();
  const { text, attachments, model } = drafts.get(conversation);
  // First, since the new conversation is shown with its first turn.
  drafts.set(id, { ...emptyDraft, text, attachments, ...(model !== undefined && { model }) });
  drafts.update(conversation, { text: '', attachments: [] });
  const turns = conversations.get(conversation)?.turns ?? [];
  let parent: string | undefined;
  for (const { request, reply } of turns.slice(turns.length - count)) {
    const { parent: before, ...rest } = request;
    const copy: Request = {
      ...rest,
      ...{ id: randomUUID(), conversation: id, copied: true },
      messages: request.messages.slice(-1),
      ...(parent !== undefined && { parent }),
    };
    parent = copy.id;
    conversations.addEnded({ request: frozen(copy), reply });
  }
  return id;
}
