// Finds a secret in a text however the other side spells it: escaped, encoded, wrapped, in another case, or only a
// part of it.

/** A run of a secret this long is taken for a part of it; a shorter secret must be there whole. */
const shortestPart = 16;
/** A shorter secret is looked for as it is alone: in another spelling it would be found in ordinary words. */
const shortestSpelled = 8;

/** Takes the place of a secret. */
export const masked = '…';

/** `text` with `masked` in place of each of `secrets`, and of each part of one. Time linear in the length of `text`. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0 || !text) return text;
  const forms = formsOf(secrets);
  const exact = forms.exact.reduce((rest, secret) => rest.replaceAll(secret, masked), text);
  return forms.long || forms.short.length > 0 ? maskSpelled(exact, forms) : exact;
}

function maskSpelled(text: string, { long, short, parts }: Forms): string {
  const read = readThrough(text);
  // For a short text it is cheaper to search than to have an index made.
  const isPart =
    read.text.length < 256 ? (part: string) => long.includes(part) : (part: string) => parts().has(part);
  const ranges: (readonly [start: number, end: number])[] = [];
  const add = (at: number, length: number) =>
    ranges.push([read.starts[at] ?? 0, read.ends[at + length - 1] ?? text.length]);
  if (long)
    for (let at = 0; at + shortestPart <= read.text.length; at++)
      if (isPart(read.text.slice(at, at + shortestPart))) add(at, shortestPart);
  for (const form of short)
    for (let at = read.text.indexOf(form); at >= 0; at = read.text.indexOf(form, at + form.length))
      add(at, form.length);
  return ranges.length > 0 ? withoutRanges(text, ranges) : text;
}

function withoutRanges(text: string, ranges: (readonly [start: number, end: number])[]): string {
  let clean = '';
  let last = 0;
  for (const [start, end] of ranges.sort(([one], [other]) => one - other)) {
    if (end <= last) continue;
    if (start > last || clean === '') clean += text.slice(last, start) + masked;
    last = end;
  }
  return clean + text.slice(last);
}

interface Forms {
  /** The secrets as they are. */
  readonly exact: readonly string[];
  /** The longer forms, a line each. */
  readonly long: string;
  /** Those that are too short for a part of them to tell anything. */
  readonly short: readonly string[];
  /** Every part of the longer forms. */
  readonly parts: () => ReadonlySet<string>;
}

/** An attempt has one list of secrets, and asks for many texts to be cleaned of them. */
const known = new WeakMap<readonly string[], Forms>();

function formsOf(secrets: readonly string[]): Forms {
  const before = known.get(secrets);
  if (before) return before;
  // The longest first: one may be part of another.
  const exact = secrets.filter(Boolean).sort((one, other) => other.length - one.length);
  const spelled = exact.filter(({ length }) => length >= shortestSpelled).flatMap(spellingsOf);
  const long = spelled.filter(({ length }) => length >= shortestPart);
  let parts: Set<string> | undefined;
  const forms: Forms = {
    exact,
    long: long.join('\n'),
    short: spelled.filter(({ length }) => length < shortestPart),
    parts: () => (parts ??= new Set(long.flatMap(partsOf))),
  };
  known.set(secrets, forms);
  return forms;
}

function partsOf(form: string): string[] {
  return Array.from({ length: form.length - shortestPart + 1 }, (_, at) => form.slice(at, at + shortestPart));
}

/** What a secret may be sent back as; escapes and line breaks in these are read through. */
function spellingsOf(secret: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(secret), (byte) => String.fromCharCode(byte)).join('');
  const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  // In base64 a text looks different at each of three offsets; what its neighbours share in is left out.
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = btoa('\0'.repeat(offset) + bytes).replace(/=+$/, '');
    return encoded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  return [secret, Array.from(secret).reverse().join(''), hex, ...base64]
    .map(folded)
    .filter(({ length }) => length >= shortestSpelled);
}

/** Case, and the two signs in which the alphabets of base64 differ, do not count; nor what wraps a long text. */
function folded(text: string): string {
  return text.toLowerCase().replaceAll('-', '+').replaceAll('_', '/').replace(skipped, '');
}

/** Blanks, and characters that nobody sees. */
const skipped = /[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]/g;

interface Read {
  readonly text: string;
  /** Where each of its characters begins and ends in the text that was read. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** What is escaped may be escaped again: JSON in JSON, an address in an address. */
const deepest = 3;

/** `text` folded, with escapes of URLs, JSON and HTML read as what they stand for. */
function readThrough(text: string): Read {
  let read = identity(text);
  for (let depth = 0; depth < deepest; depth++) {
    const next = unescaped(read);
    if (next.text.length === read.text.length) break;
    read = next;
  }
  return kept(read);
}

function identity(text: string): Read {
  const starts = new Array<number>(text.length);
  const ends = new Array<number>(text.length);
  for (let at = 0; at < text.length; at++) {
    starts[at] = at;
    ends[at] = at + 1;
  }
  return { text, starts, ends };
}

const escape =
  /%([\da-f]{2})|\\u([\da-f]{4})|\\x([\da-f]{2})|&#x0{0,4}([\da-f]{1,4});|&#0{0,4}(\d{1,5});|&(amp|quot|apos|lt|gt|sol|equals|plus);|\\([/\\"'])/gi;
const named: Readonly<Record<string, string>> = {
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  sol: '/',
  equals: '=',
  plus: '+',
};

function unescaped({ text, starts, ends }: Read): Read {
  const next = { text: '', starts: [] as number[], ends: [] as number[] };
  let last = 0;
  const copy = (end: number) => {
    next.text += text.slice(last, end);
    for (let at = last; at < end; at++) {
      next.starts.push(starts[at] ?? 0);
      next.ends.push(ends[at] ?? 0);
    }
  };
  for (const match of text.matchAll(escape)) {
    const [whole, percent, u, x, hex, decimal, name, itself] = match;
    const code = percent ?? u ?? x ?? hex;
    copy(match.index);
    last = match.index + whole.length;
    next.text +=
      itself ??
      (name === undefined ? undefined : named[name.toLowerCase()]) ??
      String.fromCharCode(code === undefined ? Number(decimal) : parseInt(code, 16));
    next.starts.push(starts[match.index] ?? 0);
    next.ends.push(ends[last - 1] ?? 0);
  }
  copy(text.length);
  return next;
}

function kept({ text, starts, ends }: Read): Read {
  const next = { text: '', starts: [] as number[], ends: [] as number[] };
  for (let at = 0; at < text.length; at++) {
    const character = folded(text.charAt(at));
    // One that grows in lower case has no part in a key.
    if (character.length !== 1) continue;
    next.text += character;
    next.starts.push(starts[at] ?? 0);
    next.ends.push(ends[at] ?? 0);
  }
  return next;
}
