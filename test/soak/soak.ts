// Many prompts, twenty at a time, against a stand-in that fails a fifth of them at random. What is counted is what
// must hold however long it runs: one outcome each, nothing unknown, nothing left behind.
import { getEventListeners } from 'node:events';
import { createEngine } from '../../src/engine/engine.chunk';
import { systemClock } from '../../src/platform/clock';
import type { Ask } from '../../src/core/ask';
import type { FailureKind } from '../../src/core/model/failure';
import type { Clock, QuirksStore } from '../../src/core/model/ports';
import { type ReplyEvent, reduceReply, newReply } from '../../src/core/model/reply';
import { collectGarbage } from '../bench/garbage';
import { randomFrom } from '../gateway';
import { type Asking, claudeMessages, everyAt, prepared, sonnet } from '../unit/asking';

export interface Tally {
  prompts: number;
  /** How many ended in each kind of outcome. */
  readonly outcomes: Record<string, number>;
  /** How many prompts met each kind of failure, those included that another attempt mended. */
  readonly kinds: Partial<Record<FailureKind, number>>;
  /** What should not be: a sentence each, the first few. */
  readonly wrong: string[];
  /** Bytes, all garbage collected. */
  heapAfterFirst: number;
  heapAfter: number;
  /** What the process still holds that it did not hold before, such as `TCPSocketWrap`. */
  left: string[];
}

const atOnce = 20;
/** After so many prompts the heap is measured for the first time. */
const first = 100;

/** How prompts are asked, in turn: mostly as most users do. */
const manners: readonly Asking[] = [
  ...Array.from({ length: 7 }, () => ({ model: sonnet })),
  { model: sonnet, stream: 'off' },
  { model: claudeMessages, api: 'invoke' },
  { model: sonnet, authentication: 'apiKey' },
];

/** Sends `prompts` prompts to the gateway at `url`. */
export async function soak(url: string, prompts: number, seed: number): Promise<Tally> {
  const tally: Tally = {
    prompts: 0,
    outcomes: {},
    kinds: {},
    wrong: [],
    heapAfterFirst: 0,
    heapAfter: 0,
    left: [],
  };
  const random = randomFrom(seed);
  const before = await resources();
  // The ports of the product: its agents, its handler; only the waits are short.
  const { ports } = prepared({ url });
  const { ask } = createEngine({ ...ports, quirks: forgetful, clock: hurried });
  await many(Math.min(first, prompts));
  tally.heapAfterFirst = heap();
  await many(prompts - tally.prompts);
  tally.heapAfter = heap();
  tally.left = surplus(await resources(), before);
  return tally;

  async function many(count: number): Promise<void> {
    let begun = 0;
    const worker = async () => {
      while (begun++ < count) await one(ask, url, tally, random);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }
}

async function one(ask: Ask, url: string, tally: Tally, random: () => number): Promise<void> {
  const number = ++tally.prompts;
  const prompt = `Prompt ${number}: what is the weather like on the moon today, and why?`;
  const { request } = prepared({ url }, { prompt, ...manners[number % manners.length] });
  const stopping = new AbortController();
  // Some users change their mind: before anything has happened, or after so many events.
  const stopAfter = random() < 0.02 ? Math.floor(random() * 6) : Infinity;
  if (stopAfter === 0) stopping.abort();
  const seen: ReplyEvent[] = [];
  let reply = newReply(0);
  for await (const event of ask(request, stopping.signal)) {
    seen.push(event);
    reply = reduceReply(reply, event, 0);
    if (seen.length >= stopAfter) stopping.abort();
  }
  judge(seen);

  function judge(events: readonly ReplyEvent[]): void {
    const ended = events.filter(({ type }) => type === 'ended').length;
    if (ended !== 1 || events.at(-1)?.type !== 'ended') wrong(`ended ${ended} times`);
    const { outcome } = reply;
    const kind = outcome?.kind ?? 'none';
    tally.outcomes[kind] = (tally.outcomes[kind] ?? 0) + 1;
    for (const failed of kindsOf(events)) {
      tally.kinds[failed] = (tally.kinds[failed] ?? 0) + 1;
      if (failed === 'unknown') wrong(`unknown: ${JSON.stringify(outcome)}`);
    }
    if (kind === 'done' && !reply.text) wrong('done without a word');
    if (kind === 'stopped' && !stopping.signal.aborted) wrong('stopped by nobody');
    const listeners = getEventListeners(stopping.signal, 'abort').length;
    if (listeners > 0) wrong(`left ${listeners} listeners`);
  }

  function wrong(what: string): void {
    if (tally.wrong.length < 20) tally.wrong.push(`prompt ${number} ${what}`);
  }
}

/** The kinds of failure that one prompt met, those included that another attempt mended. */
function kindsOf(events: readonly ReplyEvent[]): ReadonlySet<FailureKind> {
  return new Set(
    events.flatMap((event) => {
      if (event.type === 'attemptEnded') return event.record.failure ?? [];
      return event.type === 'ended' && 'failure' in event.outcome ? event.outcome.failure.kind : [];
    }),
  );
}

/** What spoils a stream is to be met anew each time, or it would be met once. */
const forgetful: QuirksStore = {
  ...{ get: () => ({}), update: () => undefined, clear: () => undefined },
  cachingRefusals: { has: () => false, add: () => undefined, clear: () => undefined },
};

/**
 * Many times as fast as it says, for waits and for looks whether anything came, of which it takes hundreds to give up;
 * the time of day is right, or no signature would be. What is given up at the end of one limit has all of it: a busy
 * machine may take a while to read what is here.
 */
const hurried: Clock = {
  now: () => systemClock.now(),
  wait: (ms, signal) => systemClock.wait(ms / 1000, signal),
  every: (ms, run) => (ms > 1000 ? everyAt(1)(ms, run) : hurriedLooks(ms, run)),
  turn: systemClock.turn,
};

/** Streams are given up after 300 looks. What is looked for longer is a whole reply, whose limit is 3,600. */
function hurriedLooks(ms: number, run: () => void): () => void {
  let looks = 0;
  let stopped = false;
  const stop = everyAt(100)(ms, () => {
    looks += 1;
    for (let left = looks > 400 ? 8 : 1; left > 0 && !stopped; left -= 1) run();
  });
  return () => {
    stopped = true;
    stop();
  };
}

function heap(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** What keeps the process alive, once all that is closing has closed. */
async function resources(): Promise<string[]> {
  for (let quiet = 0, last = ''; quiet < 3;) {
    await new Promise((resolve) => setImmediate(resolve));
    const now = held().join();
    quiet = now === last ? quiet + 1 : 0;
    last = now;
  }
  return held();
}

const held = () =>
  process
    .getActiveResourcesInfo()
    .filter((name) => name !== 'Immediate')
    .sort();

function surplus(after: readonly string[], before: readonly string[]): string[] {
  const known = [...before];
  return after.filter((name) => {
    const at = known.indexOf(name);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}
