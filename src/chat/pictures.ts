// The pictures of a chat: which of them Bedrock takes, and where their bytes are until the request is sent.
import type { BlobRef, ContentBlock } from '../core/model/content';
import type { Blobs, Hash } from '../core/model/ports';
import { pictureLimits } from '../core/content/limits';
import { pictureFormat } from '../core/content/pictureSize';
import { pictureLeftOut } from './notes';

/** A picture in the message that the user has just sent can't be sent. Earlier ones are left out. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused';
  constructor(
    readonly why: 'format' | 'size',
    /** The type, or the bytes. */
    readonly found: string | number,
  ) {
    super();
  }
}

/** The bytes of one request. */
export class RequestBlobs implements Blobs {
  private readonly bytes = new Map<string, Uint8Array>();

  constructor(private readonly hash: Hash) {}

  put(bytes: Uint8Array): BlobRef {
    const sha256 = this.hash.sha256(bytes);
    this.bytes.set(sha256, bytes);
    return { sha256, size: bytes.length };
  }

  read({ sha256 }: BlobRef): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.bytes.get(sha256));
  }
}

/**
 * A picture as a block. One that Bedrock does not take becomes a note to the model, if it is an earlier one: the
 * conversation could not go on otherwise.
 * @throws PictureRefused if `isNew`
 */
export function pictureBlock(
  { mimeType, bytes }: { readonly mimeType: string; readonly bytes: Uint8Array },
  { blobs, isNew }: { readonly blobs: RequestBlobs; readonly isNew: boolean },
): ContentBlock {
  const format = pictureFormat(bytes);
  if (format !== undefined && bytes.length <= pictureLimits.size)
    return { type: 'image', format, data: blobs.put(bytes) };
  if (isNew)
    throw format === undefined
      ? new PictureRefused('format', mimeType)
      : new PictureRefused('size', bytes.length);
  return pictureLeftOut;
}
