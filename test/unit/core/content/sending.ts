// What tests of content blocks send, and the four ways to send it.
import { nodeHash } from '../../../../src/platform/node/hash';
import type {
  BlobRef,
  ContentBlock,
  DocumentBlock,
  DocumentFormat,
  ImageBlock,
  ImageFormat,
  Message,
  Tool,
  ToolConfig,
} from '../../../../src/core/model/content';
import type { Blobs } from '../../../../src/core/model/ports';
import type { Entry } from '../../../gateway';
import type { Asking } from '../../asking';

/** Converse and Claude's own body, each whole and streamed. */
export const ways: Readonly<Record<string, Pick<Asking, 'api' | 'stream'>>> = {
  Converse: { api: 'converse', stream: 'off' },
  'Converse, streamed': { api: 'converse', stream: 'auto' },
  'Claude’s own body': { api: 'invoke', stream: 'off' },
  'Claude’s own body, streamed': { api: 'invoke', stream: 'auto' },
};

/** The ID of a model that behaves so, and takes Claude's own body. */
export const claudeId = (behaviour: string) => `anthropic.claude-stand-in.${behaviour}`;

/** Pictures and documents in memory. */
export class MemoryBlobs implements Blobs {
  readonly #bytes = new Map<string, Uint8Array>();
  /** The hashes that were read, in order. */
  readonly reads: string[] = [];

  put(bytes: Uint8Array): BlobRef {
    const sha256 = nodeHash.sha256(bytes);
    this.#bytes.set(sha256, bytes);
    return { sha256, size: bytes.length };
  }

  image(format: ImageFormat, bytes: Uint8Array, more: Partial<ImageBlock> = {}): ImageBlock {
    return { type: 'image', format, data: this.put(bytes), ...more };
  }

  document(format: DocumentFormat, bytes: Uint8Array, name = 'name of the file'): DocumentBlock {
    return { type: 'document', format, data: this.put(bytes), name };
  }

  read({ sha256 }: BlobRef): Promise<Uint8Array | undefined> {
    this.reads.push(sha256);
    return Promise.resolve(this.#bytes.get(sha256));
  }
}

export const user = (...content: readonly ContentBlock[]): Message => ({ role: 'user', content });
export const assistant = (...content: readonly ContentBlock[]): Message => ({ role: 'assistant', content });
export const text = (text: string): ContentBlock => ({ type: 'text', text });

export const toolNamed = (name: string): Tool => ({
  name,
  description: `Does ${name}.`,
  inputSchema: { type: 'object', properties: { path: { type: 'string' } } },
});

export const toolsNamed = (...names: readonly string[]): ToolConfig => ({
  tools: names.map(toolNamed),
  choice: 'auto',
});

/** The results of all tools that `content` asks for. */
export function resultsFor(content: readonly ContentBlock[]): Message {
  return user(
    ...content.flatMap((block): ContentBlock[] =>
      block.type === 'toolUse'
        ? [{ type: 'toolResult', toolUse: block.id, content: [{ type: 'text', text: 'done' }] }]
        : [],
    ),
  );
}

/** The body of a request that the gateway has received. */
export function bodyOf(entry: Entry | undefined): Record<string, unknown> {
  return JSON.parse(entry?.body ?? '{}') as Record<string, unknown>;
}

/** The blocks of a message in a body, as they were sent. */
export function sentBlocks(entry: Entry | undefined, message: number): readonly Record<string, unknown>[] {
  const messages = bodyOf(entry)['messages'] as { readonly content: readonly Record<string, unknown>[] }[];
  return messages[message]?.content ?? [];
}
