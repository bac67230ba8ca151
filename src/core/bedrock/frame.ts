// How a frame of an event stream begins. https://smithy.io/2.0/aws/amazon-eventstream.html
import { Crc32 } from '@smithy/core/checksum';
import { ReplyTooLarge } from '../model/errors';

/** Bytes: the frame's length, that of its headers, and a checksum of these two. */
export const preludeLength = 12;

/**
 * Whether a body that begins with `head` may begin with a frame: the proof of what arrived, when it ended before its
 * first frame did. `head` may be shorter than a prelude; nothing at all is no proof of anything.
 */
export function mayBeFrame(head: Uint8Array): boolean {
  // No event is as long as 16 MB, so that the first byte of its length is a zero. No text begins so.
  if (head.length < preludeLength) return head.length === 0 || head[0] === 0;
  const view = new DataView(head.buffer, head.byteOffset, preludeLength);
  const checksum = new Crc32();
  checksum.update(head.subarray(0, preludeLength - 4));
  return view.getUint32(preludeLength - 4) === checksum.digestSync();
}

/** Bytes of a frame: AWS's are some hundred, and a gateway that puts a whole reply into one makes a megabyte. */
const maxFrameSize = 4 * 1024 * 1024;
/** Bytes of a whole stream, whatever is in it: text of the size that a reply may have, in very small pieces. */
const maxStreamSize = 512 * 1024 * 1024;
/** A frame longer than this is looked through before it is parsed. */
const longFrameSize = 65_536;
/** Values, names and brackets that a frame's JSON may hold: to parse so many takes some 20 ms. */
const maxTokens = 200_000;

/**
 * The same stream of frames, without one that would hold the process up when it is parsed.
 * @throws ReplyTooLarge where such a one begins, and after more than any stream has
 * @throws Error as the codec does for damaged frames, where the length of one cannot be its own
 */
export async function* boundedFrames(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const prelude = new Uint8Array(preludeLength);
  const view = new DataView(prelude.buffer);
  /** Bytes of the prelude that are here, and those of the frame that are to come after it. */
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
      // Byte by byte: a reply has thousands of frames, and a view of each prelude would cost more.
      while (preludeSize < preludeLength && at < chunk.length) prelude[preludeSize++] = chunk[at++] ?? 0;
      if (preludeSize < preludeLength) break;
      const size = view.getUint32(0);
      if (size > maxFrameSize) {
        // What came before it is good.
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

/** What the codec says where a prelude was changed; it would first wait for as many bytes as that says. */
const damagedLength = 'The prelude checksum specified in the message does not match its length';

/** At least as many as JSON.parse makes of `bytes`: signs within strings are counted too. */
function tokensIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) {
    if (byte === 0x2c || byte === 0x3a || byte === 0x5b || byte === 0x7b) count += 1;
  }
  return count;
}
