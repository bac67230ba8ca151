// The beginnings of files of many kinds, and small whole ones.
import { deflateRawSync, deflateSync } from 'node:zlib';

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const padded = (text: string, length = 600) => latin1(text.padEnd(length, '\0'));
const utf16 = (text: string) => Buffer.from(text, 'utf16le').toString('latin1');

function uint32(value: number): string {
  return String.fromCharCode(value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
}

function uint16(value: number): string {
  return String.fromCharCode(value >>> 8, value & 0xff);
}

const reversed = (text: string) => Array.from(text).reverse().join('');

/** A PNG of this size, as far as its header says; `length` bytes in all. */
export function pngOf(width: number, height: number, length = 600): Uint8Array {
  return padded(`\x89PNG\r\n\x1a\n${uint32(13)}IHDR${uint32(width)}${uint32(height)}\x08\x06\0\0\0`, length);
}

/** A JPEG whose size stands after a long comment, as after a camera's notes. */
export function jpegOf(width: number, height: number, frame = 0xc2): Uint8Array {
  const comment = `\xff\xfe${uint16(40_002)}${'x'.repeat(40_000)}`;
  const table = `\xff\xc4${uint16(4)}ab`;
  const size = `\xff\xff${String.fromCharCode(frame)}${uint16(17)}\x08${uint16(height)}${uint16(width)}\x03`;
  return padded(`\xff\xd8\xff\xe0${uint16(16)}JFIF\0${'\0'.repeat(9)}${comment}${table}${size}`, 50_000);
}

export function gifOf(width: number, height: number): Uint8Array {
  return padded(`GIF89a${reversed(uint16(width))}${reversed(uint16(height))}\xf7\0\0`);
}

export function webpOf(kind: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Uint8Array {
  const [w, h] = [width - 1, height - 1];
  const data = {
    'VP8 ': `${'\0'.repeat(3)}\x9d\x01\x2a${reversed(uint16(width))}${reversed(uint16(height))}`,
    VP8L: `\x2f${reversed(uint32((w | (h << 14)) >>> 0))}`,
    VP8X: `\x10\0\0\0${reversed(uint32(w).slice(1))}${reversed(uint32(h).slice(1))}`,
  }[kind];
  return padded(`RIFF\0\0\0\0WEBP${kind}\x20\0\0\0${data}`);
}

/** A ZIP archive that begins with files of these names. */
export function zipOf(...names: readonly string[]): Uint8Array {
  const files = names.map((name) => {
    const data = deflateRawSync('content').toString('latin1');
    const sizes = `${reversed(uint32(data.length))}${reversed(uint32(7))}`;
    return `PK\x03\x04\x14\0\0\0\x08\0${'\0'.repeat(8)}${sizes}${reversed(uint16(name.length))}\0\0${name}${data}`;
  });
  return latin1(files.join(''));
}

/** An OLE compound file with streams of these names. */
export function oleOf(...names: readonly string[]): Uint8Array {
  return padded(
    `\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1${'\0'.repeat(504)}${names.map((name) => utf16(name).padEnd(128, '\0')).join('')}`,
    2048,
  );
}

/** A PDF whose tree of pages says that it has so many. */
export function pdfOf(pages: number, { compressed = false, note = '' } = {}): Uint8Array {
  const tree = `<< /Type /Pages /Kids [3 0 R 4 0 R] /Count ${pages} >>`;
  const nodes = `${tree}\n<< /Type /Pages /Parent 1 0 R /Count 2 >>`;
  const stream = deflateSync(`1 0 5 80 ${nodes}`).toString('latin1');
  const objects = compressed
    ? `7 0 obj\n<< /Type /ObjStm /N 2 /First 9 /Filter /FlateDecode /Length ${stream.length} >>\nstream\r\n${stream}\nendstream\nendobj`
    : `1 0 obj\n${nodes}\nendobj`;
  return latin1(`%PDF-1.7\n%\xe2\xe3\xcf\xd3\n${note}\n${objects}\n%%EOF\n`);
}

/** Files that are neither text nor taken, by what is said about them. */
export const unsupportedFiles = {
  archive: [
    zipOf('a.txt'),
    padded('\x1f\x8b\x08'),
    padded('7z\xbc\xaf\x27\x1c'),
    padded('Rar!\x1a\x07'),
    padded('\xfd7zXZ\0'),
    padded(`${'a.txt'.padEnd(257, '\0')}ustar\0`),
  ],
  audio: [
    padded('ID3\x04\0'),
    padded('RIFF\0\0\0\0WAVEfmt '),
    padded('OggS\0'),
    padded('\0\0\0\x20ftypM4A '),
  ],
  binary: [padded('\x13\x37\0\x01'), oleOf('Book of something'), padded('SQLite format 3\0')],
  locked: [oleOf('EncryptionInfo', 'EncryptedPackage')],
  openDocument: [zipOf('mimetypeapplication/vnd.oasis.opendocument.text')],
  presentation: [
    zipOf('[Content_Types].xml', 'ppt/presentation.xml'),
    oleOf('PowerPoint Document'),
    zipOf('mimetypeapplication/vnd.oasis.opendocument.presentation'),
  ],
  program: [padded('MZ\x90\0'), padded('\x7fELF\x02'), padded('\xcf\xfa\xed\xfe'), padded('\0asm\x01')],
  video: [padded('\0\0\0\x20ftypisom'), padded('\x1aE\xdf\xa3'), padded('RIFF\0\0\0\0AVI LIST')],
} as const;

/** Pictures that Bedrock does not take, by the name of their format. */
export const foreignPictures = {
  BMP: padded('BM\x36\x0c\0\0\0\0\0\0\x36\0\0\0'),
  TIFF: padded('II*\0\x08\0\0\0'),
  HEIC: padded('\0\0\0\x18ftypheic'),
  AVIF: padded('\0\0\0\x1cftypavif'),
  'JPEG XL': padded('\0\0\0\x0cJXL \r\n\x87\n'),
  ICO: padded('\0\0\x01\0\x02\0'),
  Photoshop: padded('8BPS\0\x01'),
};
