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
  return forms.long.lines || forms.short.length > 0 ? maskSpelled(exact, forms) : exact;
}

type Range = readonly [start: number, end: number];

function maskSpelled(text: string, { long, bare, short }: Forms): string {
  const read = readThrough(text);
  const plain = lettersAndDigits(read);
  const ranges = [
    ...[...partsIn(read, long), ...partsIn(plain, bare)],
    ...short.flatMap((form) => placesIn(read, form)),
    ...short
      .map(bareOf)
      .filter(isNoWord)
      .flatMap((form) => placesIn(plain, form)),
  ];
  return ranges.length > 0 ? withoutRanges(text, ranges) : text;
}

/** Whether it would not be found in ordinary words and dates that are written without blanks. */
const isNoWord = (bare: string) => bare.length >= 12 || (/[a-z]/.test(bare) && /\d/.test(bare));

const bareOf = (form: string) => form.replace(/[^a-z0-9]/g, '');

function placesIn(read: Read, form: string): readonly Range[] {
  const ranges: Range[] = [];
  if (form.length < shortestSpelled) return ranges;
  for (let at = read.text.indexOf(form); at >= 0; at = read.text.indexOf(form, at + form.length))
    ranges.push(rangeOf(read, at, form.length));
  return ranges;
}

const rangeOf = ({ starts, ends }: Read, at: number, length: number): Range => [
  starts[at] ?? 0,
  ends[at + length - 1] ?? 0,
];

function partsIn(read: Read, { lines, parts }: LongForms): readonly Range[] {
  if (!lines) return [];
  // For a short text it is cheaper to search than to have an index made.
  const isPart =
    read.text.length < 256 ? (part: string) => lines.includes(part) : (part: string) => parts().has(part);
  const ranges: Range[] = [];
  for (let at = 0; at + shortestPart <= read.text.length; at++)
    if (isPart(read.text.slice(at, at + shortestPart))) ranges.push(rangeOf(read, at, shortestPart));
  return ranges;
}

/** What is left of it where characters are set apart by signs, of whatever kind. */
function lettersAndDigits({ text, starts, ends }: Read): Read {
  const left: number[] = [];
  for (let at = 0; at < text.length; at++) if (/[a-z0-9]/.test(text.charAt(at))) left.push(at);
  return {
    text: left.map((at) => text.charAt(at)).join(''),
    starts: left.map((at) => starts[at] ?? 0),
    ends: left.map((at) => ends[at] ?? 0),
  };
}

function withoutRanges(text: string, ranges: Range[]): string {
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
  readonly long: LongForms;
  /** The longer ones, without anything but letters and digits. */
  readonly bare: LongForms;
  /** Those that are too short for a part of them to tell anything. */
  readonly short: readonly string[];
}

interface LongForms {
  /** A line each. */
  readonly lines: string;
  /** Every part of them. */
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
  const isLong = ({ length }: string) => length >= shortestPart;
  const long = spelled.filter(isLong);
  const forms: Forms = {
    exact,
    long: longForms(long),
    bare: longForms(long.map(bareOf).filter(isLong)),
    short: spelled.filter((form) => !isLong(form)),
  };
  known.set(secrets, forms);
  return forms;
}

function longForms(forms: readonly string[]): LongForms {
  let parts: Set<string> | undefined;
  return { lines: forms.join('\n'), parts: () => (parts ??= new Set(forms.flatMap(partsOf))) };
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
  // What looks like an escape in the secret itself is read as one in the text.
  const read = readThrough(secret).text;
  return [
    ...new Set([secret, read, Array.from(secret).reverse().join(''), hex, ...base64].map(folded)),
  ].filter(({ length }) => length >= shortestSpelled);
}

/**
 * Case, width, and the two signs in which the alphabets of base64 differ, do not count; nor what wraps a long text.
 */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('-', '+').replaceAll('_', '/').replace(skipped, '');
}

/** Blanks, and characters that nobody sees. */
const skipped = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu;

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
  /%u?([\da-f]{4}(?<=u[\da-f]{4})|(?<!u)[\da-f]{2})|\\u\{?([\da-f]{2,4})(?:\}|(?<=u[\da-f]{4}))|\\x([\da-f]{2})|&#x0{0,4}([\da-f]{1,4});?|&#0{0,4}(\d{1,5});?|&(amp|quot|apos|lt|gt|sol|equals|plus);|\\([/\\"'])|\\([0-3][0-7]{2})|(\\[nrt]|[\u001b ]\[[\d;]{0,12}m|<\/?[a-z]{1,6} ?\/?>)/gi;
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
    const [whole, percent, u, x, hex, decimal, name, itself, octal, nothing] = match;
    const code = percent ?? u ?? x ?? hex;
    copy(match.index);
    last = match.index + whole.length;
    if (nothing !== undefined) continue;
    next.text +=
      itself ??
      (octal === undefined ? undefined : String.fromCharCode(parseInt(octal, 8))) ??
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
    const unit = text.charAt(at);
    const character = unit >= '!' && unit <= '~' ? foldedAscii(unit) : folded(codePointAt(text, at));
    // One that grows in lower case has no part in a key.
    if (character.length !== 1) continue;
    next.text += character;
    next.starts.push(starts[at] ?? 0);
    next.ends.push(ends[at + ((text.codePointAt(at) ?? 0) > 0xffff ? 1 : 0)] ?? 0);
  }
  return next;
}

const foldedAscii = (unit: string) => (unit === '-' ? '+' : unit === '_' ? '/' : unit.toLowerCase());

/** The character that begins at `at`; '' for the second half of one. */
function codePointAt(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  return code >= 0xdc00 && code < 0xe000 ? '' : String.fromCodePoint(code);
}
