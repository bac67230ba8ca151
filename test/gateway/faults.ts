// Random failures: a share of prompts gets one fault each, at every attempt. Faults are drawn from a shuffled deck, so
// that each occurs about equally often; the same seed draws the same ones.
import { createHash } from 'node:crypto';
import { type Behaviour, behaviours } from './behaviours.js';
import type { Received } from './received.js';
import type { Options } from './options.js';
import type { Switches } from './switches.js';

/** A fault: another response, or a change to the request on its way. */
export interface Fault {
  readonly behaviour?: Behaviour;
  readonly switches?: Partial<Switches>;
  /** How far AWS's clock is ahead, ms. */
  readonly clockOffset?: number;
  /** Sent in place of any response, byte for byte, before the connection is destroyed. */
  readonly bytes?: string;
  /** The prompts that it can apply to; all if absent. */
  readonly appliesTo?: (received: Received) => boolean;
}

const streams = ({ url }: Received) => url.endsWith('stream');
const signed = ({ headers }: Received) => headers['authorization']?.startsWith('AWS4-') ?? false;

/** Behaviours that are no failure: the reply arrives completely. */
const harmless =
  /^(slow|dlp-flag.*|empty|reasoning|prompt-cache|long|hostile|nested-quotes|stop-(?!guardrail|content).*|tool.*|thinks.*|text-only|separate-turns|no-.*|caching)$/;
/** Behaviours that only affect streams. */
const streamOnly = /^(cut.*|stall|stream-.*|first-.*)$/;

const transportFaults: Readonly<Record<string, Fault>> = {
  torn: { bytes: '' },
  'clock-ahead': { clockOffset: 3_600_000, appliesTo: signed },
  'mangled-frames': { switches: { mangleFrames: true }, appliesTo: streams },
  'answered-whole': { switches: { streamAsJson: true }, appliesTo: streams },
  'rewritten-body': { switches: { rewriteBody: true }, appliesTo: signed },
  'rewritten-date': { switches: { rewriteSignedHeader: 'x-amz-date' }, appliesTo: signed },
};

/** All faults, by name. */
export const faults: Readonly<Record<string, Fault>> = {
  ...Object.fromEntries(
    Object.entries(behaviours)
      .filter(([name]) => !harmless.test(name))
      .map(([name, behaviour]) => [
        name,
        { behaviour, ...(streamOnly.test(name) && { appliesTo: streams }) } satisfies Fault,
      ]),
  ),
  ...transportFaults,
};

/** The faults of these names. Throws a TypeError that names an unknown one. */
export function readDeck(names: readonly string[]): readonly Fault[] {
  const unknown = names.find((name) => !Object.hasOwn(faults, name));
  if (unknown !== undefined) throw new TypeError(`there is no fault "${unknown}"`);
  return names.flatMap((name) => faults[name] ?? []);
}

/** How many prompts' faults are stored; more are never sent at the same time. */
const maxStored = 1000;

export class FaultDealer {
  readonly #random: () => number;
  readonly #faults = new Map<string, Fault | undefined>();
  #deck: Fault[] = [];

  constructor(private readonly options: NonNullable<Options['faults']>) {
    this.#random = randomFrom(options.seed);
  }

  /** The fault of this prompt, the same at each attempt; undefined if it has none. */
  faultFor(received: Received): Fault | undefined {
    const prompt = createHash('sha256').update(received.body).digest('base64');
    if (!this.#faults.has(prompt)) {
      this.#faults.set(prompt, this.#random() < this.options.share ? this.#draw(received) : undefined);
      const [oldest] = this.#faults.keys();
      if (this.#faults.size > maxStored) this.#faults.delete(oldest!);
    }
    return this.#faults.get(prompt);
  }

  /** Draws the next fault that applies; others stay for later prompts. */
  #draw(received: Received): Fault | undefined {
    if (this.#deck.length === 0) this.#deck = this.#shuffled(this.options.deck ?? Object.values(faults));
    const at = this.#deck.findIndex(({ appliesTo }) => appliesTo?.(received) ?? true);
    return at < 0 ? undefined : this.#deck.splice(at, 1)[0];
  }

  #shuffled(faults: readonly Fault[]): Fault[] {
    return faults
      .map((fault) => [this.#random(), fault] as const)
      .sort(([one], [other]) => one - other)
      .map(([, fault]) => fault);
  }
}

/** Pseudo-random numbers from 0 to 1, the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
