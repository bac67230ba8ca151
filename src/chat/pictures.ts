// The pictures of a chat: which of them Bedrock takes, and where their bytes are until the request is sent.
import type { BlobRef, ContentBlock, ImageFormat } from '../core/model/content';
import type { Blobs, Hash } from '../core/model/ports';
import { pictureLimits } from '../core/content/limits';
import { pictureFormat, pictureSize } from '../core/content/pictureSize';
import { pictureLeftOut } from './notes';

/** A picture in the message that the user has just sent can't be sent. Earlier ones are left out. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused';
  constructor(
    readonly why: 'format' | 'size' | 'edge',
    /** The type, the bytes, or the pixels of the longer edge. */
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
  const refused = refusal(bytes, format, mimeType);
  if (format !== undefined && !refused) return { type: 'image', format, data: blobs.put(bytes) };
  if (isNew && refused) throw refused;
  return pictureLeftOut;
}

function refusal(
  bytes: Uint8Array,
  format: ImageFormat | undefined,
  mimeType: string,
): PictureRefused | undefined {
  if (format === undefined) return new PictureRefused('format', mimeType);
  if (bytes.length > pictureLimits.size) return new PictureRefused('size', bytes.length);
  // Whether a damaged picture can be read, the model says.
  const { width = 0, height = 0 } = pictureSize(bytes, format) ?? {};
  const edge = Math.max(width, height);
  return edge > pictureLimits.edge ? new PictureRefused('edge', edge) : undefined;
}
