// What the first bytes of a picture say about it, without decoding: a picture of a few bytes may claim to have billions of
// pixels. Only the formats that every browser draws, and that can hold no script.

export interface PictureHeader {
  readonly format: 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp' | 'avif';
  /** Pixels, before it is turned as EXIF says. */
  readonly width: number;
  readonly height: number;
  readonly isAnimated: boolean;
  /** False if it may be transparent. */
  readonly isOpaque: boolean;
}

type Size = readonly [width: number, height: number];

/** Bytes in which all that is asked about is, but for the size of a JPEG. */
const maxHeader = 65_536;

/** @returns undefined if it is none of these formats, or its header is damaged */
export function pictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // For ASCII alone: a name that is searched for.
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, maxHeader));
  const header = (
    format: PictureHeader['format'],
    [width, height]: Size,
    { isAnimated = false, isOpaque = false } = {},
  ) => (width > 0 && height > 0 ? { format, width, height, isAnimated, isOpaque } : undefined);
  try {
    if (text.startsWith('PNG\r\n', 1))
      return header('png', [view.getUint32(16), view.getUint32(20)], {
        isAnimated: text.includes('acTL'),
        isOpaque: (view.getUint8(25) & 4) === 0 && !text.includes('tRNS'),
      });
    if (text.startsWith('GIF8')) {
      const size: Size = [view.getUint16(6, true), view.getUint16(8, true)];
      return header('gif', size, { isAnimated: isAnimatedGif(bytes) });
    }
    if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) {
      const isAnimated = text.startsWith('VP8X', 12) && (view.getUint8(20) & 2) > 0;
      return header('webp', webpSize(view, text), { isAnimated });
    }
    if (text.startsWith('BM')) {
      const size: Size = [view.getInt32(18, true), Math.abs(view.getInt32(22, true))];
      return header('bmp', size, { isOpaque: view.getUint16(28, true) < 32 });
    }
    if (/^.{4}ftypavi[fs]/s.test(text)) {
      const at = text.indexOf('ispe') + 8;
      const size: Size = [view.getUint32(at), view.getUint32(at + 4)];
      return header('avif', size, { isAnimated: text.startsWith('avis', 8) });
    }
    return view.getUint16(0) === 0xffd8 ? header('jpeg', jpegSize(view), { isOpaque: true }) : undefined;
  } catch (error) {
    // It ends before that.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Each frame of an animation has such a block, and a single picture at most one. */
function isAnimatedGif(bytes: Uint8Array): boolean {
  let count = 0;
  for (let at = bytes.indexOf(0x21); at >= 0 && count < 2; at = bytes.indexOf(0x21, at + 1))
    if (bytes[at + 1] === 0xf9 && bytes[at + 2] === 4) count++;
  return count > 1;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView, text: string): Size {
  if (text.startsWith('VP8X', 12))
    return [(view.getUint32(23, true) >>> 8) + 1, (view.getUint32(26, true) >>> 8) + 1];
  if (text.startsWith('VP8L', 12)) {
    const bits = view.getUint32(21, true);
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
  }
  return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
}

/** The size is in the "start of frame", after any number of other segments. */
function jpegSize(view: DataView): Size {
  for (let at = 2; ;) {
    const marker = view.getUint16(at);
    // C4, C8 and CC are something else.
    if (marker >= 0xffc0 && marker <= 0xffcf && marker !== 0xffc4 && marker !== 0xffc8 && marker !== 0xffcc)
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    // Fill bytes may stand before a marker.
    at += marker === 0xffff ? 1 : 2 + view.getUint16(at + 2);
  }
}
