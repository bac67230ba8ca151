// Writes the messages of a request with all their blocks.
import { fromBase64, toBase64 } from '@smithy/core/serde';
import type { WriteContext } from '../../content/blockKinds';
import { BlobMissing } from '../../model/errors';
import { type BlobRef, type ContentBlock, type Message, blobName, blobsIn } from '../../model/content';
import type { Blobs } from '../../model/ports';

/** The bytes of pictures and documents, read before a request is written. */
export type BytesOf = (data: BlobRef) => Uint8Array;

/** For a request that has neither. */
export const noBytes: BytesOf = () => {
  throw new BlobMissing('');
};

/**
 * Reads the bytes of the pictures and documents in `messages`.
 * @throws BlobMissing if one is gone, or cannot be read.
 */
export async function readBytes(messages: readonly Message[], blobs: Blobs | undefined): Promise<BytesOf> {
  const found = new Map<string, Uint8Array>();
  for (const block of blobsIn(messages)) {
    const { data } = block;
    if (found.has(data.sha256)) continue;
    const bytes = await blobs?.read(data).catch((cause: unknown) => {
      throw new BlobMissing(blobName(block), { cause });
    });
    if (!bytes) throw new BlobMissing(blobName(block));
    found.set(data.sha256, bytes);
  }
  return (data) => found.get(data.sha256) ?? noBytes(data);
}

/**
 * The blocks of a message to write. Bedrock refuses a blank text, also beside other blocks, and thinking at the end of a
 * reply, which may have reached its limit there.
 */
export function writtenBlocks({ content }: Pick<Message, 'content'>): readonly ContentBlock[] {
  const blocks = withoutBlankTexts(content).map((block) =>
    block.type === 'toolResult' ? { ...block, content: withoutBlankTexts(block.content) } : block,
  );
  const last = blocks.findLastIndex(({ type }) => type !== 'reasoning');
  return last < 0 ? blocks : blocks.slice(0, last + 1);
}

/** All of it if it is nothing else: Bedrock says better than we do what is wrong with that. */
function withoutBlankTexts<B extends ContentBlock>(content: readonly B[]): readonly B[] {
  const rest = content.filter((block) => block.type !== 'text' || /\S/.test(block.text));
  return rest.length > 0 ? rest : content;
}

/** For one request: it counts the documents, so that each has a name of its own. */
export function writeContext(bytesOf: BytesOf): WriteContext {
  let documents = 0;
  return {
    bytesOf,
    base64: { encode: toBase64, decode: fromBase64 },
    nextDocumentName: () => `Document ${++documents}`,
  };
}
