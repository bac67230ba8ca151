// The lines of a conversation's file: what happened in it, in order. Lines are only ever appended. One that cannot be
// read, as after a crash in the middle of it, is skipped; so is one of a kind that a later version of this extension
// adds.
import { isRecord } from '../core/model/json';
import { type Outcome, type Reply, type Turn, newReply } from '../core/model/reply';
import { type Request, promptOf } from '../core/model/request';

/** A reply as it is stored: without the records of its attempts, which only Details shows, while the window is open. */
export type StoredReply = Omit<Reply, 'records' | 'waiting'>;

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

export function storedReply({ records, waiting, outcome, ...reply }: Reply): StoredReply {
  return { ...reply, ...(outcome && { outcome: withoutCause(outcome) }) };
}

/** The cause is for debugging while the window is open, and may hold headers. */
function withoutCause(outcome: Outcome): Outcome {
  if (!('failure' in outcome)) return outcome;
  const { cause, ...failure } = outcome.failure;
  return { ...outcome, failure };
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
  const isKnown = typeof type === 'string' && Object.hasOwn(readers, type);
  return isKnown && readers[type as Entry['type']](value) ? (value as unknown as Entry) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether the fields of an entry are what the rest of the extension relies on. */
const readers: { readonly [T in Entry['type']]: (entry: Fields) => boolean } = {
  prompt: ({ at, request }) =>
    typeof at === 'number' && isRecord(request) && isRequest(request) && promptOf(request) !== '',
  reply: ({ turn, reply }) => typeof turn === 'string' && isRecord(reply) && isReply(reply),
  cost: ({ turn, usd }) => typeof turn === 'string' && typeof usd === 'number',
  shown: ({ turn }) => typeof turn === 'string',
  title: ({ title }) => typeof title === 'string',
  pinned: ({ pinned }) => typeof pinned === 'boolean',
};

function isRequest(value: Fields): value is Fields & Request {
  const { id, conversation, messages, sources, target, gateway, parameters, authentication } = value;
  return (
    [id, conversation, authentication].every((field) => typeof field === 'string') &&
    [target, gateway, parameters].every(isRecord) &&
    isRecord(target) &&
    ['model', 'region', 'api'].every((field) => typeof target[field] === 'string') &&
    isRecord(gateway) &&
    isRecord(gateway['address']) &&
    Array.isArray(sources) &&
    Array.isArray(messages) &&
    messages.every((message) => isRecord(message) && isContent(message['content']))
  );
}

function isContent(content: unknown): boolean {
  return (
    Array.isArray(content) && content.every((block) => isRecord(block) && typeof block['text'] === 'string')
  );
}

function isReply({ text, reasoning, startedAt, requestIds, attempts }: Fields): boolean {
  return (
    typeof text === 'string' &&
    typeof reasoning === 'string' &&
    typeof startedAt === 'number' &&
    typeof attempts === 'number' &&
    isRecord(requestIds)
  );
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
        if (turns.has(entry.request.id)) break;
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
