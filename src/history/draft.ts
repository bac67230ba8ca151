// What is typed in a conversation and not sent.
import { isRecord } from '../core/model/json';
import type { Source } from '../core/model/request';
import type { ReadingPlace } from '../protocol/reply';

/** A selection that goes along with the next prompt. */
export interface Attachment {
  readonly id: string;
  /** Such as "src/main.ts:12-40". */
  readonly name: string;
  /** The selected text as the prompt quotes it. */
  readonly text: string;
  readonly sources: readonly Source[];
}

/** A prompt as it is typed. */
export interface TypedPrompt {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The turn whose prompt is edited, and what was typed before that began. */
  readonly editing?: { readonly turn: string; readonly before: string };
}

/** A prompt that is sent when a running reply has ended. */
export interface QueuedPrompt extends Pick<TypedPrompt, 'text' | 'attachments'> {
  readonly id: string;
  /** The turn whose reply it waits for, and which it then follows. */
  readonly after: string;
  /** The model that was chosen when it was typed; absent if that was its branch's. */
  readonly model?: string;
}

export interface Draft extends TypedPrompt {
  readonly queue: readonly QueuedPrompt[];
  /** What is being sent, until that has begun: the user may have to answer questions first. */
  readonly outgoing?: TypedPrompt;
  /** The model that was chosen for the next prompt. */
  readonly model?: string;
  readonly position?: ReadingPlace;
}

export const emptyDraft: Draft = { text: '', attachments: [], queue: [] };

/** Whether a draft holds anything that somebody typed. */
export function hasText({ text, attachments, editing, queue, outgoing }: Draft): boolean {
  return (
    text !== '' || attachments.length > 0 || queue.length > 0 || outgoing !== undefined || !!editing?.before
  );
}

/** The draft with a prompt that was not sent after all, before what was typed since. */
export function withPromptBack({ outgoing, ...draft }: Draft, prompt: TypedPrompt): Draft {
  // A second edit that began meanwhile goes on.
  const editing = draft.editing ?? prompt.editing;
  return {
    ...draft,
    text: [prompt.text, draft.text].filter(Boolean).join('\n'),
    attachments: [...prompt.attachments, ...draft.attachments],
    ...(editing && { editing }),
  };
}

/** Reads what JSON.stringify made of a draft; undefined if it is damaged. A prompt that was being sent was not. */
export function parseDraft(json: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (!isRecord(value)) return undefined;
    const typed = typedPrompt(value);
    if (!typed) return undefined;
    const { queue, model, position, outgoing } = value;
    const draft: Draft = {
      ...typed,
      queue: listOf(queue, isQueued),
      ...(typeof model === 'string' && { model }),
      ...(isRecord(position) && isPosition(position) && { position }),
    };
    const unsent = isRecord(outgoing) ? typedPrompt(outgoing) : undefined;
    return unsent ? withPromptBack(draft, unsent) : draft;
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function typedPrompt({ text, attachments, editing }: Fields): TypedPrompt | undefined {
  if (typeof text !== 'string') return undefined;
  return {
    text,
    attachments: listOf(attachments, isAttachment),
    ...(isRecord(editing) && isEditing(editing) && { editing }),
  };
}

function listOf<T>(value: unknown, isItem: (item: Fields) => item is Fields & T): readonly T[] {
  return Array.isArray(value) ? value.filter((item): item is T => isRecord(item) && isItem(item)) : [];
}

function isAttachment(value: Fields): value is Fields & Attachment {
  const { id, name, text, sources } = value;
  return [id, name, text].every((field) => typeof field === 'string') && Array.isArray(sources);
}

function isQueued(value: Fields): value is Fields & QueuedPrompt {
  const { id, text, after, attachments, model = '' } = value;
  return (
    [id, text, after, model].every((field) => typeof field === 'string') &&
    Array.isArray(attachments) &&
    attachments.every((item) => isRecord(item) && isAttachment(item))
  );
}

function isEditing(value: Fields): value is Fields & NonNullable<TypedPrompt['editing']> {
  return typeof value['turn'] === 'string' && typeof value['before'] === 'string';
}

function isPosition(value: Fields): value is Fields & ReadingPlace {
  return typeof value['turn'] === 'string' && typeof value['offset'] === 'number';
}
