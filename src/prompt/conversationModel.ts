// Which model a conversation asks: the one that it was begun with, until another is chosen in it.
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import { isRepeated } from '../conversation/followUp';
import type { Turn } from '../core/model/reply';

/**
 * The model for the next prompt of a conversation; undefined if the settings decide: before its first reply, a
 * conversation whose model nobody chose has none of its own, so that a model that failed can be changed there.
 */
export function modelOfConversation(
  conversation: string,
  conversations: Conversations,
  drafts: Drafts,
): string | undefined {
  return drafts.get(conversation).model ?? modelOfBranch(conversations.get(conversation)?.turns ?? []);
}

/**
 * The model that these turns leave to the prompt after them; undefined if the settings decide. One that was chosen stays
 * chosen if it fails.
 */
export function modelOfBranch(turns: readonly Turn[]): string | undefined {
  return turns.findLast((turn) => turn.request.ownModel ?? isRepeated(turn))?.request.target.model;
}

/** The model for sending the prompt of a turn again; undefined if the settings decide. */
export function modelForResending(
  turn: Turn,
  conversations: Conversations,
  drafts: Drafts,
): string | undefined {
  const { conversation, target, ownModel } = turn.request;
  if (isRepeated(turn)) return target.model;
  const isOwn = ownModel ?? conversations.allTurns(conversation).some(isRepeated);
  return drafts.get(conversation).model ?? (isOwn ? target.model : undefined);
}
