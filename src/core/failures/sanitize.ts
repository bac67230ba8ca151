// The door that all words of another side go through, before anything matches, shows, logs or keeps them: the
// gateway's, AWS's, a proxy's, a program's. They may be very long, hold line ends, and quote what we sent.
import { redact } from './redact';

/** Characters that are kept of what the other side says: no sentence is longer, unless somebody means harm. */
export const maxForeignLength = 4_000;

/** Line ends and all other control characters, and those that turn the direction of writing around. */
const controls = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** The beginning of `text` as one line. Whatever matches it then takes no time that grows with what was sent. */
export function toLine(text: string, maxLength: number = maxForeignLength): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength).trimEnd()}…` : text;
  return cut.replace(controls, ' ').trim();
}

/** The same, without `secrets`, however they are spelled, and without what looks like a credential. */
export function sanitize(text: string, secrets: readonly string[], maxLength?: number): string {
  return redact(toLine(text, maxLength), secrets);
}
