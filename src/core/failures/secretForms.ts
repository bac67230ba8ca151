// Finds secrets in a text in any encoding: escaped, encoded, wrapped, in another case, or only in part.

/** A match of this length counts as a part of a secret; a shorter secret must match completely. */
const minPartLength = 16;
/** A shorter secret is only searched for literally: other encodings of it would match ordinary words. */
const minEncodedLength = 8;

/** Replaces a secret. */
export const masked = '…';

/** Replaces each of `secrets` in `text`, and each part of one, by `masked`. Time linear in the length of `text`. */
export function maskSecrets(text: string, secrets: readonly string[]): string {
  if (secrets.length === 0 || !text) return text;
  const forms = formsOf(secrets);
  const exact = forms.exact.reduce((rest, secret) => rest.replaceAll(secret, masked), text);
  return forms.long.lines || forms.short.length > 0 ? maskEncoded(exact, forms) : exact;
}

type Range = readonly [start: number, end: number];

function maskEncoded(text: string, { long, bare, short }: Forms): string {
  const read = decodeAll(text);
  const alphanumeric = lettersAndDigits(read);
  const ranges = [
    ...[...partsIn(read, long), ...partsIn(alphanumeric, bare)],
    ...short.flatMap((form) => placesIn(read, form)),
    ...short
      .map(bareOf)
      .filter(isNoWord)
      .flatMap((form) => placesIn(alphanumeric, form)),
  ];
  return ranges.length > 0 ? withoutRanges(text, ranges) : text;
}

/** Whether it is unlikely to match ordinary words and dates written without blanks. */
const isNoWord = (bare: string) => bare.length >= 12 || (/[a-z]/.test(bare) && /\d/.test(bare));

const bareOf = (form: string) => form.replace(/[^a-z0-9]/g, '');

function placesIn(read: DecodedText, form: string): readonly Range[] {
  const ranges: Range[] = [];
  if (form.length < minEncodedLength) return ranges;
  for (let at = read.text.indexOf(form); at >= 0; at = read.text.indexOf(form, at + form.length))
    ranges.push(rangeOf(read, at, form.length));
  return ranges;
}

const rangeOf = ({ starts, ends }: DecodedText, at: number, length: number): Range => [
  starts[at] ?? 0,
  ends[at + length - 1] ?? 0,
];

function partsIn(read: DecodedText, { lines, parts }: LongForms): readonly Range[] {
  if (!lines) return [];
  // For a short text, searching is cheaper than building an index.
  const isPart =
    read.text.length < 256 ? (part: string) => lines.includes(part) : (part: string) => parts().has(part);
  const ranges: Range[] = [];
  for (let at = 0; at + minPartLength <= read.text.length; at++)
    if (isPart(read.text.slice(at, at + minPartLength))) ranges.push(rangeOf(read, at, minPartLength));
  return ranges;
}

/** Removes everything but letters and digits, to find secrets whose characters are separated by something. */
function lettersAndDigits({ text, starts, ends }: DecodedText): DecodedText {
  const kept: number[] = [];
  for (let at = 0; at < text.length; at++) if (/[a-z0-9]/.test(text.charAt(at))) kept.push(at);
  return {
    text: kept.map((at) => text.charAt(at)).join(''),
    starts: kept.map((at) => starts[at] ?? 0),
    ends: kept.map((at) => ends[at] ?? 0),
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
  /** The longer secrets, reduced to letters and digits. */
  readonly bare: LongForms;
  /** Those that are too short to match in part. */
  readonly short: readonly string[];
}

interface LongForms {
  /** All forms, one per line. */
  readonly lines: string;
  /** All parts of the forms. */
  readonly parts: () => ReadonlySet<string>;
}

/** Cached, since an attempt sanitizes many texts with the same list of secrets. */
const formsCache = new WeakMap<readonly string[], Forms>();

function formsOf(secrets: readonly string[]): Forms {
  const cached = formsCache.get(secrets);
  if (cached) return cached;
  // The longest first: one may be part of another.
  const exact = secrets.filter(Boolean).sort((one, other) => other.length - one.length);
  const encoded = exact.filter(({ length }) => length >= minEncodedLength).flatMap(encodingsOf);
  const isLong = ({ length }: string) => length >= minPartLength;
  const long = encoded.filter(isLong);
  const forms: Forms = {
    exact,
    long: longForms(long),
    bare: longForms(long.map(bareOf).filter(isLong)),
    short: encoded.filter((form) => !isLong(form)),
  };
  formsCache.set(secrets, forms);
  return forms;
}

function longForms(forms: readonly string[]): LongForms {
  let parts: Set<string> | undefined;
  return { lines: forms.join('\n'), parts: () => (parts ??= new Set(forms.flatMap(partsOf))) };
}

function partsOf(form: string): string[] {
  return Array.from({ length: form.length - minPartLength + 1 }, (_, at) =>
    form.slice(at, at + minPartLength),
  );
}

/** The encodings of a secret to search for; escapes and line breaks in them are decoded by readThrough(). */
function encodingsOf(secret: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(secret), (byte) => String.fromCharCode(byte)).join('');
  const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  // Base64 depends on the offset, 0 to 2; the first and last characters also depend on the neighbours, and are left
  // out.
  const base64 = [0, 1, 2].map((offset) => {
    const encoded = btoa('\0'.repeat(offset) + bytes).replace(/=+$/, '');
    return encoded.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  // The secret itself may contain what looks like an escape.
  const read = decodeAll(secret).text;
  return [
    ...new Set([secret, read, Array.from(secret).reverse().join(''), hex, ...base64].map(folded)),
  ].filter(({ length }) => length >= minEncodedLength);
}

/** Ignores case, width, the two characters in which base64 alphabets differ, and wrapping of long texts. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('-', '+').replaceAll('_', '/').replace(skipped, '');
}

/** Blanks and invisible characters. */
const skipped = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu;

interface DecodedText {
  readonly text: string;
  /** The start and end of each character in the original text. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Escapes may be nested: JSON in JSON, a URL in a URL. */
const maxDepth = 3;

/** `text` folded, with escapes of URLs, JSON and HTML decoded. */
function decodeAll(text: string): DecodedText {
  let read = identity(text);
  for (let depth = 0; depth < maxDepth; depth++) {
    const next = unescaped(read);
    if (next.text.length === read.text.length) break;
    read = next;
  }
  return foldAll(read);
}

function identity(text: string): DecodedText {
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

function unescaped({ text, starts, ends }: DecodedText): DecodedText {
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

function foldAll({ text, starts, ends }: DecodedText): DecodedText {
  const next = { text: '', starts: [] as number[], ends: [] as number[] };
  for (let at = 0; at < text.length; at++) {
    const unit = text.charAt(at);
    const character = unit >= '!' && unit <= '~' ? foldedAscii(unit) : folded(codePointAt(text, at));
    // A character whose lower case is longer cannot be part of a key.
    if (character.length !== 1) continue;
    next.text += character;
    next.starts.push(starts[at] ?? 0);
    next.ends.push(ends[at + ((text.codePointAt(at) ?? 0) > 0xffff ? 1 : 0)] ?? 0);
  }
  return next;
}

const foldedAscii = (unit: string) => (unit === '-' ? '+' : unit === '_' ? '/' : unit.toLowerCase());

/** The character at `at`; '' for the second half of a surrogate pair. */
function codePointAt(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  return code >= 0xdc00 && code < 0xe000 ? '' : String.fromCodePoint(code);
}
