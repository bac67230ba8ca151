// What keeps any input, however strange, from holding the page up. All sizes are in UTF-16 units.

/** How much of a reply is taken in one go, before the clock is looked at again. */
export const chunkSize = 8_192;

/** A block longer than this is cut, fenced code aside, since an unfinished block is parsed at every frame. */
export const longestBlock = 24_576;

/** A paragraph longer than this, or with more marks, is shown without its emphasis and links. */
const longestText = 20_000;
const mostMarks = 1_500;
const mark = /[[\]*_~`<&:]/g;

export function exceedsInlineLimits(text: string): boolean {
  if (text.length > longestText) return true;
  if (text.length <= mostMarks) return false;
  return (text.match(mark)?.length ?? 0) > mostMarks;
}

/** Long text in pieces that the browser can lay out one by one, cut after a newline where there is one. */
export function chunks(text: string, size = 8_192): readonly string[] {
  if (text.length <= 2 * size) return [text];
  const cut: string[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + size >= text.length ? text.length : cutBefore(text, start, start + size);
    cut.push(text.slice(start, end));
    start = end;
  }
  return cut;
}

function cutBefore(text: string, start: number, end: number): number {
  const newline = text.lastIndexOf('\n', end - 1);
  return newline > start ? newline + 1 : wholeCharacters(text, end);
}

/** `end`, or one less where it would cut a pair of surrogates in two. */
export function wholeCharacters(text: string, end: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
