import assert from 'node:assert/strict';
import { imageFacts, type ImageFacts } from '../../gateway/content/images.js';
import { extendedWebp, gif, jpeg, losslessWebp, lossyWebp, pdf, png } from './samples.js';

const readable: Record<string, readonly [bytes: Buffer, facts: ImageFacts]> = {
  'a PNG': [png(8000, 1), { format: 'png', width: 8000, height: 1 }],
  'a JPEG': [jpeg(640, 480), { format: 'jpeg', width: 640, height: 480 }],
  'a GIF': [gif(65_535, 2), { format: 'gif', width: 65_535, height: 2 }],
  'a lossy WebP': [lossyWebp(16_383, 7), { format: 'webp', width: 16_383, height: 7 }],
  'a lossless WebP': [losslessWebp(9000, 11), { format: 'webp', width: 9000, height: 11 }],
  'an extended WebP': [extendedWebp(9000, 13), { format: 'webp', width: 9000, height: 13 }],
};

const unreadable: Record<string, Buffer> = {
  nothing: Buffer.alloc(0),
  'a PDF': pdf(),
  'a PNG that ends before its size': png().subarray(0, 20),
  'a PNG without its header': Buffer.concat([png().subarray(0, 12), Buffer.alloc(40)]),
  'a JPEG without a frame': Buffer.from('ffd8ffe00004aabbffd9', 'hex'),
  'a JPEG whose segment is of no length': Buffer.concat([
    Buffer.from('ffd8ffe00000', 'hex'),
    Buffer.alloc(90),
  ]),
  'a JPEG that ends within a segment': jpeg().subarray(0, 14),
  'half a GIF': gif().subarray(0, 8),
  'a GIF of no known version': Buffer.concat([Buffer.from('GIF88a'), Buffer.alloc(8)]),
  'a WebP of no known kind': Buffer.concat([lossyWebp().subarray(0, 12), Buffer.alloc(40)]),
  'a RIFF file that is a sound': Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt '), Buffer.alloc(40)]),
};

describe("a picture's first bytes", () => {
  for (const [what, [bytes, facts]] of Object.entries(readable))
    it(`say how large ${what} is`, () => assert.deepEqual(imageFacts(bytes), facts));
  for (const [what, bytes] of Object.entries(unreadable))
    it(`say nothing about ${what}`, () => assert.equal(imageFacts(bytes), undefined));
});
