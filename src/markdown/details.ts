// <details> and <summary> fold the Markdown between their tags. An element that is never closed is text.
import type { StateBlock } from 'markdown-it';
import { fencedBlock, isOutdented, lineText, markUnstable } from './fences';

const opening = /^<details(\s+open)?\s*>\s*/i;
const closing = /<\/details\s{0,9}>$/i;
const maxClosingLength = '</details>'.length + 9;
/** The most lines of a summary. */
const maxSummaryLines = 6;
/** The deepest nesting; it also limits how often a line is processed. */
const maxDepth = 20;

interface Place {
  readonly line: number;
  /** Offset in the line's text, from its first non-blank character. */
  readonly column: number;
}

export function detailsRule(state: StateBlock, start: number, endLine: number, silent: boolean): boolean {
  if (state.src[(state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0)] !== '<') return false;
  const [begin, isOpen] = opening.exec(lineText(state, start)) ?? [];
  if (begin === undefined) return false;
  const last = closingLine(state, start, endLine);
  if (last === undefined) return false;
  if (silent) return true;

  const text = lineText(state, last);
  const end = beforeClosing(text) ?? text.length;
  const { title, body } = summaryAt(state, { line: start, column: begin.length }, last);
  const open = state.push('details_open', 'details', 1);
  open.map = [start, last + 1];
  if (isOpen) open.attrSet('open', '');
  state.push('summary_open', 'summary', 1);
  const inline = state.push('inline', '', 0);
  inline.content = title;
  inline.children = [];
  state.push('summary_close', 'summary', -1);
  tokenizeBetween(state, body, { line: last, column: end });
  state.push('details_close', 'details', -1);
  state.line = last + 1;
  return true;
}

/** The length of a line before the closing tag at its end; undefined if it has none. */
function beforeClosing(line: string): number | undefined {
  const text = line.trimEnd();
  const tag = closing.exec(text.slice(-maxClosingLength))?.[0];
  return tag === undefined ? undefined : text.slice(0, -tag.length).trimEnd().length;
}

/** The line with the closing tag for the line `start`: tags are paired, and those in code are ignored. */
function closingLine(state: StateBlock, start: number, endLine: number): number | undefined {
  let depth = 0;
  let isUnstable = false;
  let line = start;
  for (; line < endLine && !isOutdented(state, line); line++) {
    const fence = line > start ? fencedBlock(state, line, endLine) : undefined;
    if (fence) {
      isUnstable ||= fence.isOpen;
      line = fence.end - 1;
      continue;
    }
    const text = lineText(state, line);
    if (opening.test(text)) depth++;
    if (beforeClosing(text) !== undefined) depth--;
    if (depth > maxDepth) return undefined;
    if (depth > 0) continue;
    if (isUnstable) markUnstable(state, start);
    return line;
  }
  markUnstable(state, start);
  return state.env['isUnfinished'] ? line - 1 : undefined;
}

/** The summary that begins at `from`, or on the line after it, and the start of the folded text. */
function summaryAt(
  state: StateBlock,
  from: Place,
  last: number,
): { readonly title: string; readonly body: Place } {
  const rest = lineText(state, from.line).slice(from.column);
  const first = rest || from.line === last ? from : { line: from.line + 1, column: 0 };
  let text = '';
  for (let line = first.line; line <= Math.min(last, first.line + maxSummaryLines); line++) {
    const column = line === first.line ? first.column : 0;
    const lengthBefore = text.length;
    text += `${lineText(state, line).slice(column)} `;
    const [whole, title] = /^<summary\s*>(.*?)<\/summary\s*>/i.exec(text) ?? [];
    if (whole !== undefined)
      return { title: (title ?? '').trim(), body: { line, column: column + whole.length - lengthBefore } };
  }
  const partialTitle = /^<summary\s*>(.*?)(?:<\/?[a-z]*)?$/i.exec(text.trim())?.[1];
  if (partialTitle === undefined || !state.env['isUnfinished']) return { title: '', body: from };
  return { title: partialTitle.trim(), body: { line: last, column: lineText(state, last).length } };
}

function tokenizeBetween(state: StateBlock, from: Place, to: Place): void {
  const { bMarks, eMarks, tShift, sCount, lineMax } = state;
  const positionOf = ({ line, column }: Place) => (bMarks[line] ?? 0) + (tShift[line] ?? 0) + column;
  const [begin, end] = [positionOf(from), positionOf(to)];
  const { line } = from;
  const saved = [bMarks[line], tShift[line], sCount[line], eMarks[to.line]] as [
    number,
    number,
    number,
    number,
  ];
  if (from.column > 0) {
    bMarks[line] = begin;
    tShift[line] = state.skipSpaces(begin) - begin;
    sCount[line] = state.blkIndent;
  }
  eMarks[to.line] = end;
  state.lineMax = to.line + 1;
  state.md.block.tokenize(state, line, to.line + 1);
  state.lineMax = lineMax;
  [bMarks[line], tShift[line], sCount[line], eMarks[to.line]] = saved;
}
