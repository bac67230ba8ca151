// Reads just enough of a picture to say what it is: its format by its first bytes, and its size in pixels.

export interface ImageFacts {
  readonly format: ImageFormat;
  readonly width: number;
  readonly height: number;
}

export const imageFormats = ['png', 'jpeg', 'gif', 'webp'] as const;
export type ImageFormat = (typeof imageFormats)[number];

interface Size {
  readonly width: number;
  readonly height: number;
}

const readers: { readonly [Format in ImageFormat]: (bytes: Buffer) => Size | undefined } = {
  // https://www.w3.org/TR/png-3/#11IHDR
  png: (bytes) =>
    bytes.length >= 24 &&
    bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')) &&
    bytes.toString('latin1', 12, 16) === 'IHDR'
      ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
      : undefined,
  jpeg: jpegSize,
  // https://www.w3.org/Graphics/GIF/spec-gif89a.txt, 18. Logical Screen Descriptor
  gif: (bytes) =>
    bytes.length >= 10 && /^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))
      ? { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
      : undefined,
  webp: webpSize,
};

/** Undefined if the bytes are none of the four formats, or end before the picture's size. */
export function imageFacts(bytes: Buffer): ImageFacts | undefined {
  for (const format of imageFormats) {
    const size = readers[format](bytes);
    if (size) return { format, ...size };
  }
  return undefined;
}

/** SOF0 to SOF15, except DHT, JPG and DAC. */
const isStartOfFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2: segments, up to the one that begins the frame. */
function jpegSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  let at = 2;
  while (at + 9 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes[at + 1]!;
    if (marker === 0xff) at += 1;
    else if (isStartOfFrame(marker))
      return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    else at += 2 + bytes.readUInt16BE(at + 2);
  }
  return undefined;
}

/** https://developers.google.com/speed/webp/docs/riff_container: lossy, lossless and extended files. */
function webpSize(bytes: Buffer): Size | undefined {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF') return undefined;
  const chunk = bytes.toString('latin1', 8, 16);
  if (chunk === 'WEBPVP8 ')
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  if (chunk === 'WEBPVP8L') {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk === 'WEBPVP8X')
    return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
  return undefined;
}
