// The rule for fenced code blocks, in place of markdown-it's own: fencedLines.ts finds their ends.
import type { StateBlock } from 'markdown-it';
import { FencedLines, fenceOf, type Fence, type Line } from './fencedLines';

/** The text of a line as FencedLines expects it. */
export function lineText(state: StateBlock, line: number): string {
  const text = state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  return indentOf(state, line) >= 4 && text ? ` ${text}` : text;
}

function lineOf(state: StateBlock, line: number): Line {
  return { text: lineText(state, line), indent: indentOf(state, line) };
}

/** The same for a line at the top level, with or without its line end. */
export function lineAtTop(line: string): Line {
  const indent = line.search(/[^ ]|$/);
  return { text: line.replace(/^ {1,3}(?! |\t)|\n$/g, ''), indent };
}

function indentOf(state: StateBlock, line: number): number {
  return (state.sCount[line] ?? 0) - state.blkIndent;
}

/** Whether a line ends a block that is held together by its indent, such as a list item. */
export function isOutdented(state: StateBlock, line: number): boolean {
  return !state.isEmpty(line) && indentOf(state, line) < 0;
}

export interface FencedBlock {
  readonly fence: Fence;
  /** The line after the code. */
  readonly codeEnd: number;
  /** The line after the block. */
  readonly end: number;
  /** Whether more lines could change its end. */
  readonly isOpen: boolean;
}

function fenceAt(state: StateBlock, line: number): Fence | undefined {
  const mark = state.src[(state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)];
  return mark === '`' || mark === '~' ? fenceOf(lineText(state, line)) : undefined;
}

/** The fenced block that begins on a line; undefined if none does. */
export function fencedBlock(state: StateBlock, start: number, endLine: number): FencedBlock | undefined {
  const fence = fenceAt(state, start);
  if (!fence) return undefined;
  const lines = new FencedLines(fence, indentOf(state, start));
  let line = start + 1;
  for (; line < endLine && !isOutdented(state, line); line++) {
    const read = lineOf(state, line);
    const isLast = line + 1 >= endLine || isOutdented(state, line + 1);
    const isOpen = isLast && lines.needsNextLine(read);
    const end = lines.push(read, isLast ? undefined : state.getLines(line + 1, line + 2, 0, false), line + 1);
    if (end !== undefined) return { fence, codeEnd: end - 1, end, isOpen };
  }
  const end = lines.fallbackEnd;
  return { fence, codeEnd: end === undefined ? line : end - 1, end: end ?? line, isOpen: true };
}

/** Replaces markdown-it's rule of the same name. */
export function fenceRule(state: StateBlock, start: number, endLine: number, silent: boolean): boolean {
  if (silent) return !!fenceAt(state, start);
  const block = fencedBlock(state, start, endLine);
  if (!block) return false;
  const { fence, codeEnd, end, isOpen } = block;
  if (isOpen) markUnstable(state, start);
  const token = state.push('fence', 'code', 0);
  token.info = state.src.slice(
    (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0) + fence.marker.length,
    state.eMarks[start],
  );
  token.content = state.getLines(start + 1, codeEnd, state.sCount[start] ?? 0, true);
  token.markup = fence.marker;
  token.map = [start, end];
  state.line = end;
  return true;
}

/** Records the first line, at the top level, of a block that more text may change into another. */
export function markUnstable({ env, level }: StateBlock, line: number): void {
  if (level === 0) env['firstUnstableLine'] = Math.min(line, Number(env['firstUnstableLine'] ?? line));
}
