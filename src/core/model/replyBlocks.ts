// The blocks of a reply, as the model wrote them: a model that thinks or uses tools must get its own words back unchanged.
import { type ContentBlock, type ReasoningBlock, type ToolUseBlock, textBlock } from './content';

/** Where a block of a reply is: of its texts and its thinking, which are kept joined, the next `length` UTF-16 units. */
export type BlockMark =
  | { readonly type: 'text'; readonly length: number }
  /** Not the model's: what keeps two of its texts apart. */
  | { readonly type: 'gap'; readonly length: number }
  | ({ readonly type: 'reasoning'; readonly length: number } & Pick<ReasoningBlock, 'signature' | 'redacted'>)
  | ToolUseBlock;

/** A block of a reply is complete. The end of the reply ends its last text, too. */
export type BlockEnd =
  | { readonly type: 'blockEnd'; readonly block: 'text' }
  | { readonly type: 'blockEnd'; readonly block: 'gap' }
  | ({ readonly type: 'blockEnd'; readonly block: 'reasoning' } & Pick<
      ReasoningBlock,
      'signature' | 'redacted'
    >);

/** A reply's texts, thinking and blocks. Without `blocks`, it is one text. */
export interface ReplyContent {
  readonly text: string;
  readonly reasoning: string;
  readonly blocks?: readonly BlockMark[];
}

/** Returns the marks with one for the block that has ended. */
export function withBlockEnd(reply: ReplyContent, end: BlockEnd | ToolUseBlock): readonly BlockMark[] {
  const { blocks = [] } = reply;
  const text = unmarked(reply, 'text');
  // Text that came before a block of another kind is a block of its own.
  const before: readonly BlockMark[] = text > 0 ? [...blocks, { type: 'text', length: text }] : blocks;
  if (end.type === 'toolUse') return [...before, end];
  if (end.block === 'gap') return [...blocks, { type: 'gap', length: text }];
  if (end.block !== 'reasoning') return before;
  const { signature, redacted } = end;
  return [
    ...before,
    {
      ...{ type: 'reasoning', length: unmarked(reply, 'reasoning') },
      ...(signature !== undefined && { signature }),
      ...(redacted !== undefined && { redacted }),
    },
  ];
}

/** Which of the two joined texts a block is part of. */
const textsOf: { readonly [T in BlockMark['type']]: 'text' | 'reasoning' | undefined } = {
  ...{ text: 'text', gap: 'text', reasoning: 'reasoning', toolUse: undefined },
};

/** UTF-16 units that no block holds yet. */
function unmarked({ blocks = [], ...reply }: ReplyContent, type: 'text' | 'reasoning'): number {
  return blocks.reduce(
    (rest, block) => (textsOf[block.type] === type && 'length' in block ? rest - block.length : rest),
    reply[type].length,
  );
}

/** The blocks of a reply, in order. Thinking that has not ended is left out: it has no signature. */
export function blocksOf(reply: ReplyContent): readonly ContentBlock[] {
  const at = { text: 0, reasoning: 0 };
  const next = (type: 'text' | 'reasoning', length: number) =>
    reply[type].slice(at[type], (at[type] += length));
  const blocks = (reply.blocks ?? []).flatMap((block): readonly ContentBlock[] => {
    if (block.type === 'toolUse') return [block];
    if (block.type === 'gap') {
      next('text', block.length);
      return [];
    }
    if (block.type === 'text') return [textBlock(next('text', block.length))];
    const { length, ...rest } = block;
    return [{ ...rest, text: next('reasoning', length) }];
  });
  const rest = reply.text.slice(at.text);
  return [...blocks, ...(rest ? [textBlock(rest)] : [])];
}
