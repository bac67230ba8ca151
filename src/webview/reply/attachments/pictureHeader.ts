// What the first bytes of a picture say about it, without decoding: a picture of a few bytes may claim to have billions of
// pixels. Only the formats that every browser draws, and that can hold no script.
import { type PictureSize, pictureFormat, pictureSize } from '../../../core/content/pictureSize';

export interface PictureHeader extends PictureSize {
  readonly format: 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp' | 'avif';
  readonly isAnimated: boolean;
  /** False if it may be transparent. */
  readonly isOpaque: boolean;
}

/** Bytes in which all that is asked about is, but for the size of a JPEG. */
const maxHeader = 65_536;

/** The size is the one before EXIF turns it. @returns undefined if it is none of these formats, or damaged */
export function pictureHeader(bytes: Uint8Array): PictureHeader | undefined {
  // For ASCII alone: a name that is searched for.
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, maxHeader));
  const format = pictureFormat(bytes) ?? convertible.find(([, pattern]) => pattern.test(text))?.[0];
  const size = format && sizeOf(bytes, format, text);
  return size && { format, ...size, ...looks[format](bytes, text) };
}

/** What Bedrock does not take, and the browser can convert. */
const convertible = [
  ['bmp', /^BM/],
  ['avif', /^.{4}ftypavi[fs]/s],
] as const satisfies readonly (readonly [PictureHeader['format'], RegExp])[];

function sizeOf(bytes: Uint8Array, format: PictureHeader['format'], text: string): PictureSize | undefined {
  if (format !== 'bmp' && format !== 'avif') return pictureSize(bytes, format);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = format === 'bmp' ? 18 : text.indexOf('ispe') + 8;
  if (at < 8 || at + 8 > bytes.length) return undefined;
  const [width, height] = [view.getInt32(at, format === 'bmp'), view.getInt32(at + 4, format === 'bmp')];
  // A bitmap whose highest row is the first has a negative height.
  return width > 0 && height !== 0 ? { width, height: Math.abs(height) } : undefined;
}

type Looks = (bytes: Uint8Array, text: string) => Pick<PictureHeader, 'isAnimated' | 'isOpaque'>;

const looks: { readonly [F in PictureHeader['format']]: Looks } = {
  png: (bytes, text) => ({
    isAnimated: text.includes('acTL'),
    isOpaque: ((bytes[25] ?? 0) & 4) === 0 && !text.includes('tRNS'),
  }),
  jpeg: () => ({ isAnimated: false, isOpaque: true }),
  gif: (bytes) => ({ isAnimated: isAnimatedGif(bytes), isOpaque: false }),
  webp: (bytes, text) => ({
    isAnimated: text.startsWith('VP8X', 12) && ((bytes[20] ?? 0) & 2) > 0,
    isOpaque: false,
  }),
  bmp: (bytes) => ({ isAnimated: false, isOpaque: (bytes[28] ?? 0) < 32 }),
  avif: (_, text) => ({ isAnimated: text.startsWith('avis', 8), isOpaque: false }),
};

/** Each frame of an animation has such a block, and a single picture at most one. */
function isAnimatedGif(bytes: Uint8Array): boolean {
  let count = 0;
  for (let at = bytes.indexOf(0x21); at >= 0 && count < 2; at = bytes.indexOf(0x21, at + 1))
    if (bytes[at + 1] === 0xf9 && bytes[at + 2] === 4) count++;
  return count > 1;
}
