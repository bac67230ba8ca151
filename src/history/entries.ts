// The lines of a conversation's file: what happened in it, in order. Lines are only ever appended. One that cannot be
// read, as after a crash in the middle of it, is skipped; so is one of a kind that a later version of this extension
// adds.
import { isContentBlock } from '../core/content/blockKinds';
import { isRecord } from '../core/model/json';
import { type Turn, newReply } from '../core/model/reply';
import { type Request, promptMessage } from '../core/model/request';
import { isId } from './directory';
import {
  hasFields,
  isFlag,
  isLength,
  isListOf,
  isNumber,
  isOneOf,
  isOptional,
  isString,
  isTime,
} from './replyFields';
import { type StoredReply, readStoredReply, storedReply } from './storedReply';

/** Characters that are parsed before others get a turn: some 5 ms. */
const sliceLength = 512 * 1024;

export type Entry =
  /** A prompt is sent. `at`: ms since the epoch. The request is without the earlier messages: other entries have them. */
  | { readonly type: 'prompt'; readonly at: number; readonly request: Request }
  /** A reply has ended. `found`: it was found without an end by another session, whose entry does not count if there is one of its own. */
  | { readonly type: 'reply'; readonly turn: string; readonly reply: StoredReply; readonly found?: true }
  /** What a reply cost, USD. */
  | { readonly type: 'cost'; readonly turn: string; readonly usd: number }
  /** The branch that leads to this turn is shown. */
  | { readonly type: 'shown'; readonly turn: string }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'pinned'; readonly pinned: boolean };

/** A conversation as its file tells it. */
export interface StoredConversation {
  readonly id: string;
  /** In the order in which they were sent. A turn without an outcome was not ended by the one who sent it. */
  readonly turns: readonly Turn[];
  /** What replies cost, USD, by turn. */
  readonly costs: ReadonlyMap<string, number>;
  /** The turns to show, one after the other: a later one takes the place of its other versions. */
  readonly shown: readonly string[];
  /** As the user renamed it. */
  readonly title?: string;
  readonly pinned: boolean;
}

export function promptEntry(request: Request, at: number): Entry {
  return { type: 'prompt', at, request: { ...request, messages: request.messages.slice(-1) } };
}

export function replyEntry({ request: { id }, reply }: Turn): Entry {
  return { type: 'reply', turn: id, reply: storedReply(reply) };
}

/** One line, without its end. */
export function entryLine(entry: Entry): string {
  return JSON.stringify(entry);
}

/** undefined if the line is damaged or of an unknown kind. */
export function parseEntry(line: string): Entry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { type } = value;
  return isString(type) && Object.hasOwn(readers, type) ? readers[type as Entry['type']](value) : undefined;
}

/**
 * Parses the lines of a conversation's file in slices, so that a large one keeps nobody waiting. `onUnread` is called with
 * each line that can't be read.
 */
export async function parseEntries(
  text: string,
  onUnread: (line: string) => void = () => undefined,
): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  let sliceStart = 0;
  for (let start = 0; start < text.length;) {
    const next = text.indexOf('\n', start);
    const end = next < 0 ? text.length : next;
    if (end > start) {
      const line = text.slice(start, end);
      const entry = parseEntry(line);
      if (entry) entries.push(entry);
      else onUnread(line);
    }
    start = end + 1;
    if (start - sliceStart < sliceLength) continue;
    sliceStart = start;
    await new Promise(setImmediate);
  }
  return entries;
}

type Fields = Readonly<Record<string, unknown>>;

/** Each returns the entry if its fields are what the rest of the extension relies on. */
const readers: { readonly [T in Entry['type']]: (entry: Fields) => Entry | undefined } = {
  prompt: ({ at, request }) =>
    isTime(at) && isRequest(request) && hasPrompt(request)
      ? { type: 'prompt', at, request: withReadableQuotes(request) }
      : undefined,
  reply: ({ turn, reply: value, found }) => {
    const reply = readStoredReply(value);
    return isString(turn) && reply
      ? { type: 'reply', turn, reply, ...(found === true && { found }) }
      : undefined;
  },
  cost: ({ turn, usd }) => (isString(turn) && isNumber(usd) ? { type: 'cost', turn, usd } : undefined),
  shown: ({ turn }) => (isString(turn) ? { type: 'shown', turn } : undefined),
  title: ({ title }) => (isString(title) ? { type: 'title', title } : undefined),
  pinned: ({ pinned }) => (typeof pinned === 'boolean' ? { type: 'pinned', pinned } : undefined),
};

const isPosition = hasFields({ line: isNumber, character: isNumber });

const hasRequestFields = hasFields({
  ...{ id: isId, conversation: isId, parent: isOptional(isString) },
  surface: isOneOf('selection', 'about', 'ask', 'followUp', 'check', 'chat'),
  messages: isListOf(hasFields({ role: isOneOf('user', 'assistant'), content: isListOf(isContentBlock) })),
  sources: isListOf(hasFields({ uri: isString, range: hasFields({ start: isPosition, end: isPosition }) })),
  target: hasFields({ model: isString, region: isString, api: isOneOf('converse', 'invoke') }),
  gateway: hasFields({ address: isRecord }),
  parameters: isRecord,
  authentication: isString,
});

/** Whether its last message is one of the user's, and not empty. */
function hasPrompt(request: Request): boolean {
  const content = promptMessage(request)?.content ?? [];
  return content.some((block) => block.type !== 'text' || block.text !== '');
}

const areQuotedTexts = isOptional(
  isListOf(
    hasFields({
      ...{ name: isString, start: isLength, end: isLength, sources: isOptional(isLength) },
      isNotebook: isOptional(isFlag),
    }),
  ),
);

/** Without its parts, if they are damaged: the whole prompt is then shown as the user's words. */
function withReadableQuotes(request: Request): Request {
  if (areQuotedTexts(request.quotedTexts)) return request;
  const { quotedTexts, ...rest } = request;
  return rest;
}

function isRequest(value: unknown): value is Request {
  return hasRequestFields(value);
}

/** Adds up the entries of a conversation's file. */
export function readConversation(id: string, entries: Iterable<Entry>): StoredConversation {
  const turns = new Map<string, Turn>();
  const found = new Set<string>();
  const costs = new Map<string, number>();
  const shown: string[] = [];
  let title: string | undefined;
  let pinned = false;
  for (const entry of entries) {
    switch (entry.type) {
      case 'prompt':
        if (turns.has(entry.request.id) || entry.request.conversation !== id) break;
        turns.set(entry.request.id, { request: entry.request, reply: newReply(entry.at) });
        shown.push(entry.request.id);
        break;
      case 'reply': {
        const turn = turns.get(entry.turn);
        const isFirst = turn && (turn.reply.outcome === undefined || found.has(entry.turn));
        if (!isFirst || (entry.found && turn.reply.outcome)) break;
        turns.set(entry.turn, { ...turn, reply: { ...entry.reply, records: [] } });
        if (entry.found) found.add(entry.turn);
        else found.delete(entry.turn);
        break;
      }
      case 'cost':
        costs.set(entry.turn, entry.usd);
        break;
      case 'shown':
        shown.push(entry.turn);
        break;
      case 'title':
        ({ title } = entry);
        break;
      case 'pinned':
        ({ pinned } = entry);
        break;
    }
  }
  return { id, turns: [...turns.values()], costs, shown, ...(title !== undefined && { title }), pinned };
}
