// The text of a running reply on disk, event by event, so that a crash costs a fraction of a second of it. When the
// reply has ended, its conversation's file gets all of it in one line, and the journal is deleted.
import { readFile, rm, stat } from 'node:fs/promises';
import { isRecord } from '../core/model/json';
import { type Reply, type ReplyEvent, newReply, reduceReply } from '../core/model/reply';
import { appendText, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';

/** ms; text that arrives within this time is written at once. */
const writeDelayMs = 100;
/** ms after which a journal that nobody has written to belongs to nobody. Its owner writes every second. */
const abandonedAfterMs = 10_000;
const pulseMs = 1000;

type JournalEvent = Exclude<ReplyEvent, { type: 'attemptEnded' | 'waiting' | 'ended' }>;

/** Writes the events of one running reply. */
export class Journal {
  private readonly append = serialize((lines: string) => appendText(this.file, lines));
  private waiting: { type: 'text' | 'reasoning'; text: string; at: number } | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly pulse = setInterval(() => this.write('\n'), pulseMs);

  constructor(
    private readonly file: string,
    startedAt: number,
    private readonly onError: (error: unknown) => void,
  ) {
    this.pulse.unref();
    this.write(`${JSON.stringify({ process: process.pid, startedAt })}\n`);
  }

  /** Takes the next event, which happened at `at` (ms since the epoch). */
  push(event: ReplyEvent, at: number): void {
    // They hold what only this window needs.
    if (event.type === 'attemptEnded' || event.type === 'waiting' || event.type === 'ended') return;
    if (event.type !== 'text' && event.type !== 'reasoning') {
      this.flush();
      this.write(eventLine(event, at));
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
    this.end();
    await this.append('').catch(() => undefined);
    await rm(this.file, { force: true });
  }

  /** Ends without removing the file. Resolves when all is written. */
  async close(): Promise<void> {
    this.flush();
    this.end();
    await this.append('').catch(() => undefined);
  }

  private end(): void {
    clearTimeout(this.timer);
    clearInterval(this.pulse);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = this;
    this.waiting = undefined;
    if (waiting) this.write(eventLine({ type: waiting.type, text: waiting.text }, waiting.at));
  }

  private write(lines: string): void {
    this.append(lines).catch(this.onError);
  }
}

function eventLine(event: JournalEvent, at: number): string {
  return `${JSON.stringify({ at, event })}\n`;
}

/** A reply that was found in a journal. */
export interface FoundReply {
  readonly reply: Reply;
  /** Another window writes to it. */
  readonly isRunning: boolean;
  /** When it was last written to, ms since the epoch. */
  readonly writtenAt: number;
}

/** Reads a journal; undefined if there is none. `now`: ms since the epoch. */
export async function readJournal(file: string, now: number): Promise<FoundReply | undefined> {
  const [text, stats] = await Promise.all([unlessMissing(readFile(file, 'utf8')), unlessMissing(stat(file))]);
  if (text === undefined || stats === undefined) return undefined;
  let owner: number | undefined;
  let reply = newReply(stats.birthtimeMs);
  for (const line of text.split('\n')) {
    const value = parsed(line);
    if (typeof value?.['startedAt'] === 'number') {
      reply = newReply(value['startedAt']);
      owner = typeof value['process'] === 'number' ? value['process'] : undefined;
    }
    const at = value?.['at'];
    const event = value?.['event'];
    if (typeof at === 'number' && isJournalEvent(event)) reply = reduceReply(reply, event, at);
  }
  // What runs in this window is in its memory.
  const isElsewhere = owner !== process.pid && isAlive(owner);
  return {
    reply,
    isRunning: isElsewhere && now - stats.mtimeMs < abandonedAfterMs,
    writtenAt: stats.mtimeMs,
  };
}

/** What the fields of an event must be. */
const eventFields: {
  readonly [T in JournalEvent['type']]: (event: Readonly<Record<string, unknown>>) => boolean;
} = {
  attempt: ({ number, operation }) => typeof number === 'number' && typeof operation === 'string',
  response: ({ requestIds }) => isRecord(requestIds),
  text: ({ text }) => typeof text === 'string',
  reasoning: ({ text }) => typeof text === 'string',
  usage: ({ usage }) => isRecord(usage),
  guardrail: ({ policies }) => Array.isArray(policies),
  cacheHit: ({ firstSeenAt }) => typeof firstSeenAt === 'number',
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

function isAlive(processId: number | undefined): boolean {
  if (processId === undefined) return false;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // Others' processes may not be signalled, but are there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
