// The kinds of content blocks, one row each: how a block is shown, counted, kept, compared, and written in each API.
import type { ContentBlock as ConverseBlock, ToolResultContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { DocumentType } from '@smithy/types';
import { ContentNotSupported } from '../model/errors';
import {
  type BlobRef,
  type ContentBlock,
  type DocumentBlock,
  type DocumentFormat,
  type Message,
  blobName,
  documentFormats,
  imageFormats,
} from '../model/content';
import { isRecord } from '../model/json';
import { documentTokens, imageTokens } from './blobTokens';
import { estimateTokens } from './tokens';

type Fields = Readonly<Record<string, unknown>>;

/** What a block needs to be written. */
export interface WriteContext {
  readonly bytesOf: (data: BlobRef) => Uint8Array;
  readonly base64: {
    readonly encode: (bytes: Uint8Array) => string;
    readonly decode: (text: string) => Uint8Array;
  };
  /** A name that is new in this request and says nothing. */
  readonly nextDocumentName: () => string;
}

interface BlockKind<B extends ContentBlock> {
  /** The block as text, where no picture can be shown: in a preview, a title, a search. */
  readonly shown: (block: B) => string;
  /** An estimate. */
  readonly tokens: (block: B) => number;
  /** Whether `block`, read from a file, is one. */
  readonly isValid: (block: Fields) => boolean;
  /** Everything of it that determines the reply, as JSON. */
  readonly fingerprint: (block: B) => unknown;
  /** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html */
  readonly converse: (block: B, context: WriteContext) => ConverseBlock;
  /** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html */
  readonly claude: (block: B, context: WriteContext) => Fields;
}

type BlockOf<T extends ContentBlock['type']> = Extract<ContentBlock, { readonly type: T }>;

const isText = (value: unknown) => typeof value === 'string';
const isOptional = (value: unknown, holds: (value: unknown) => boolean) =>
  value === undefined || holds(value);
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const isOneOf = (values: readonly string[]) => (value: unknown) => values.some((each) => each === value);
const isFormatOf = { image: isOneOf(imageFormats), document: isOneOf(documentFormats) };

const kinds: { readonly [T in ContentBlock['type']]: BlockKind<BlockOf<T>> } = {
  text: {
    shown: ({ text }) => text,
    tokens: ({ text }) => estimateTokens(text),
    isValid: ({ text }) => isText(text),
    fingerprint: ({ type, text }) => ({ type, text }),
    converse: ({ text }) => ({ text }),
    claude: ({ text }) => ({ type: 'text', text }),
  },

  image: {
    shown: (block) => `[${blobName(block)}]`,
    tokens: imageTokens,
    isValid: ({ format, data, width, height, name }) =>
      isFormatOf.image(format) &&
      isBlobRef(data) &&
      isOptional(width, isCount) &&
      isOptional(height, isCount) &&
      isOptional(name, isText),
    fingerprint: ({ type, format, data }) => ({ type, format, sha256: data.sha256 }),
    converse: ({ format, data }, { bytesOf }) => ({ image: { format, source: { bytes: bytesOf(data) } } }),
    claude: ({ format, data }, { bytesOf, base64 }) => ({
      type: 'image',
      source: { type: 'base64', media_type: `image/${format}`, data: base64.encode(bytesOf(data)) },
    }),
  },

  document: {
    shown: (block) => `[${blobName(block)}]`,
    tokens: documentTokens,
    isValid: ({ format, data, name, pages }) =>
      isFormatOf.document(format) && isBlobRef(data) && isText(name) && isOptional(pages, isCount),
    fingerprint: ({ type, format, data }) => ({ type, format, sha256: data.sha256 }),
    converse: ({ format, data }, { bytesOf, nextDocumentName }) => ({
      document: { format, name: nextDocumentName(), source: { bytes: bytesOf(data) } },
    }),
    claude: (block, context) => ({
      type: 'document',
      title: context.nextDocumentName(),
      source: claudeSource(block, context),
    }),
  },

  reasoning: {
    // The panel folds it; elsewhere it is not part of the reply.
    shown: () => '',
    tokens: ({ text, redacted = '' }) => estimateTokens(text) + estimateTokens(redacted),
    isValid: ({ text, signature, redacted, model }) =>
      isText(text) && [signature, redacted, model].every((each) => isOptional(each, isText)),
    fingerprint: ({ type, text, signature, redacted }) => ({ type, text, signature, redacted }),
    converse: ({ text, signature, redacted }, { base64 }) => ({
      reasoningContent:
        redacted === undefined
          ? { reasoningText: { text, ...(signature !== undefined && { signature }) } }
          : { redactedContent: base64.decode(redacted) },
    }),
    claude: ({ text, signature, redacted }) =>
      redacted === undefined
        ? { type: 'thinking', thinking: text, signature }
        : { type: 'redacted_thinking', data: redacted },
  },

  toolUse: {
    shown: ({ name }) => `[${name}]`,
    tokens: ({ name, input }) => estimateTokens(name) + estimateTokens(JSON.stringify(input)),
    isValid: ({ id, name, input }) => isText(id) && isText(name) && isRecord(input),
    fingerprint: ({ type, id, name, input }) => ({ type, id, name, input }),
    converse: ({ id, name, input }) => ({ toolUse: { toolUseId: id, name, input: input as DocumentType } }),
    claude: ({ id, name, input }) => ({ type: 'tool_use', id, name, input }),
  },

  toolResult: {
    shown: ({ content }) => content.map(shownText).join('\n'),
    tokens: ({ content }) => content.reduce((sum, block) => sum + blockTokens(block), 0),
    isValid: ({ toolUse, content, isError }) =>
      isText(toolUse) &&
      Array.isArray(content) &&
      content.every((block) => isContentBlock(block) && isInToolResult(block)) &&
      isOptional(isError, (value) => value === true),
    fingerprint: ({ type, toolUse, content, isError }) => ({
      ...{ type, toolUse, isError },
      content: content.map(blockFingerprint),
    }),
    converse: ({ toolUse, content, isError }, context) => ({
      toolResult: {
        toolUseId: toolUse,
        content: content.map((block) => converseBlock(block, context) as ToolResultContentBlock),
        ...(isError && { status: 'error' as const }),
      },
    }),
    claude: ({ toolUse, content, isError }, context) => ({
      ...{ type: 'tool_result', tool_use_id: toolUse },
      content: content.map((block) => claudeBlock(block, context)),
      ...(isError && { is_error: true }),
    }),
  },
};

/** Claude's own body takes PDF as it is, and text as text. https://platform.claude.com/docs/en/build-with-claude/pdf-support */
function claudeSource({ format, data }: DocumentBlock, { bytesOf, base64 }: WriteContext): Fields {
  if (format === 'pdf')
    return { type: 'base64', media_type: 'application/pdf', data: base64.encode(bytesOf(data)) };
  if (!isPlainText(format)) throw new ContentNotSupported(format);
  return { type: 'text', media_type: 'text/plain', data: new TextDecoder().decode(bytesOf(data)) };
}

/** Whether Claude's own body has a place for a document of this format. */
export function isInClaudesBody(format: DocumentFormat): boolean {
  return format === 'pdf' || isPlainText(format);
}

const isPlainText = isOneOf(['csv', 'html', 'txt', 'md'] satisfies readonly DocumentFormat[]);

function isInToolResult({ type }: ContentBlock): boolean {
  return type === 'text' || type === 'image' || type === 'document';
}

/** The row of a block's kind. */
function kindOf<B extends ContentBlock>({ type }: B): BlockKind<B> {
  // TypeScript does not see that the row of a block's type takes the block.
  return kinds[type] as unknown as BlockKind<B>;
}

/** A block as text, where no picture can be shown; '' if it is not part of what was said. */
export function shownText(block: ContentBlock): string {
  return kindOf(block).shown(block);
}

/** An estimate of a block's tokens. */
export function blockTokens(block: ContentBlock): number {
  return kindOf(block).tokens(block);
}

/** An estimate of the tokens of messages. */
export function messageTokens(messages: readonly Message[]): number {
  return messages.reduce(
    (sum, { content }) => content.reduce((tokens, block) => tokens + blockTokens(block), sum),
    0,
  );
}

/** Everything of a block that determines the reply, as JSON. */
export function blockFingerprint(block: ContentBlock): unknown {
  return kindOf(block).fingerprint(block);
}

/** Whether a value that was read from a file is a BlobRef. */
export function isBlobRef(value: unknown): boolean {
  return isRecord(value) && /^[0-9a-f]{64}$/.test(String(value['sha256'])) && isCount(value['size']);
}

/** Whether a value that was read from a file is a block. */
export function isContentBlock(value: unknown): value is ContentBlock {
  if (!isRecord(value)) return false;
  const { type } = value;
  return isText(type) && Object.hasOwn(kinds, type)
    ? kinds[type as ContentBlock['type']].isValid(value)
    : false;
}

/** A block as Converse takes it. */
export function converseBlock(block: ContentBlock, context: WriteContext): ConverseBlock {
  return kindOf(block).converse(block, context);
}

/** A block as Claude's own body takes it. @throws ContentNotSupported */
export function claudeBlock(block: ContentBlock, context: WriteContext): Fields {
  return kindOf(block).claude(block, context);
}
