// Finds the code blocks of a reply by number: block 3 on the page is block 3 here.
import type { Token } from 'markdown-it';
import { BlockSplitter, type Region } from './blockSplitter';
import type { OpenFence } from './boundaries';
import { healPartialMarkdown } from './healPartialMarkdown';
import { isTooDeep, parse, type References } from './parser';

/** The beginning of a reply that had arrived at some time. */
export interface PartialReply {
  /** The reply; more of it may have arrived since. */
  readonly text: string;
  /** How much had arrived, in UTF-16 units. */
  readonly length: number;
  /** Whether the reply had ended. */
  readonly isOver: boolean;
}

/**
 * The tokens of a region; undefined if it is shown unchanged. Blocks that are nested too deeply are shown unchanged
 * too.
 */
export function tokensOf(
  { source, isPlainText }: Region,
  references: References,
  isUnfinished = false,
): readonly Token[] | undefined {
  if (isPlainText) return undefined;
  const tokens = parse(source, references, isUnfinished);
  return isTooDeep(tokens) ? withoutDeepBlocks(tokens, source.split('\n')) : tokens;
}

/**
 * Replaces blocks that are nested too deeply. The others must not be affected, since it depends on how the text arrives
 * which blocks are in one region.
 */
function withoutDeepBlocks(tokens: readonly Token[], lines: readonly string[]): readonly Token[] {
  return topLevelBlocks(tokens).flatMap((block): readonly Token[] => {
    const [first] = block;
    if (!first || !isTooDeep(block)) return block;
    const content = lines.slice(...(first.map ?? [])).join('\n');
    return [Object.assign(first, { type: 'plain_block', nesting: 0, content })];
  });
}

function topLevelBlocks(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const blocks: Token[][] = [];
  for (const token of tokens) {
    const isFirst = token.level === 0 && token.nesting >= 0;
    if (isFirst || blocks.length === 0) blocks.push([]);
    blocks.at(-1)?.push(token);
  }
  return blocks;
}

/** The tokens of an unfinished region, outside of an open fence. */
export function unfinishedTokens(region: Region, references: References): readonly Token[] | undefined {
  return tokensOf({ ...region, source: healPartialMarkdown(region.source) }, references, true);
}

/** The code that Copy returns for a token; undefined if it is no code block. */
export function codeOf({ type, content }: Token): string | undefined {
  if (type !== 'fence' && type !== 'code_block') return undefined;
  return content.endsWith('\n') ? content.slice(0, -1) : content;
}

export function codeIn(tokens: readonly Token[] = []): readonly string[] {
  return tokens.flatMap((token) => codeOf(token) ?? []);
}

/** The code of an open block. `source` begins with the fence's own line. */
export function openCodeOf(source: string, { marker, indent }: OpenFence): string {
  const code = source.slice(source.indexOf('\n') + 1);
  // A fence at the end may close the block; only the following text decides that.
  const [end = ''] = /(?<![^\n])[ \t]*(?:`+|~+)[ \t]*\n?$/.exec(code) ?? [];
  const visible = end.includes(marker[0] ?? '') ? code.slice(0, code.length - end.length) : code;
  return indent > 0 ? visible.replace(new RegExp(`^ {1,${indent}}`, 'gm'), '') : visible;
}

/** How much of a reply is processed at once, in UTF-16 units. */
const stepLength = 65_536;

/** A code block of a reply. */
export interface CodeBlock {
  readonly code: string;
  /** The info string after the fence, such as `ts title="a.ts"`; '' if there is none. */
  readonly info: string;
  /** The last line above the block that is not blank, which may name the block's file; '' if there is none. */
  readonly lineBefore: string;
}

/**
 * A block, counted from 0, or the last one, when so much of the reply had arrived; undefined if there is none.
 * @param pause called now and then; resolves when other tasks have had their turn
 */
export async function codeBlockAt(
  block: number | 'last',
  { text, length, isOver }: PartialReply,
  pause: () => Promise<void>,
): Promise<CodeBlock | undefined> {
  const splitter = new BlockSplitter();
  let count = 0;
  let lineBefore = '';
  let found: CodeBlock | undefined;
  const read = ({ source }: Region, blocks: readonly CodeBlock[]) => {
    const next = block === 'last' ? blocks.at(-1) : blocks[block - count];
    if (next) found = { ...next, lineBefore: next.lineBefore || lineBefore };
    count += blocks.length;
    lineBefore = lastLine(source) || lineBefore;
  };
  const readAll = (regions: readonly Region[]) => {
    for (const region of regions) {
      read(region, blocksIn(region.source, tokensOf(region, {})));
      if (found && block !== 'last') return;
    }
  };
  for (let at = 0; at < length; at += stepLength) {
    if (at > 0) await pause();
    readAll(splitter.push(text.slice(at, Math.min(length, at + stepLength))));
    if (found && block !== 'last') return found;
  }
  if (isOver) readAll(splitter.end());
  else {
    const { region, fence } = splitter.tail;
    read(
      region,
      fence
        ? [{ code: openCodeOf(region.source, fence), info: openInfoOf(region.source), lineBefore: '' }]
        : blocksIn(region.source, unfinishedTokens(region, {})),
    );
  }
  return found;
}

/** `lineBefore` is '' for a block that begins its region. */
function blocksIn(source: string, tokens: readonly Token[] = []): readonly CodeBlock[] {
  return tokens.flatMap((token) => {
    const code = codeOf(token);
    if (code === undefined) return [];
    const above = token.map ? source.split('\n', token.map[0]).join('\n') : '';
    return { code, info: token.info.trim(), lineBefore: lastLine(above) };
  });
}

/** The info string of an open block, whose source begins with the fence's own line. */
function openInfoOf(source: string): string {
  return /^[ \t]*(?:`+|~+)([^\n]*)/.exec(source)?.[1]?.trim() ?? '';
}

/** The last line that is not blank. */
function lastLine(text: string): string {
  const end = text.trimEnd();
  return end.slice(end.lastIndexOf('\n') + 1);
}
