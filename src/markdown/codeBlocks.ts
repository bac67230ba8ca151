// The blocks of code in a reply, numbered as they stand in it: what the page shows as block 3 is block 3 here.
import type { Token } from 'markdown-it';
import { BlockSplitter, type Region } from './blockSplitter';
import type { OpenFence } from './boundaries';
import { healPartialMarkdown } from './healPartialMarkdown';
import { isTooDeep, parse, type References } from './parser';

/** A part of a reply's beginning. */
export interface Arrived {
  /** The reply, of which more may be known by now. */
  readonly text: string;
  /** How much of it had arrived, in UTF-16 units. */
  readonly length: number;
  /** Whether nothing more was to come. */
  readonly isOver: boolean;
}

/** The tokens of a region; undefined for one that is shown as it was written. Of what is too deep, so is the block. */
export function tokensOf(
  { source, plain }: Region,
  references: References,
  isUnfinished = false,
): readonly Token[] | undefined {
  if (plain) return undefined;
  const tokens = parse(source, references, isUnfinished);
  return isTooDeep(tokens) ? withoutDeepBlocks(tokens, source.split('\n')) : tokens;
}

/** Which blocks stand in one region hangs on the parts that have arrived: what is too deep must not concern the others. */
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

/** The tokens of a region that is still being written, outside of an open fence. */
export function unfinishedTokens(region: Region, references: References): readonly Token[] | undefined {
  return tokensOf({ ...region, source: healPartialMarkdown(region.source) }, references, true);
}

/** What Copy gives of a token's code; undefined for a token that is no code block. */
export function codeOf({ type, content }: Token): string | undefined {
  if (type !== 'fence' && type !== 'code_block') return undefined;
  return content.endsWith('\n') ? content.slice(0, -1) : content;
}

export function codeIn(tokens: readonly Token[] = []): readonly string[] {
  return tokens.flatMap((token) => codeOf(token) ?? []);
}

/** The code of a block that has not been closed. `source` begins with the fence's own line. */
export function openCodeOf(source: string, { marker, indent }: OpenFence): string {
  const code = source.slice(source.indexOf('\n') + 1);
  // A fence at the end may be the one that closes the block, which what follows will tell.
  const [end = ''] = /(?<![^\n])[ \t]*(?:`+|~+)[ \t]*\n?$/.exec(code) ?? [];
  const shown = end.includes(marker[0] ?? '') ? code.slice(0, code.length - end.length) : code;
  return indent > 0 ? shown.replace(new RegExp(`^ {1,${indent}}`, 'gm'), '') : shown;
}

/** How much of a reply is looked at in one go, in UTF-16 units. */
const stretch = 65_536;

/**
 * The code of a block, 0 the first, as it stood when so much of the reply had arrived; undefined when there is none.
 * @param pause called now and then: resolves when others have had their turn
 */
export async function codeBlockAt(
  block: number,
  { text, length, isOver }: Arrived,
  pause: () => Promise<void>,
): Promise<string | undefined> {
  const splitter = new BlockSplitter();
  let before = 0;
  const found = (codes: readonly string[]) => {
    const code = codes[block - before];
    before += codes.length;
    return code;
  };
  const inRegions = (regions: readonly Region[]) => {
    for (const region of regions) {
      const code = found(codeIn(tokensOf(region, {})));
      if (code !== undefined) return code;
    }
    return undefined;
  };
  for (let at = 0; at < length; at += stretch) {
    if (at > 0) await pause();
    const code = inRegions(splitter.take(text.slice(at, Math.min(length, at + stretch))));
    if (code !== undefined) return code;
  }
  if (isOver) return inRegions(splitter.end());
  const { region, fence } = splitter.tail;
  return found(fence ? [openCodeOf(region.source, fence)] : codeIn(unfinishedTokens(region, {})));
}
