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
 * @throws BlobMissing if one is gone.
 */
export async function readBytes(messages: readonly Message[], blobs: Blobs | undefined): Promise<BytesOf> {
  const found = new Map<string, Uint8Array>();
  for (const block of blobsIn(messages)) {
    const { data } = block;
    if (found.has(data.sha256)) continue;
    const bytes = await blobs?.read(data);
    if (!bytes) throw new BlobMissing(blobName(block));
    found.set(data.sha256, bytes);
  }
  return (data) => found.get(data.sha256) ?? noBytes(data);
}

/** The blocks to write: Bedrock refuses a blank text, also beside other blocks. */
export function withoutBlankTexts(content: readonly ContentBlock[]): readonly ContentBlock[] {
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
