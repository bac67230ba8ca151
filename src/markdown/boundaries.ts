// Where the finished blocks of a growing Markdown text end. Only whole lines count: a line that is still
// being written may turn a heading's "#" into a word, or a table's ruler into text.
import type { Token } from 'markdown-it';
import type { Fence } from './fencedLines';
import { parseBlocks } from './parser';

/** A fenced block of code that has not been closed: nothing but its closing line can end it. */
export interface OpenFence extends Fence {
  /** Blanks before the fence, which are taken from its lines too. */
  readonly indent: number;
}

export interface Boundary {
  /** Nothing that may still arrive changes what stands before this offset. */
  readonly settled: number;
  /** Present when an open fence begins at `settled`. */
  readonly fence?: OpenFence;
}

interface Block {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly token: Token;
}

export function boundary(text: string): Boundary {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const { tokens, unsettled } = parseBlocks(whole);
  const blocks = topLevel(tokens);
  const last = blocks.at(-1);
  if (!last) return { settled: whole.length };

  const lines = lineStarts(whole);
  const offset = (line: number) => lines[line] ?? whole.length;
  const open = blocks.find(({ start, end }) => unsettled >= start && unsettled < end);
  if (open?.type === 'fence')
    return { settled: offset(open.start), fence: openFence(open, whole.slice(offset(open.start))) };
  if (!open && isFinal(last, lines.length)) return { settled: whole.length };
  return { settled: offset((open ?? firstUnsettled(blocks))?.start ?? 0) };
}

function topLevel(tokens: readonly Token[]): readonly Block[] {
  return tokens.flatMap((token) =>
    token.level === 0 && token.nesting >= 0 && token.map
      ? [{ type: token.type, start: token.map[0], end: token.map[1], token }]
      : [],
  );
}

/** Offsets at which lines begin; the empty text after the last newline is no line. */
function lineStarts(text: string): readonly number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length; at = text.indexOf('\n', at) + 1) starts.push(at);
  return starts;
}

const endedByThemselves = new Set(['heading_open', 'hr', 'fence', 'formula_block', 'details_open']);
/** Blocks that may go on after blank lines. */
const outlivingBlanks = new Set(['bullet_list_open', 'ordered_list_open', 'code_block', 'footnote_open']);

/** Whether the last block is over though nothing follows it. */
function isFinal({ type, end }: Block, lines: number): boolean {
  if (endedByThemselves.has(type)) return true;
  return !outlivingBlanks.has(type) && end < lines;
}

/** The last block; and the definitions right before it, since its first lines may become their title. */
function firstUnsettled(blocks: readonly Block[]): Block | undefined {
  let at = blocks.length - 1;
  while (blocks[at - 1]?.type === 'reference_definition' && blocks[at - 1]?.end === blocks[at]?.start) at--;
  return blocks[at];
}

function openFence({ token }: Block, text: string): OpenFence {
  return { marker: token.markup, info: token.info, indent: text.search(/\S/) };
}
