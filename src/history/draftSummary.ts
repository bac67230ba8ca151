// What a list shows of a draft that belongs to no conversation.
import { isBlank } from '../core/model/blank';
import { attachmentName } from './attachment';
import type { Draft } from './draft';
import { promptTitle } from './summary';

export interface DraftSummary {
  /** The ID of the conversation that it would begin. */
  readonly id: string;
  /** The beginning of what is typed; else what is attached. */
  readonly title: string;
  /** When it was last changed, ms since the epoch. */
  readonly at: number;
  readonly isDraft: true;
  readonly isPinned: false;
}

export function summarizeDraft(id: string, draft: Draft, at: number): DraftSummary {
  return { id, title: draftTitle(draft), at, isDraft: true, isPinned: false };
}

export function draftTitle({ text, outgoing = [], queue, editing, attachments }: Draft): string {
  const sent = [...outgoing, ...queue];
  const typed = [text, ...sent.map((prompt) => prompt.text), editing?.before];
  const attached = [attachments, editing?.attachments ?? [], ...sent.map((prompt) => prompt.attachments)];
  const names = attached.flat().map(attachmentName);
  return promptTitle([...typed, ...names].find((each) => each !== undefined && !isBlank(each)) ?? '');
}
