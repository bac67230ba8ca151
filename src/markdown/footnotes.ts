// Footnotes: "[^1]" in a text, and "[^1]: …" for the definition. Definitions are stored with those of links.
import type { StateBlock, StateInline } from 'markdown-it';

const name = '\\[\\^([^\\]\\[\\s^]{1,100})\\]';
const definition = new RegExp(`^${name}:`);
const reference = new RegExp(`${name}(?!\\()`, 'y');

/** Contains a bracket, which no link label does. */
function keyOf(state: StateBlock | StateInline, label: string): string {
  return `[^${state.md.utils.normalizeReference(label)}]`;
}

export function footnoteRule(state: StateBlock, start: number, endLine: number, silent: boolean): boolean {
  const begin = (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0);
  if (state.src[begin] !== '[' || (state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const [whole, label] = definition.exec(state.src.slice(begin, state.eMarks[start])) ?? [];
  if (whole === undefined || label === undefined) return false;
  if (silent) return true;

  (state.env.references ??= {})[keyOf(state, label)] ??= { href: '', title: '' };
  const open = state.push('footnote_open', '', 1);
  open.map = [start, start];
  open.info = label;
  tokenizeIndented(state, start, endLine, begin + whole.length);
  open.map[1] = state.line;
  state.push('footnote_close', '', -1);
  return true;
}

/** Parses the rest of the line, and following lines that are indented by four, like a list item. */
function tokenizeIndented(state: StateBlock, line: number, endLine: number, from: number): void {
  const { bMarks, tShift, sCount } = state;
  const saved = [bMarks[line], tShift[line], sCount[line]] as [number, number, number];
  bMarks[line] = from;
  tShift[line] = state.skipSpaces(from) - from;
  state.blkIndent += 4;
  sCount[line] = state.blkIndent;
  state.md.block.tokenize(state, line, endLine);
  state.blkIndent -= 4;
  [bMarks[line], tShift[line], sCount[line]] = saved;
}

export function footnoteReferenceRule(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '[') return false;
  reference.lastIndex = state.pos;
  const [whole, label] = reference.exec(state.src) ?? [];
  if (whole === undefined || label === undefined || state.pos + whole.length > state.posMax) return false;
  if (!(keyOf(state, label) in (state.env.references ?? {}))) return false;
  if (!silent) state.push('footnote_reference', '', 0).info = label;
  state.pos += whole.length;
  return true;
}
