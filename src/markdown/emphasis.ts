// Parses emphasis next to Japanese, Chinese and Korean, where CommonMark and markdown-it-cjk-friendly leave markers in
// the text.
import type { StateInline } from 'markdown-it';
import { spacelessScript } from './scripts';

const star = 0x2a;
const underscore = 0x5f;

const joinedBefore = new RegExp(`${spacelessScript}\\p{M}?$`, 'u');
const joinedAfter = new RegExp(`^${spacelessScript}`, 'u');
const punctuationBefore = /[\p{P}\p{S}]$/u;
const punctuationAfter = /^[\p{P}\p{S}]/u;

interface Mark {
  readonly length: number;
  readonly open: boolean;
  readonly close: boolean;
}

/** Replaces markdown-it's rule of the same name. */
export function emphasisRule(state: StateInline, silent: boolean): boolean {
  const marker = state.src.charCodeAt(state.pos);
  if (silent || (marker !== star && marker !== underscore)) return false;
  const marks = marksAt(state, marker);
  for (const { length, open, close } of marks)
    for (let at = 0; at < length; at++) {
      state.push('text', '', 0).content = String.fromCharCode(marker);
      state.delimiters.push({ marker, length, token: state.tokens.length - 1, end: -1, open, close });
    }
  state.pos += marks.reduce((sum, { length }) => sum + length, 0);
  return true;
}

function marksAt(state: StateInline, marker: number): readonly Mark[] {
  const { src, pos } = state;
  const { length, can_open, can_close } = state.scanDelims(pos, marker === star);
  const before = src.slice(Math.max(0, pos - 4), pos);
  const after = src.slice(pos + length, Math.min(pos + length + 2, state.posMax));
  const [isJoinedBefore, isJoinedAfter] = [joinedBefore.test(before), joinedAfter.test(after)];
  const mark = { length, open: can_open, close: can_close };
  if (!isJoinedBefore && !isJoinedAfter) return [mark];
  if (marker === underscore) {
    // A name such as snake_case has no bracket or full stop on the inner side.
    const asStar = state.scanDelims(pos, true);
    mark.open ||= isJoinedBefore && punctuationAfter.test(after) && asStar.can_open;
    mark.close ||= isJoinedAfter && punctuationBefore.test(before) && asStar.can_close;
  }
  // One bold text ends and the next begins. CommonMark would pair the outermost markers and show these four.
  if (length === 4 && mark.open && mark.close && isBoldOpen(state, marker))
    return [
      { length: 2, open: false, close: true },
      { length: 2, open: true, close: false },
    ];
  return [mark];
}

/** Whether two markers before this place open a bold text that is not closed. */
function isBoldOpen({ delimiters }: StateInline, marker: number): boolean {
  let depth = 0;
  for (let at = 0; at < delimiters.length; at++) {
    const delimiter = delimiters[at];
    if (delimiter?.marker !== marker || delimiter.length !== 2) continue;
    // The second of the two.
    at++;
    if (delimiter.close && depth > 0) depth--;
    else if (delimiter.open) depth++;
  }
  return depth > 0;
}
