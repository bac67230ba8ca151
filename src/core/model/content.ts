// The parts of a message. A block holds no bytes of a picture or a document, only what names them: so that a request stays
// small, and can be compared and kept as JSON. The bytes are read when it is sent (Blobs, in ports.ts).

/** Names bytes by their content. */
export interface BlobRef {
  /** SHA-256, hex, in lower case. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
}

/** What Bedrock takes: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ImageBlock.html */
export const imageFormats = ['png', 'jpeg', 'gif', 'webp'] as const;
export type ImageFormat = (typeof imageFormats)[number];

export interface ImageBlock {
  readonly type: 'image';
  readonly format: ImageFormat;
  readonly data: BlobRef;
  /** Pixels; absent if the picture does not tell. */
  readonly width?: number;
  readonly height?: number;
  /** The user's name for it, such as that of its file. It is shown, and never sent. */
  readonly name?: string;
}

/** What Bedrock takes: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html */
export const documentFormats = [
  ...(['pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'] as const),
] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export interface DocumentBlock {
  readonly type: 'document';
  readonly format: DocumentFormat;
  readonly data: BlobRef;
  /** The name of its file. It is shown, and never sent: a model might follow instructions in it. */
  readonly name: string;
  /** Absent if the document does not tell. */
  readonly pages?: number;
}

/** What a model thought before it went on. Sent back unchanged, or not at all. */
export interface ReasoningBlock {
  readonly type: 'reasoning';
  /** '' if the model does not show it. */
  readonly text: string;
  /** The model's proof that the text is its own. Only a signed block can be sent back. */
  readonly signature?: string;
  /** In place of the text: what only the model can read; base64. */
  readonly redacted?: string;
  /** The ID of the model that thought it: no other takes it back. Absent in a reply, which names its model. */
  readonly model?: string;
}

/** A model asks for the result of a tool. */
export interface ToolUseBlock {
  readonly type: 'toolUse';
  readonly id: string;
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface ToolResultBlock {
  readonly type: 'toolResult';
  /** The ID of the tool use that it answers. */
  readonly toolUse: string;
  readonly content: readonly (TextBlock | ImageBlock | DocumentBlock)[];
  readonly isError?: true;
}

export type ContentBlock =
  TextBlock | ImageBlock | DocumentBlock | ReasoningBlock | ToolUseBlock | ToolResultBlock;

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly ContentBlock[];
}

/** A tool that a model may ask for. */
export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of its input: an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

export interface ToolConfig {
  readonly tools: readonly Tool[];
  /** Whether the model decides by itself, must use any tool, or the named one. */
  readonly choice: 'auto' | 'any' | { readonly tool: string };
}

/**
 * Where the model may keep what it has read so far, so that it costs less the next time.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
 */
export interface CachePoints {
  /** After the system prompt. */
  readonly system?: true;
  /** After the tools. */
  readonly tools?: true;
  /** After these messages; the first is 0. */
  readonly messages?: readonly number[];
}

/**
 * A text block with well-formed `text`: lone surrogates, which UTF-8 cannot encode and AWS refuses, become U+FFFD.
 * Everything else stays unchanged.
 */
export function textBlock(text: string): TextBlock {
  return { type: 'text', text: text.toWellFormed() };
}

/** The text of a message's text blocks, joined. */
export function textOf({ content }: Pick<Message, 'content'>): string {
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('');
}

/** The user's name for a picture or a document; its format, if it has none. */
export function blobName({ name, format }: ImageBlock | DocumentBlock): string {
  return name === undefined || name === '' ? format : name;
}

/** The pictures and documents in `messages`, also those that tools gave. */
export function blobsIn(messages: readonly Message[]): readonly (ImageBlock | DocumentBlock)[] {
  const blocks = messages.flatMap(({ content }) => content);
  return blocks.flatMap((block) => {
    if (block.type === 'image' || block.type === 'document') return [block];
    if (block.type !== 'toolResult') return [];
    return block.content.flatMap((inner) => (inner.type === 'text' ? [] : [inner]));
  });
}
