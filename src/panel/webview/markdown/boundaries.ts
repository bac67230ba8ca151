// Where the finished blocks of a growing Markdown text end. Only whole lines count: a line that is still
// being written may turn a heading's "#" into a word, or a table's ruler into text.
import type { Token } from 'markdown-it';
import { parseBlocks } from './parser';

/** A fenced block of code that has not been closed: nothing but its closing line can end it. */
export interface OpenFence {
  readonly marker: string;
  readonly info: string;
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
  const blocks = topLevel(parseBlocks(whole));
  const last = blocks.at(-1);
  if (!last) return { settled: whole.length };

  const lines = lineStarts(whole);
  const offset = (line: number) => lines[line] ?? whole.length;
  const fence = last.type === 'fence' ? openFence(last, whole, offset) : undefined;
  if (fence) return { settled: offset(last.start), fence };
  if (isFinal(last, lines.length)) return { settled: whole.length };
  return { settled: offset(firstUnsettled(blocks)?.start ?? 0) };
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

/** Whether the last block is over though nothing follows it. Lists and indented code outlive blank lines. */
function isFinal({ type, end }: Block, lines: number): boolean {
  if (type === 'heading_open' || type === 'hr' || type === 'fence') return true;
  if (type.endsWith('list_open') || type === 'code_block') return false;
  return end < lines;
}

/** The last block; and the definitions right before it, since its first lines may become their title. */
function firstUnsettled(blocks: readonly Block[]): Block | undefined {
  let at = blocks.length - 1;
  while (blocks[at - 1]?.type === 'reference_definition' && blocks[at - 1]?.end === blocks[at]?.start) at--;
  return blocks[at];
}

function openFence(block: Block, text: string, offset: (line: number) => number): OpenFence | undefined {
  const { markup: marker, info } = block.token;
  if (block.end - block.start > 1) {
    const lastLine = text.slice(offset(block.end - 1), offset(block.end));
    if (closes(lastLine, marker)) return undefined;
  }
  const opening = text.slice(offset(block.start), offset(block.start + 1));
  return { marker, info, indent: opening.search(/\S/) };
}

/** Whether a line, with or without its newline, closes a fence that was opened with `marker`. */
export function closes(line: string, marker: string): boolean {
  const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*\n?$/.exec(line)?.[1];
  return closing?.[0] === marker[0] && closing !== undefined && closing.length >= marker.length;
}
