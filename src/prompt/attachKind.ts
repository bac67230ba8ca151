// What a file is, by its content: its name may say anything. Does not use VS Code.
import { pictureFormat } from '../core/content/pictureSize';
import type { DocumentFormat, ImageFormat } from '../core/model/content';

/** Documents that are no texts: a text file goes as a text. */
export type DocumentFileFormat = Extract<DocumentFormat, 'pdf' | 'doc' | 'docx' | 'xls' | 'xlsx'>;

/** Files that a model does not get, by what is said about them. */
export type UnsupportedKind =
  'archive' | 'audio' | 'binary' | 'locked' | 'openDocument' | 'presentation' | 'program' | 'video';

export type FileKind =
  | { readonly kind: 'empty' }
  | { readonly kind: 'image'; readonly format: ImageFormat }
  | { readonly kind: 'document'; readonly format: DocumentFileFormat }
  | { readonly kind: 'text'; readonly text: string }
  /** Perhaps a text, in an encoding that its bytes do not tell. */
  | { readonly kind: 'encodedText' }
  /** A picture that Bedrock does not take. A browser may be able to convert it. `name`: of the format. */
  | { readonly kind: 'foreignPicture'; readonly name: string; readonly mimeType: string }
  | { readonly kind: 'unsupported'; readonly what: UnsupportedKind };

type Signed = Exclude<FileKind, { kind: 'empty' | 'text' | 'encodedText' }> | 'zip' | 'ole';

const document = (format: DocumentFileFormat) => ({ kind: 'document', format }) as const;
const unsupported = (what: UnsupportedKind) => ({ kind: 'unsupported', what }) as const;
const foreign = (name: string, mimeType: string) => ({ kind: 'foreignPicture', name, mimeType }) as const;

/** By how a file begins, as Latin-1; for the pictures that Bedrock takes, see pictureFormat(). None of these is a text, which is looked for first. */
const signatures: readonly (readonly [RegExp, Signed])[] = [
  [/^PK(\x03\x04|\x05\x06|\x07\x08)/, 'zip'],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, 'ole'],
  [/^.{0,1023}%PDF-/s, document('pdf')],
  [/^BM.{4}\0{4}/s, foreign('BMP', 'image/bmp')],
  [/^(II[*+]\0|MM\0[*+])/, foreign('TIFF', 'image/tiff')],
  [/^.{4}ftyp(hei[cmsx]|hev[cmsx]|mif1|msf1)/s, foreign('HEIC', 'image/heic')],
  [/^.{4}ftypavi[fs]/s, foreign('AVIF', 'image/avif')],
  [/^(\xff\n|\0\0\0\x0cJXL )/, foreign('JPEG XL', 'image/jxl')],
  [/^\0\0[\x01\x02]\0[^\0]/, foreign('ICO', 'image/x-icon')],
  [/^8BPS\0/, foreign('Photoshop', 'image/vnd.adobe.photoshop')],
  [/^.{4}ftypM4[AB]/s, unsupported('audio')],
  [/^.{4}ftyp/s, unsupported('video')],
  [/^\x1aE\xdf\xa3/, unsupported('video')],
  [/^RIFF.{4}AVI /s, unsupported('video')],
  [/^\0\0\x01[\xb3\xba]/, unsupported('video')],
  [/^(RIFF.{4}WAVE|OggS|fLaC|ID3|MThd|FORM.{4}AIF|\xff[\xe2\xe3\xf2\xf3\xfa\xfb])/s, unsupported('audio')],
  [/^(\x1f\x8b|BZh\d|\xfd7zXZ|7z\xbc\xaf|Rar!\x1a|\x28\xb5\x2f\xfd|.{257}ustar)/s, unsupported('archive')],
  [
    /^(MZ|\x7fELF|\0asm|\xca\xfe\xba\xbe|[\xfe\xce\xcf]\xfa?\xed\xfe|\xfe\xed\xfa[\xce\xcf])/,
    unsupported('program'),
  ],
];

/** How much of a file tells what it is, if it is not a text: bytes. */
export const headLength = 4096;

/** What a whole file is. */
export function recognize(bytes: Uint8Array): FileKind {
  if (bytes.length === 0) return { kind: 'empty' };
  // A PDF may consist of characters alone.
  if (latin1(bytes, 5) === '%PDF-') return document('pdf');
  const text = decodedText(bytes);
  if (text !== undefined) return { kind: 'text', text };
  const found = signed(bytes);
  if (found === 'zip') return zipKind(bytes);
  if (found === 'ole') return oleKind(bytes);
  return found ?? (seemsText(bytes) ? { kind: 'encodedText' } : unsupported('binary'));
}

/**
 * What a file is that begins so, and is too large to be read; undefined if that does not tell: it may be a text. `name`:
 * that of the file.
 */
export function recognizeHead(head: Uint8Array, name: string): FileKind | undefined {
  if (latin1(head, 5) === '%PDF-') return document('pdf');
  const found = seemsText(head) ? undefined : signed(head);
  if (found === 'zip' || found === 'ole') {
    const format = /\.(docx?|xlsx?)$/i.exec(name)?.[1]?.toLowerCase();
    return format
      ? document(format as DocumentFileFormat)
      : unsupported(found === 'zip' ? 'archive' : 'binary');
  }
  return found;
}

function signed(bytes: Uint8Array): Signed | undefined {
  const format = pictureFormat(bytes);
  if (format) return { kind: 'image', format };
  const head = latin1(bytes, headLength);
  return signatures.find(([pattern]) => pattern.test(head))?.[1];
}

function latin1(bytes: Uint8Array, length = bytes.length): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.length)).toString('latin1');
}

/** The text of UTF-8, or of UTF-16 with a byte order mark; undefined if it is neither. */
function decodedText(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = bytes;
  const isUtf32 = third === 0 && fourth === 0;
  if (first === 0xff && second === 0xfe && !isUtf32) return decoded(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return decoded(bytes, 'utf-16be');
  return bytes.includes(0) ? undefined : decoded(bytes, 'utf-8');
}

function decoded(bytes: Uint8Array, encoding: 'utf-8' | 'utf-16le' | 'utf-16be'): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a file without NUL has as few control characters as texts in any encoding have. */
function seemsText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, headLength);
  if (bytes.includes(0)) return false;
  const controls = head.filter((byte) => byte < 0x20 && !(byte >= 0x08 && byte <= 0x0d) && byte !== 0x1b);
  return controls.length <= head.length / 100;
}

/** The names of what is in it are not compressed. */
const zipContents: readonly (readonly [string, FileKind])[] = [
  ['word/document', document('docx')],
  ['xl/workbook', document('xlsx')],
  ['ppt/presentation', unsupported('presentation')],
  ['mimetypeapplication/vnd.oasis.opendocument.presentation', unsupported('presentation')],
  ['mimetypeapplication/vnd.oasis.opendocument', unsupported('openDocument')],
];

function zipKind(bytes: Uint8Array): FileKind {
  const found = zipContents.find(([name]) => indexOf(bytes, name) >= 0);
  return found?.[1] ?? unsupported('archive');
}

/** The names of streams in it, in UTF-16. */
const oleContents: readonly (readonly [string, FileKind])[] = [
  ['EncryptedPackage', unsupported('locked')],
  ['WordDocument', document('doc')],
  ['Workbook', document('xls')],
  ['PowerPoint Document', unsupported('presentation')],
];

function oleKind(bytes: Uint8Array): FileKind {
  const found = oleContents.find(([name]) => indexOf(bytes, name, 'utf16le') >= 0);
  return found?.[1] ?? unsupported('binary');
}

function indexOf(bytes: Uint8Array, text: string, encoding: BufferEncoding = 'latin1'): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(text, 0, encoding);
}
