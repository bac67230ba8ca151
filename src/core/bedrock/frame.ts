// The prelude of event stream frames, and limits for their size. https://smithy.io/2.0/aws/amazon-eventstream.html
import { Crc32 } from '@smithy/core/checksum';
import { ReplyTooLarge } from '../model/errors';

/** Bytes: the length of the frame, the length of its headers, and a checksum of both. */
export const preludeLength = 12;

/**
 * Whether a body that begins with `head` may begin with a frame. Used if the body ended before its first frame did.
 * `head` may be shorter than a prelude; an empty one proves nothing.
 */
export function mayBeFrame(head: Uint8Array): boolean {
  // No event is as long as 16 MB, so the first byte of its length is 0. No text begins with that byte.
  if (head.length < preludeLength) return head.length === 0 || head[0] === 0;
  const view = new DataView(head.buffer, head.byteOffset, preludeLength);
  const checksum = new Crc32();
  checksum.update(head.subarray(0, preludeLength - 4));
  return view.getUint32(preludeLength - 4) === checksum.digestSync();
}

/** Bytes of a frame. AWS's have some hundred; a gateway that puts a whole reply into one makes a megabyte. */
const maxFrameSize = 4 * 1024 * 1024;
/** Bytes of a whole stream: the longest reply text in very small pieces. */
const maxStreamSize = 512 * 1024 * 1024;
/** The tokens of longer frames are counted before they are parsed. */
const longFrameSize = 65_536;
/** Values, names and brackets in a frame's JSON: parsing that many takes some 20 ms. */
const maxTokens = 200_000;

/**
 * Passes on a stream of frames, but stops at one that would block the process when it is parsed.
 * @throws ReplyTooLarge at such a frame, and if the stream is longer than any reply
 * @throws Error like the codec's for damaged frames, if a frame's length is implausible
 */
export async function* boundedFrames(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const prelude = new Uint8Array(preludeLength);
  const view = new DataView(prelude.buffer);
  /** Bytes of the prelude that have arrived, and bytes of the frame that are still to come. */
  let preludeSize = 0;
  let remaining = 0;
  let isLong = false;
  let tokens = 0;
  let total = 0;
  for await (const chunk of stream) {
    if ((total += chunk.length) > maxStreamSize) throw new ReplyTooLarge();
    for (let at = 0; at < chunk.length;) {
      if (remaining > 0) {
        const end = Math.min(at + remaining, chunk.length);
        if (isLong && (tokens += tokensIn(chunk.subarray(at, end))) > maxTokens) throw new ReplyTooLarge();
        remaining -= end - at;
        at = end;
        continue;
      }
      const start = at;
      // Byte by byte: a DataView for each of thousands of preludes would cost more.
      while (preludeSize < preludeLength && at < chunk.length) prelude[preludeSize++] = chunk[at++] ?? 0;
      if (preludeSize < preludeLength) break;
      const size = view.getUint32(0);
      if (size > maxFrameSize) {
        // The frames before it are valid.
        yield chunk.subarray(0, start);
        throw mayBeFrame(prelude) ? new ReplyTooLarge() : new Error(damagedLength);
      }
      remaining = Math.max(0, size - preludeLength);
      preludeSize = 0;
      tokens = 0;
      isLong = size > longFrameSize;
    }
    yield chunk;
  }
}

/**
 * The codec's message for a changed prelude. The codec itself would first wait for as many bytes as the prelude says.
 */
const damagedLength = 'The prelude checksum specified in the message does not match its length';

/** An upper bound of the JSON tokens in `bytes`: characters in strings are counted too. */
function tokensIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) {
    if (byte === 0x2c || byte === 0x3a || byte === 0x5b || byte === 0x7b) count += 1;
  }
  return count;
}
