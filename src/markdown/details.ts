// <details> and its <summary>: they fold the Markdown between their tags. One that is never closed is text.
import type { StateBlock } from 'markdown-it';
import { fencedBlock, isOutdented, lineText, noteUnsettled } from './fences';

const opening = /^<details(\s+open)?\s*>\s*/i;
const closing = /<\/details\s{0,9}>$/i;
const longestClosing = '</details>'.length + 9;
/** A summary is short. */
const linesOfSummary = 6;
/** What is nested deeper is no reply; it also bounds how often a line is looked at. */
const deepest = 20;

interface Place {
  readonly line: number;
  /** Into the line's text, from its first character that is no blank. */
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

/** How much of a line stands before the tag that closes at its end; undefined where none does. */
function beforeClosing(line: string): number | undefined {
  const text = line.trimEnd();
  const tag = closing.exec(text.slice(-longestClosing))?.[0];
  return tag === undefined ? undefined : text.slice(0, -tag.length).trimEnd().length;
}

/** The line that closes what `start` opens: tags pair, and those in code count for nothing. */
function closingLine(state: StateBlock, start: number, endLine: number): number | undefined {
  let depth = 0;
  let isUnsettled = false;
  let line = start;
  for (; line < endLine && !isOutdented(state, line); line++) {
    const fence = line > start ? fencedBlock(state, line, endLine) : undefined;
    if (fence) {
      isUnsettled ||= fence.isOpen;
      line = fence.end - 1;
      continue;
    }
    const text = lineText(state, line);
    if (opening.test(text)) depth++;
    if (beforeClosing(text) !== undefined) depth--;
    if (depth > deepest) return undefined;
    if (depth > 0) continue;
    if (isUnsettled) noteUnsettled(state, start);
    return line;
  }
  noteUnsettled(state, start);
  return state.env['isUnfinished'] ? line - 1 : undefined;
}

/** The summary that begins at a place, or on the line after it; and where what it folds begins. */
function summaryAt(
  state: StateBlock,
  from: Place,
  last: number,
): { readonly title: string; readonly body: Place } {
  const rest = lineText(state, from.line).slice(from.column);
  const first = rest || from.line === last ? from : { line: from.line + 1, column: 0 };
  let text = '';
  for (let line = first.line; line <= Math.min(last, first.line + linesOfSummary); line++) {
    const column = line === first.line ? first.column : 0;
    const before = text.length;
    text += `${lineText(state, line).slice(column)} `;
    const [whole, title] = /^<summary\s*>(.*?)<\/summary\s*>/i.exec(text) ?? [];
    if (whole !== undefined)
      return { title: (title ?? '').trim(), body: { line, column: column + whole.length - before } };
  }
  const begun = /^<summary\s*>(.*?)(?:<\/?[a-z]*)?$/i.exec(text.trim())?.[1];
  if (begun === undefined || !state.env['isUnfinished']) return { title: '', body: from };
  return { title: begun.trim(), body: { line: last, column: lineText(state, last).length } };
}

function tokenizeBetween(state: StateBlock, from: Place, to: Place): void {
  const { bMarks, eMarks, tShift, sCount, lineMax } = state;
  const positionOf = ({ line, column }: Place) => (bMarks[line] ?? 0) + (tShift[line] ?? 0) + column;
  const [begin, end] = [positionOf(from), positionOf(to)];
  const { line } = from;
  const before = [bMarks[line], tShift[line], sCount[line], eMarks[to.line]] as [
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
  [bMarks[line], tShift[line], sCount[line], eMarks[to.line]] = before;
}
