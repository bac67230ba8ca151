// What the first bytes of a picture say: its format, and its size in pixels.
import { type ImageFormat, imageFormats } from '../model/content';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** How the formats that Bedrock takes begin, as Latin-1. */
const signatures: { readonly [F in ImageFormat]: RegExp } = {
  png: /^\x89PNG\r\n\x1a\n/,
  jpeg: /^\xff\xd8\xff/,
  gif: /^GIF8[79]a/,
  webp: /^RIFF.{4}WEBP/s,
};
const signatureLength = 12;

/** The format of a picture, whatever it is called; undefined if Bedrock takes none like it. */
export function pictureFormat(bytes: Uint8Array): ImageFormat | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, signatureLength));
  return imageFormats.find((format) => signatures[format].test(head));
}

/** undefined if the picture is damaged. */
export function pictureSize(bytes: Uint8Array, format: ImageFormat): PictureSize | undefined {
  try {
    const size = readers[format](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (error) {
    // It ends too early.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const readers: { readonly [F in ImageFormat]: (view: DataView) => PictureSize | undefined } = {
  /** https://www.w3.org/TR/png-3/#11IHDR */
  png: (view) =>
    textAt(view, 12) === 'IHDR' ? { width: view.getUint32(16), height: view.getUint32(20) } : undefined,

  /** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),

  jpeg: jpegSize,

  /** https://developers.google.com/speed/webp/docs/riff_container */
  webp: (view) => {
    switch (textAt(view, 12)) {
      case 'VP8 ':
        return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
      case 'VP8L': {
        const bits = view.getUint32(21, true);
        return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
      }
      case 'VP8X':
        return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
      default:
        return undefined;
    }
  },
};

/** Markers of frames; 0xC4, 0xC8 and 0xCC are others. https://www.w3.org/Graphics/JPEG/itu-t81.pdf#page=36 */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    // Markers may be filled up.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrame(marker)) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    // A length below 2 leads to no marker.
    at += 2 + view.getUint16(at + 2);
  }
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => view.getUint8(at + index)));
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
}
