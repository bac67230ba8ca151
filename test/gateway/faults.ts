// Failing at random: a share of prompts is dealt one way to fail each, and fails so at every attempt. The ways come
// from a shuffled deck, so that each occurs about equally often; the same seed deals the same.
import { createHash } from 'node:crypto';
import { type Behaviour, behaviours } from './behaviours.js';
import type { Received } from './received.js';
import type { Options } from './options.js';
import type { Switches } from './switches.js';

/** What goes wrong with one prompt: an answer in place of the right one, or something done to it on its way. */
export interface Fault {
  readonly behaviour?: Behaviour;
  readonly switches?: Partial<Switches>;
  /** Milliseconds that AWS's clock is ahead. */
  readonly clockOffset?: number;
  /** Said in place of any answer, byte for byte, before the connection is torn. */
  readonly bytes?: string;
  /** The prompts that it can befall; all, when absent. */
  readonly befalls?: (received: Received) => boolean;
}

const streams = ({ url }: Received) => url.endsWith('stream');
const signed = ({ headers }: Received) => headers['authorization']?.startsWith('AWS4-') ?? false;

/** Behaviours that are no mishap: the reply comes, whole and well. */
const harmless =
  /^(slow|dlp-flag.*|empty|reasoning|prompt-cache|long|hostile|nested-quotes|stop-(?!guardrail|content).*)$/;
/** Behaviours that only a stream can show. */
const ofStreams = /^(cut.*|stall|stream-.*|first-.*)$/;

const mishaps: Readonly<Record<string, Fault>> = {
  torn: { bytes: '' },
  'clock-ahead': { clockOffset: 3_600_000, befalls: signed },
  'mangled-frames': { switches: { mangleFrames: true }, befalls: streams },
  'answered-whole': { switches: { streamAsJson: true }, befalls: streams },
  'rewritten-body': { switches: { rewriteBody: true }, befalls: signed },
  'rewritten-date': { switches: { rewriteSignedHeader: 'x-amz-date' }, befalls: signed },
};

/** Every way to fail, by name. */
export const faults: Readonly<Record<string, Fault>> = {
  ...Object.fromEntries(
    Object.entries(behaviours)
      .filter(([name]) => !harmless.test(name))
      .map(([name, behaviour]) => [
        name,
        { behaviour, ...(ofStreams.test(name) && { befalls: streams }) } satisfies Fault,
      ]),
  ),
  ...mishaps,
};

/** The faults of these names. Throws a TypeError that names the wrong one. */
export function readDeck(names: readonly string[]): readonly Fault[] {
  const unknown = names.find((name) => !Object.hasOwn(faults, name));
  if (unknown !== undefined) throw new TypeError(`there is no way to fail called "${unknown}"`);
  return names.flatMap((name) => faults[name] ?? []);
}

/** Prompts whose fault is remembered; more are never asked at once. */
const remembered = 1000;

export class Dealer {
  readonly #random: () => number;
  readonly #dealt = new Map<string, Fault | undefined>();
  #deck: Fault[] = [];

  constructor(private readonly of: NonNullable<Options['faults']>) {
    this.#random = randomFrom(of.seed);
  }

  /** What befalls this prompt: the same at each of its attempts. */
  dealTo(received: Received): Fault | undefined {
    const prompt = createHash('sha256').update(received.body).digest('base64');
    if (!this.#dealt.has(prompt)) {
      this.#dealt.set(prompt, this.#random() < this.of.share ? this.#draw(received) : undefined);
      const [oldest] = this.#dealt.keys();
      if (this.#dealt.size > remembered) this.#dealt.delete(oldest!);
    }
    return this.#dealt.get(prompt);
  }

  /** The next of the deck that can befall it; what cannot stays for the next prompt. */
  #draw(received: Received): Fault | undefined {
    if (this.#deck.length === 0) this.#deck = this.#shuffled(this.of.deck ?? Object.values(faults));
    const at = this.#deck.findIndex(({ befalls }) => befalls?.(received) ?? true);
    return at < 0 ? undefined : this.#deck.splice(at, 1)[0];
  }

  #shuffled(ways: readonly Fault[]): Fault[] {
    return ways
      .map((way) => [this.#random(), way] as const)
      .sort(([one], [other]) => one - other)
      .map(([, way]) => way);
  }
}

/** Numbers from 0 to 1 that look random and are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
