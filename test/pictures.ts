// Pictures as files, made without a browser: small ones to be recognized by their colours, and some that are hard to take.
import { randomBytes } from 'node:crypto';
import zlib from 'node:zlib';

/** Red, green, blue. */
export type Colour = readonly [number, number, number];

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(zlib.crc32(body), body.length + 4);
  return framed;
}

interface PngOptions {
  /** Bits of a sample, and what a pixel is made of: 0 grey, 2 colours, 6 colours and alpha. */
  readonly depth: 1 | 8;
  readonly type: 0 | 2 | 6;
  readonly level?: number;
}

/** @param rows each begins with a zero: it is not filtered */
function png(
  width: number,
  height: number,
  rows: Uint8Array,
  { depth, type, level = 6 }: PngOptions,
): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([depth, type], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', zlib.deflateSync(rows, { level })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The left half has one colour, the right half another. */
export function twoColours(width: number, height: number, left: Colour, right: Colour): Buffer {
  const row = [0, ...Array.from({ length: width }, (_, x) => (x * 2 < width ? left : right)).flat()];
  return png(width, height, Buffer.concat(Array.from({ length: height }, () => Buffer.from(row))), {
    depth: 8,
    type: 2,
  });
}

/** Of random pixels: nothing makes it smaller without loss. Some 3 bytes a pixel, 4 with alpha. */
export function noise(width: number, height: number, withAlpha = false): Buffer {
  const length = width * (withAlpha ? 4 : 3) + 1;
  const rows = randomBytes(length * height);
  for (let row = 0; row < height; row++) rows[row * length] = 0;
  return png(width, height, rows, { depth: 8, type: withAlpha ? 6 : 2, level: 0 });
}

/** A small file of many pixels: black on the left, white on the right. */
export function manyPixels(width: number, height: number): Buffer {
  const length = Math.ceil(width / 8) + 1;
  const row = Buffer.alloc(length, 0xff);
  row.fill(0, 0, Math.ceil(length / 2));
  return png(width, height, Buffer.concat(Array.from({ length: height }, () => row)), { depth: 1, type: 0 });
}

/** Claims to have many pixels, and has none. */
export function claiming(width: number, height: number): Buffer {
  return png(width, height, Buffer.alloc(10), { depth: 8, type: 2 });
}

/** A bitmap of Windows, with 24 bits a pixel and its lowest row first. */
export function bmp(width: number, height: number, [red, green, blue]: Colour): Buffer {
  const length = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(54 + length * height);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  for (let row = 0; row < height; row++)
    for (let x = 0; x < width; x++) file.set([blue, green, red], 54 + row * length + x * 3);
  return file;
}

/** A GIF of one colour a frame. Each frame has random bytes beside it, which no viewer shows. */
export function gif(width: number, height: number, frames: readonly Colour[], padding = 0): Buffer {
  const head = Buffer.from('GIF89a....\xf0\0\0', 'latin1');
  head.writeUInt16LE(width, 6);
  head.writeUInt16LE(height, 8);
  const comment = Buffer.concat([
    Buffer.from([0x21, 0xfe]),
    ...Array.from({ length: Math.ceil(padding / 255) }, () =>
      Buffer.concat([Buffer.from([255]), randomBytes(255)]),
    ),
    Buffer.from([0]),
  ]);
  const frame = (colour: Colour) => {
    const place = Buffer.alloc(10);
    place[0] = 0x2c;
    place.writeUInt16LE(width, 5);
    place.writeUInt16LE(height, 7);
    // It has its own colours, and is one pixel repeated.
    place[9] = 0x80;
    return Buffer.concat([
      ...[Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]), place, Buffer.from([...colour, 0, 0, 0])],
      ...[Buffer.from([2]), pixels(width * height), Buffer.from([0])],
    ]);
  };
  return Buffer.concat([head, Buffer.alloc(6), comment, ...frames.map(frame), Buffer.from([0x3b])]);
}

/** Colour 0 so many times, as GIF's LZW: each code with 3 bits, the table cleared before it grows. */
function pixels(count: number): Buffer {
  const clear = 4;
  const end = 5;
  const codes = Array.from({ length: count }, (_, at) => (at % 2 === 0 ? [clear, 0] : [0])).flat();
  let bits = 0;
  let held = 0;
  const bytes: number[] = [];
  for (const code of [...codes, end]) {
    bits |= code << held;
    for (held += 3; held >= 8; held -= 8, bits >>= 8) bytes.push(bits & 0xff);
  }
  bytes.push(bits);
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 255) {
    const block = bytes.slice(at, at + 255);
    blocks.push(Buffer.from([block.length, ...block]));
  }
  return Buffer.concat(blocks);
}

/** A JPEG with EXIF's orientation, such as 6: to be turned a quarter to the right. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}
