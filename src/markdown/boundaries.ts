// Finds where the finished blocks of a growing Markdown text end. Only complete lines count: an incomplete line may
// still turn a heading's "#" into a word, or a table's ruler into text.
import type { Token } from 'markdown-it';
import type { Fence } from './fencedLines';
import { parseBlocks } from './parser';

/** A fenced code block that is not closed: only its closing line can end it. */
export interface OpenFence extends Fence {
  /** Blanks before the fence, which are removed from its lines too. */
  readonly indent: number;
}

export interface Boundary {
  /** The length of the beginning that later text cannot change. */
  readonly stableLength: number;
  /** Set if an open fence begins at `stableLength`. */
  readonly fence?: OpenFence;
}

interface Block {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly token: Token;
}

export function boundary(text: string): Boundary {
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  const { tokens, firstUnstableLine } = parseBlocks(complete);
  const blocks = topLevel(tokens);
  const last = blocks.at(-1);
  if (!last) return { stableLength: complete.length };

  const lines = lineStarts(complete);
  const offset = (line: number) => lines[line] ?? complete.length;
  const open = blocks.find(({ start, end }) => firstUnstableLine >= start && firstUnstableLine < end);
  if (open?.type === 'fence')
    return { stableLength: offset(open.start), fence: openFence(open, complete.slice(offset(open.start))) };
  if (!open && isFinal(last, lines.length)) return { stableLength: complete.length };
  return { stableLength: offset((open ?? firstUnstable(blocks))?.start ?? 0) };
}

function topLevel(tokens: readonly Token[]): readonly Block[] {
  return tokens.flatMap((token) =>
    token.level === 0 && token.nesting >= 0 && token.map
      ? [{ type: token.type, start: token.map[0], end: token.map[1], token }]
      : [],
  );
}

/** The offsets at which lines begin; the empty text after the last line end is no line. */
function lineStarts(text: string): readonly number[] {
  const starts: number[] = [];
  for (let at = 0; at < text.length; at = text.indexOf('\n', at) + 1) starts.push(at);
  return starts;
}

const selfEnding = new Set(['heading_open', 'hr', 'fence', 'formula_block', 'details_open']);
/** Blocks that may continue after blank lines. */
const continuingAfterBlanks = new Set([
  'bullet_list_open',
  'ordered_list_open',
  'code_block',
  'footnote_open',
]);

/** Whether the last block is finished though nothing follows it. */
function isFinal({ type, end }: Block, lines: number): boolean {
  if (selfEnding.has(type)) return true;
  return !continuingAfterBlanks.has(type) && end < lines;
}

/** The last block, and the definitions right before it, since its first lines may become their title. */
function firstUnstable(blocks: readonly Block[]): Block | undefined {
  let at = blocks.length - 1;
  while (blocks[at - 1]?.type === 'reference_definition' && blocks[at - 1]?.end === blocks[at]?.start) at--;
  return blocks[at];
}

function openFence({ token }: Block, text: string): OpenFence {
  return { marker: token.markup, info: token.info, indent: text.search(/\S/) };
}
