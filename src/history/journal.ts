// The text of a running reply on disk, event by event, so that a crash costs a fraction of a second of it. When the
// reply has ended, its conversation's file gets all of it in one line, and the journal is deleted.
import { readFile, rm, stat } from 'node:fs/promises';
import { isContentBlock } from '../core/content/blockKinds';
import { isRecord } from '../core/model/json';
import { type Reply, type ReplyEvent, newReply, reduceReply } from '../core/model/reply';
import { appendText, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';
import { isId } from './directory';
import {
  isBlockEnd,
  isGuardrailPolicies,
  isOperation,
  isRequestIds,
  isRetryReason,
  isTime,
  isUsage,
} from './replyFields';

/** ms; text that arrives within this time is written at once. */
const writeDelayMs = 100;

export type JournalEvent = Exclude<ReplyEvent, { type: 'attemptEnded' | 'waiting' | 'ended' }>;

/** Writes the events of one running reply. */
export class Journal {
  /** Resolves when the journal is on disk. */
  readonly begun: Promise<void>;
  /** Lines that are not on disk, in order. */
  private readonly unwritten: string[] = [];
  private readonly append = serialize(() => this.appendUnwritten());
  private waiting: { type: 'text' | 'reasoning'; text: string; at: number } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `window`: the ID of the window in which the reply runs. */
  constructor(
    private readonly file: string,
    head: { readonly window: string; readonly startedAt: number },
    private readonly onError: (error: unknown) => void,
  ) {
    this.begun = this.write(line(head));
    this.begun.catch(onError);
  }

  /** Takes the next event, which happened at `at` (ms since the epoch). */
  push(event: ReplyEvent, at: number): void {
    // They hold what only this window needs.
    if (event.type === 'attemptEnded' || event.type === 'waiting' || event.type === 'ended') return;
    if (event.type !== 'text' && event.type !== 'reasoning') {
      this.flush();
      this.write(eventLine(event, at)).catch(this.onError);
      return;
    }
    const { type, text } = event;
    if (this.waiting?.type === type) this.waiting.text += text;
    else {
      this.flush();
      this.waiting = { type, text, at };
    }
    this.timer ??= setTimeout(() => this.flush(), writeDelayMs);
  }

  /** Call it when the conversation's file has the whole reply. */
  async remove(): Promise<void> {
    clearTimeout(this.timer);
    this.unwritten.length = 0;
    await this.written();
    await rm(this.file, { force: true });
  }

  /** Ends without removing the file. Resolves when all is written. */
  async close(): Promise<void> {
    this.flush();
    await this.written();
  }

  private async written(): Promise<void> {
    await this.append().catch(() => undefined);
  }

  /** Writes what a failed write has left, too. Resolves when all is on disk. */
  retry(): Promise<void> {
    return this.append();
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting)
      this.write(eventLine({ type: waiting.type, text: waiting.text }, waiting.at)).catch(this.onError);
  }

  private write(lines: string): Promise<void> {
    this.unwritten.push(lines);
    return this.append();
  }

  /** One by one: of a write that failed, no line may be there twice. */
  private async appendUnwritten(): Promise<void> {
    for (let [next] = this.unwritten; next !== undefined; [next] = this.unwritten) {
      await appendText(this.file, next);
      this.unwritten.shift();
    }
  }
}

function eventLine(event: JournalEvent, at: number): string {
  return line({ at, event });
}

/** A line that a failed write has left unfinished ends before it. */
function line(value: object): string {
  return `\n${JSON.stringify(value)}\n`;
}

/** A reply that was found in a journal. */
export interface FoundReply {
  readonly reply: Reply;
  /** The ID of the window in which it runs, or ran; '' if the journal does not say. */
  readonly window: string;
  /** When it was last written to, ms since the epoch. */
  readonly writtenAt: number;
}

/** A line of a journal: its beginning, or an event that happened at `at` (ms since the epoch). */
export type JournalLine =
  | { readonly startedAt: number; readonly window: string }
  | { readonly at: number; readonly event: JournalEvent };

/** The lines that can be read. `window` is '' if the line does not say it. */
export function* journalLines(text: string): Generator<JournalLine, void> {
  for (const value of text.split('\n').map(parsed)) {
    if (!value) continue;
    const { startedAt, window, at, event } = value;
    if (isTime(startedAt)) yield { startedAt, window: isId(window) ? window : '' };
    if (isTime(at) && isJournalEvent(event)) yield { at, event };
  }
}

/** Reads a journal; undefined if there is none. */
export async function readJournal(file: string): Promise<FoundReply | undefined> {
  const [text, stats] = await Promise.all([unlessMissing(readFile(file, 'utf8')), unlessMissing(stat(file))]);
  if (text === undefined || stats === undefined) return undefined;
  let window = '';
  let reply = newReply(stats.birthtimeMs || stats.mtimeMs);
  for (const found of journalLines(text))
    if ('event' in found) reply = reduceReply(reply, found.event, found.at);
    else {
      reply = newReply(found.startedAt);
      window = found.window || window;
    }
  return { reply, window, writtenAt: stats.mtimeMs };
}

/** What the fields of an event must be. */
const eventFields: {
  readonly [T in JournalEvent['type']]: (event: Readonly<Record<string, unknown>>) => boolean;
} = {
  attempt: ({ number, operation, because, limit }) =>
    typeof number === 'number' &&
    isOperation(operation) &&
    (because === undefined || isRetryReason(because)) &&
    (limit === undefined || typeof limit === 'number'),
  response: ({ requestIds }) => isRequestIds(requestIds),
  text: ({ text }) => typeof text === 'string',
  reasoning: ({ text }) => typeof text === 'string',
  blockEnd: isBlockEnd,
  toolUse: isContentBlock,
  usage: ({ usage }) => isUsage(usage),
  guardrail: ({ policies }) => isGuardrailPolicies(policies),
  cacheHit: ({ firstSeenAt }) => isTime(firstSeenAt),
};

function isJournalEvent(value: unknown): value is JournalEvent {
  if (!isRecord(value)) return false;
  const { type } = value;
  return typeof type === 'string' && Object.hasOwn(eventFields, type)
    ? eventFields[type as JournalEvent['type']](value)
    : false;
}

/** undefined if the line is empty or damaged. */
function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
