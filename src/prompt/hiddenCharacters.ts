// Finds characters that nobody sees but a model reads: zero width, bidi controls, tags, variation selectors, fillers,
// controls. Text can be hidden in them (“ASCII smuggling”), or be shown in another order than it is read
// (https://trojansource.codes). Those that scripts and emoji need are not found. Does not use VS Code.

/** One or more hidden characters in a row. */
export interface HiddenRun {
  /** Its range in the text, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Number of characters. */
  readonly count: number;
  /** The characters made visible, in brackets: "[U+202E]", or the text that they hide: "[U+E0049… “Ignore”]". */
  readonly shown: string;
}

/** The longest decoded text that is shown, in characters. */
const maxDecoded = 2000;

/** Line breaks and tabs are no hidden characters, and Arabic signs that contain numbers are visible. */
const candidates =
  /(?![\t\n\r\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Scripts whose writing needs joiners: https://www.unicode.org/reports/tr31/#Layout_and_Format_Control_Characters */
const joinedScripts = [
  ...['Arabic', 'Syriac', 'Nko', 'Mongolian', 'Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya'],
  ...['Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Tibetan', 'Myanmar', 'Khmer', 'Balinese'],
];
const anyOf = (scripts: readonly string[]) => scripts.map((script) => `\\p{Script=${script}}`).join('');
const rightToLeft = `(?=\\p{L})[${anyOf(['Hebrew', 'Arabic', 'Syriac', 'Thaana', 'Nko', 'Adlam'])}]`;
const marks = String.raw`[\u200e\u200f\u061c]`;
/** A pattern with one hidden character at its end or in its middle, where it is needed. */
const needed = (before: string, hidden: string, after = '') =>
  new RegExp(`(?<=${before})${hidden}${after && `(?=${after})`}`, 'uy');

/** Uses that are not found, each of one character after one that is visible. So no text fits in them. */
const legitimate: readonly RegExp[] = [
  // Emoji of several parts (https://www.unicode.org/reports/tr51/), and their presentation as emoji or text.
  needed(
    String.raw`\p{Extended_Pictographic}\ufe0f?|\p{Emoji_Modifier}`,
    String.raw`\u200d`,
    String.raw`\p{Extended_Pictographic}`,
  ),
  needed(String.raw`\p{Extended_Pictographic}`, String.raw`[\ufe0e\ufe0f]`),
  needed('[0-9#*]', String.raw`\ufe0f`, String.raw`\u20e3`),
  // Joiners inside of words, as in Persian and Indic languages, and at the end of a Sinhala or Arabic letter.
  needed(`(?=[\\p{L}\\p{M}])[${anyOf(joinedScripts)}]`, String.raw`[\u200c\u200d]`),
  // A mark near text that is written from right to left. It changes no order of letters.
  needed(`${rightToLeft}[^\\n]{0,40}(?<!${marks})`, marks),
  needed(`(?<!${marks})`, marks, `.{0,40}${rightToLeft}`),
  // A possible line break in scripts without blanks between words.
  needed(`[${anyOf(['Thai', 'Lao', 'Khmer', 'Myanmar', 'Tibetan'])}]`, String.raw`\u200b`),
  // Variants of Han characters, as in Japanese names. The bytes of letters and digits have higher selectors.
  needed(String.raw`\p{Script=Han}`, String.raw`[\ufe00-\ufe02\u{e0100}-\u{e011f}]`),
  needed(String.raw`\p{Sm}`, String.raw`\ufe00`),
  needed(String.raw`\p{Script=Mongolian}`, String.raw`[\u180b-\u180f]`),
];

/** The only flags that fonts draw from tags: England, Scotland, Wales. */
const flags =
  /(?<=\u{1f3f4})(?:\u{e0067}\u{e0062}(?:\u{e0065}\u{e006e}\u{e0067}|\u{e0073}\u{e0063}\u{e0074}|\u{e0077}\u{e006c}\u{e0073}))\u{e007f}/uy;

/** The hidden characters of `text`, in order. */
export function hiddenRuns(text: string): readonly HiddenRun[] {
  // Most texts have none, and most of the others only those of an emoji.
  if (/^[\t\n\r -~]*$/.test(text)) return [];
  const runs: { start: number; end: number; characters: string[] }[] = [];
  candidates.lastIndex = 0;
  for (let match = candidates.exec(text); match; match = candidates.exec(text)) {
    const [character] = match;
    const skipped = legitimateLength(text, match.index);
    if (skipped > 0) {
      candidates.lastIndex = match.index + skipped;
      continue;
    }
    const last = runs.at(-1);
    if (last?.end === match.index) {
      last.end += character.length;
      last.characters.push(character);
    } else runs.push({ start: match.index, end: match.index + character.length, characters: [character] });
  }
  return runs.map(({ start, end, characters }) => ({
    ...{ start, end },
    count: characters.length,
    shown: `[${shownCharacters(characters)}]`,
  }));
}

/** `text` with its hidden characters made visible. */
export function withHiddenShown(text: string): string {
  const runs = hiddenRuns(text);
  const parts = runs.map(({ start, shown }, index) => text.slice(runs[index - 1]?.end ?? 0, start) + shown);
  return parts.join('') + text.slice(runs.at(-1)?.end ?? 0);
}

/** Length of the legitimate use that begins at `index`, in UTF-16 code units; 0 if it is none. */
function legitimateLength(text: string, index: number): number {
  for (const pattern of [...legitimate, flags]) {
    pattern.lastIndex = index;
    const [found] = pattern.exec(text) ?? [];
    if (found) return found.length;
  }
  return 0;
}

function shownCharacters(characters: readonly string[]): string {
  const points = characters.map((character) => character.codePointAt(0) ?? 0);
  const [first = 0] = points;
  const decoded = points.length > 1 ? (decodedTags(points) ?? decodedSelectors(points)) : undefined;
  if (decoded !== undefined) return `${pointName(first)}… “${decoded}”`;
  const names = points.map(pointName);
  return names.length > 4 ? `${names.slice(0, 3).join(' ')} … ×${names.length}` : names.join(' ');
}

function pointName(point: number): string {
  return `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Each tag is a character of ASCII, moved up by U+E0000. */
function decodedTags(points: readonly number[]): string | undefined {
  const ascii = points.map((point) => point - 0xe0000).filter((code) => code >= 0x20 && code < 0x7f);
  return ascii.length > 0 ? String.fromCharCode(...ascii.slice(0, maxDecoded)) : undefined;
}

/** Each selector is a byte of UTF-8: https://paulbutler.org/2025/smuggling-arbitrary-data-through-an-emoji/ */
function decodedSelectors(points: readonly number[]): string | undefined {
  const bytes = points.flatMap((point) => {
    if (point >= 0xfe00 && point <= 0xfe0f) return [point - 0xfe00];
    return point >= 0xe0100 && point <= 0xe01ef ? [point - 0xe0100 + 16] : [];
  });
  const text = new TextDecoder().decode(Uint8Array.from(bytes.slice(0, maxDecoded)));
  return /^[^\p{Cc}\p{Cf}\ufffd]+$/u.test(text) ? text : undefined;
}
