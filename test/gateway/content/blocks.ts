// What a prompt is made of, the same for Converse and for Claude's own body.
import { createHash } from 'node:crypto';
import type { Fields } from '../jsonBody.js';
import { imageFacts } from './images.js';

export type CacheTtl = '5m' | '1h';

/** A place in the request's body, counted from 0: `messages.0.content.1`. */
interface Placed {
  readonly path: string;
  /** Set if the prompt is to be cached up to here, this block included. */
  readonly cache?: CacheTtl;
}

interface ContentByKind {
  text: { readonly text: string };
  /** Only in tool results. */
  json: { readonly value: Fields };
  image: { readonly format: string; readonly bytes: Buffer };
  /** A name is required in Converse only. */
  document: { readonly format: string; readonly name: string; readonly bytes: Buffer };
  toolUse: { readonly id: string; readonly name: string; readonly input: Fields };
  toolResult: { readonly id: string; readonly isError: boolean; readonly content: readonly Block[] };
  reasoning: { readonly text: string; readonly signature: string };
  redacted: { readonly data: string };
  /** A kind that the stand-in accepts unchecked, such as a video. */
  other: { readonly value: unknown };
}

export type BlockKind = keyof ContentByKind;
export type BlockOf<Kind extends BlockKind> = { readonly kind: Kind } & ContentByKind[Kind] & Placed;
export type Block = { [Kind in BlockKind]: BlockOf<Kind> }[BlockKind];

export interface ToolOffer extends Placed {
  readonly name: string;
  readonly description: string;
  readonly schema: Fields;
}

export interface ContentMessage {
  readonly role: 'user' | 'assistant';
  readonly blocks: readonly Block[];
}

export interface ToolChoice {
  readonly type: 'auto' | 'any' | 'tool' | 'none';
  readonly name?: string;
}

/** All of a prompt that a model reads, and how it is asked to read it. */
export interface PromptContent {
  readonly system: readonly Block[];
  readonly tools: readonly ToolOffer[];
  readonly messages: readonly ContentMessage[];
  readonly toolChoice: ToolChoice | undefined;
  readonly thinking: Thinking;
  /** Reported back by Converse. */
  readonly serviceTier?: string | undefined;
}

export interface Thinking {
  readonly type: 'enabled' | 'adaptive' | 'disabled' | undefined;
  /** Thinking that is bound to another conversation is left out instead of refused. */
  readonly dropsMismatches: boolean;
}

interface KindFacts<Kind extends BlockKind> {
  readonly roles: readonly ContentMessage['role'][];
  readonly inToolResult: boolean;
  /** About how long it is for the model, as characters of text; four are a token. */
  readonly characters: (block: BlockOf<Kind>) => number;
  /** What makes two blocks equal to a model: neither their place nor a cache point. */
  readonly identity: (block: BlockOf<Kind>) => unknown;
}

const both = ['user', 'assistant'] as const;
const jsonLength = (value: unknown) => JSON.stringify(value).length;
export const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

const textual = new Set(['csv', 'html', 'txt', 'md']);
/** A picture costs a token for 750 pixels, and at most 1,600. */
const imageCharacters = ({ bytes }: { readonly bytes: Buffer }) => {
  const { width = 0, height = 0 } = imageFacts(bytes) ?? {};
  return 4 * Math.min(1600, Math.ceil((width * height) / 750));
};

const kinds: { readonly [Kind in BlockKind]: KindFacts<Kind> } = {
  text: {
    roles: both,
    inToolResult: true,
    characters: ({ text }) => text.length,
    identity: ({ text }) => text,
  },
  json: {
    roles: [],
    inToolResult: true,
    characters: ({ value }) => jsonLength(value),
    identity: ({ value }) => value,
  },
  image: {
    roles: ['user'],
    inToolResult: true,
    characters: imageCharacters,
    identity: ({ format, bytes }) => [format, sha256(bytes)],
  },
  document: {
    roles: ['user'],
    inToolResult: true,
    characters: ({ format, bytes }) => (textual.has(format) ? bytes.length : Math.ceil(bytes.length / 25)),
    identity: ({ format, name, bytes }) => [format, name, sha256(bytes)],
  },
  toolUse: {
    roles: ['assistant'],
    inToolResult: false,
    characters: ({ name, input }) => name.length + jsonLength(input),
    identity: ({ id, name, input }) => [id, name, input],
  },
  toolResult: {
    roles: ['user'],
    inToolResult: false,
    characters: ({ content }) => content.reduce((sum, block) => sum + charactersIn(block), 0),
    identity: ({ id, isError, content }) => [id, isError, content.map(identityOf)],
  },
  reasoning: {
    roles: ['assistant'],
    inToolResult: false,
    characters: ({ text }) => text.length,
    identity: ({ text, signature }) => [text, signature],
  },
  redacted: {
    roles: ['assistant'],
    inToolResult: false,
    characters: ({ data }) => data.length,
    identity: ({ data }) => data,
  },
  other: {
    roles: both,
    inToolResult: true,
    characters: ({ value }) => jsonLength(value),
    identity: ({ value }) => value,
  },
};

/** The row of a block's kind, for that block. */
const factsOf = ({ kind }: Block) => kinds[kind] as unknown as KindFacts<BlockKind>;

export const charactersIn = (block: Block): number => factsOf(block).characters(block);
export const identityOf = (block: Block): unknown => [block.kind, factsOf(block).identity(block)];
export const mayBeIn = (role: ContentMessage['role'], block: Block): boolean =>
  factsOf(block).roles.includes(role);
export const mayBeInToolResult = (block: Block): boolean => factsOf(block).inToolResult;

export const isThinking = (block: Block): block is BlockOf<'reasoning'> | BlockOf<'redacted'> =>
  block.kind === 'reasoning' || block.kind === 'redacted';

export const ofKind = <Kind extends BlockKind>(blocks: readonly Block[], kind: Kind): BlockOf<Kind>[] =>
  blocks.filter((block): block is BlockOf<Kind> & Block => block.kind === kind);

export const textOf = (blocks: readonly Block[]): string =>
  ofKind(blocks, 'text')
    .map(({ text }) => text)
    .join('\n');

/** Every block of all messages, those inside tool results after the result that holds them. */
export const allBlocks = ({ messages }: Pick<PromptContent, 'messages'>): Block[] =>
  messages.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'toolResult' ? [block, ...block.content] : [block])),
  );
