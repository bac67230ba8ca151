// How a frame of an event stream begins. https://smithy.io/2.0/aws/amazon-eventstream.html
import { Crc32 } from '@smithy/core/checksum';

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
