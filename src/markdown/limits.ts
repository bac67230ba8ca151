// Limits that keep any input from blocking the page. All sizes are in UTF-16 units.

/** How much of a reply is processed before the clock is checked again. */
export const chunkSize = 8_192;

/** Blocks longer than this are split, except fenced code, since an unfinished block is parsed in every frame. */
export const maxBlockLength = 24_576;

/** Paragraphs longer than this, or with more markup characters, are shown without emphasis and links. */
const maxTextLength = 20_000;
const maxMarks = 1_500;
const mark = /[[\]*_~`<&:]/g;

export function exceedsInlineLimits(text: string): boolean {
  if (text.length > maxTextLength) return true;
  if (text.length <= maxMarks) return false;
  return (text.match(mark)?.length ?? 0) > maxMarks;
}

/** Splits long text into pieces that the browser can lay out one by one, after line ends where possible. */
export function chunks(text: string, size = 8_192): readonly string[] {
  if (text.length <= 2 * size) return [text];
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + size >= text.length ? text.length : cutBefore(text, start, start + size);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

function cutBefore(text: string, start: number, end: number): number {
  const newline = text.lastIndexOf('\n', end - 1);
  return newline > start ? newline + 1 : wholeCharacters(text, end);
}

/** `end`, or one less if it would split a surrogate pair. */
export function wholeCharacters(text: string, end: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
