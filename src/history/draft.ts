// What is typed in a conversation and not sent.
import { isRecord } from '../core/model/json';
import type { ReadingPlace } from '../protocol/reply';
import { inLines } from '../util/inLines';
import { type Attachment, areSameAttachments, isAttachment, joinAttachments } from './attachment';

/** A prompt as it is typed. */
export interface TypedPrompt {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Present while the prompt of an earlier turn is edited. */
  readonly editing?: Editing;
}

export interface Editing {
  readonly turn: string;
  /** What was typed before that began. */
  readonly before: string;
  /** What was attached to that; absent in the drafts of earlier versions, which left it attached to what is edited. */
  readonly attachments?: readonly Attachment[];
}

/** What was typed when the prompt of an earlier turn was edited, and neither sent nor in the composer now. */
export interface Rewrite extends Pick<TypedPrompt, 'text' | 'attachments'> {
  readonly turn: string;
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
  readonly outgoing?: readonly TypedPrompt[];
  /** At most one for each turn. */
  readonly rewrites?: readonly Rewrite[];
  /** The model that was chosen for the next prompt. */
  readonly model?: string;
  readonly position?: ReadingPlace;
}

export const emptyDraft: Draft = { text: '', attachments: [], queue: [] };

/** Whether a draft holds anything that somebody typed. */
export function hasText({ text, attachments, editing, queue, outgoing = [], rewrites = [] }: Draft): boolean {
  const isAttached = attachments.length > 0 || !!editing?.attachments?.length;
  return text !== '' || isAttached || !!editing?.before || [...queue, ...outgoing, ...rewrites].length > 0;
}

/** Everything that is attached in a draft: to what is typed, edited, queued or being sent. */
export function allAttachments({
  attachments,
  editing,
  queue,
  outgoing = [],
  rewrites = [],
}: Draft): readonly Attachment[] {
  const others = [...queue, ...outgoing, ...rewrites].flatMap((prompt) => prompt.attachments);
  return [...attachments, ...(editing?.attachments ?? []), ...others];
}

/** A prompt that was sent. Texts that were attached are part of its text. */
export type SentPrompt = Pick<TypedPrompt, 'text' | 'attachments'>;

/** The list with what was typed in place of `prompt`, unless that is nothing. Replaces nothing that is in the list. */
function withRewrite(
  rewrites: readonly Rewrite[],
  { turn, text, attachments }: Rewrite,
  prompt: SentPrompt = { text: '', attachments: [] },
): readonly Rewrite[] {
  const isBlank = text.trim() === '';
  const areSame = areSameAttachments(attachments, prompt.attachments);
  if (areSame ? isBlank || text === prompt.text : isBlank && attachments.length === 0) return rewrites;
  const there = rewrites.find((rewrite) => rewrite.turn === turn);
  const others = rewrites.filter((rewrite) => rewrite !== there);
  if (!there || there.text === text) return [...others, { turn, text, attachments }];
  const all = joinAttachments(attachments, there.attachments);
  return [...others, { turn, text: inLines(text, there.text), attachments: all }];
}

/** What the page says when the user begins to edit the prompt of a turn. */
export interface EditBegun {
  readonly turn: string;
  /** What is in the composer now: the prompt, or what was typed in its place earlier. */
  readonly text: string;
  /** What was there. */
  readonly before: string;
}

/** The draft when an edit begins, with what the prompt has attached. `promptOf` returns the prompt of a turn. */
export function withEditBegun(
  draft: Draft,
  { turn, text, before }: EditBegun,
  promptOf: (turn: string) => SentPrompt | undefined,
): Draft {
  const { editing, rewrites = [], attachments, ...rest } = draft;
  // The page has found out after us, so it knows better what was typed before.
  if (editing?.turn === turn) return { ...draft, text, editing: { ...editing, before } };
  const left = editing
    ? withRewrite(rewrites, { turn: editing.turn, text: before, attachments }, promptOf(editing.turn))
    : rewrites;
  const taken = left.find((rewrite) => rewrite.turn === turn);
  return {
    ...rest,
    ...{ text, attachments: (taken ?? promptOf(turn))?.attachments ?? [] },
    editing: editing
      ? { ...editing, turn, attachments: editing.attachments ?? [] }
      : { turn, before, attachments },
    // One that the page did not know stays.
    rewrites: left.filter((rewrite) => rewrite !== taken || rewrite.text !== text),
  };
}

/** The draft when an edit is given up: what was typed before is back, and what was typed in it is kept. */
export function withEditCancelled(draft: Draft, promptOf: (turn: string) => SentPrompt | undefined): Draft {
  const { editing, rewrites = [], ...rest } = draft;
  if (!editing) return draft;
  const { text, attachments } = draft;
  const { turn } = editing;
  return {
    ...rest,
    ...{ text: editing.before, attachments: editing.attachments ?? attachments },
    rewrites: withRewrite(rewrites, { turn, text, attachments }, promptOf(turn)),
  };
}

/** The draft while its prompt is being sent: what was typed before an edit is back. `text` is what is in the composer. */
export function withPromptOut(
  draft: Draft,
  text: string,
): { readonly draft: Draft; readonly prompt: TypedPrompt } {
  const { attachments, editing, outgoing = [], ...rest } = draft;
  const prompt: TypedPrompt = {
    ...{ text, attachments },
    ...(editing && { editing: { turn: editing.turn, before: '', attachments: [] } }),
  };
  return {
    prompt,
    draft: {
      ...rest,
      ...{ text: editing?.before ?? '', attachments: editing?.attachments ?? [] },
      outgoing: [...outgoing, prompt],
    },
  };
}

/**
 * The draft with a prompt that was not sent after all, before what was typed since. If it is the edit of an earlier
 * prompt, it is edited again; if another is edited meanwhile, that goes on.
 */
export function withPromptBack(draft: Draft, prompt: TypedPrompt & Pick<Draft, 'rewrites'>): Draft {
  const { editing: current, rewrites: ownRewrites = [] } = draft;
  const { editing: back, rewrites: otherRewrites = [] } = prompt;
  const edit = current ?? back;
  const isSame = current?.turn === back?.turn;
  const texts = isSame ? [prompt, draft] : [edit === current ? draft : prompt];
  const typed = {
    text: inLines(...texts.map(({ text }) => text)),
    attachments: joinAttachments(...texts.map(({ attachments }) => attachments)),
  };
  let rewrites = [...ownRewrites, ...otherRewrites].reduce<readonly Rewrite[]>(
    (all, rewrite) => withRewrite(all, rewrite),
    [],
  );
  if (back && !isSame && edit === current)
    rewrites = withRewrite(rewrites, {
      ...{ turn: back.turn, text: prompt.text, attachments: prompt.attachments },
    });
  const before = [back ?? asBefore(prompt), current ?? asBefore(draft)];
  return {
    ...draft,
    ...typed,
    ...(rewrites.length > 0 && { rewrites }),
    ...(edit && {
      editing: {
        turn: edit.turn,
        before: inLines(...before.map((each) => each.before)),
        attachments: joinAttachments(...before.map(({ attachments = [] }) => attachments)),
      },
    }),
  };
}

function asBefore({ text, attachments }: TypedPrompt): Omit<Editing, 'turn'> {
  return { before: text, attachments };
}

/** Reads what JSON.stringify made of a draft; undefined if it is damaged. A prompt that was being sent was not. */
export function parseDraft(json: string): Draft | undefined {
  try {
    const value: unknown = JSON.parse(json);
    if (!isRecord(value)) return undefined;
    const typed = typedPrompt(value);
    if (!typed) return undefined;
    const { queue, model, position, outgoing, rewrites } = value;
    const kept = listOf(rewrites, isRewrite);
    const draft: Draft = {
      ...typed,
      queue: listOf(queue, isQueued),
      ...(typeof model === 'string' && { model }),
      ...(isRecord(position) && isPosition(position) && { position }),
      ...(kept.length > 0 && { rewrites: kept }),
    };
    // Earlier versions wrote one alone.
    const unsent = (Array.isArray(outgoing) ? outgoing : [outgoing]).flatMap((each: unknown) =>
      isRecord(each) ? (unsentPrompt(each) ?? []) : [],
    );
    return unsent.reduceRight(withPromptBack, draft);
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function typedPrompt({ text, attachments, editing }: Fields): TypedPrompt | undefined {
  if (typeof text !== 'string') return undefined;
  const edit = isRecord(editing) ? editingOf(editing) : undefined;
  return { text, attachments: attachmentsIn(attachments), ...(edit && { editing: edit }) };
}

function editingOf({ turn, before, attachments }: Fields): Editing | undefined {
  if (typeof turn !== 'string' || typeof before !== 'string') return undefined;
  const isAttached = Array.isArray(attachments);
  return { turn, before, ...(isAttached && { attachments: attachmentsIn(attachments) }) };
}

/** What was typed before an edit that was being sent is in the draft again. */
function unsentPrompt(value: Fields): TypedPrompt | undefined {
  const prompt = typedPrompt(value);
  return prompt?.editing
    ? { ...prompt, editing: { turn: prompt.editing.turn, before: '', attachments: [] } }
    : prompt;
}

function attachmentsIn(value: unknown): readonly Attachment[] {
  return Array.isArray(value) ? value.filter(isAttachment) : [];
}

function listOf<T>(value: unknown, isItem: (item: Fields) => item is Fields & T): readonly T[] {
  return Array.isArray(value) ? value.filter((item): item is T => isRecord(item) && isItem(item)) : [];
}

function isQueued(value: Fields): value is Fields & QueuedPrompt {
  const { id, text, after, attachments, model = '' } = value;
  return [id, text, after, model].every((field) => typeof field === 'string') && areAttachments(attachments);
}

function isRewrite(value: Fields): value is Fields & Rewrite {
  const { turn, text, attachments } = value;
  return [turn, text].every((field) => typeof field === 'string') && areAttachments(attachments);
}

function areAttachments(value: unknown): boolean {
  return Array.isArray(value) && value.every(isAttachment);
}

function isPosition(value: Fields): value is Fields & ReadingPlace {
  return typeof value['turn'] === 'string' && typeof value['offset'] === 'number';
}
