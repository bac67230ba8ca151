// Pictures and documents that are no more than their first bytes, padded to any size, and tools to offer.

const padded = (head: Buffer, size: number) =>
  size > head.length ? Buffer.concat([head, Buffer.alloc(size - head.length, 0x20)]) : head;

const bigEndian = (bytes: number, value: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
};
const littleEndian = (bytes: number, value: number) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
};
const latin = (text: string) => Buffer.from(text, 'latin1');

export const png = (width = 2, height = 3, size = 0) =>
  padded(
    Buffer.concat([
      latin('\x89PNG\r\n\x1a\n'),
      bigEndian(4, 13),
      latin('IHDR'),
      bigEndian(4, width),
      bigEndian(4, height),
    ]),
    size,
  );

/** With an EXIF segment before its size, a fill byte, and a Huffman table whose marker is close to a frame's. */
export const jpeg = (width = 2, height = 3) =>
  Buffer.concat([
    latin('\xff\xd8\xff\xe1\x00\x08Exif\0\0'),
    latin('\xff\xc4\x00\x04ab'),
    latin('\xff\xff\xc2\x00\x11\x08'),
    bigEndian(2, height),
    bigEndian(2, width),
    latin('\x03'),
  ]);

export const gif = (width = 2, height = 3) =>
  Buffer.concat([latin('GIF89a'), littleEndian(2, width), littleEndian(2, height)]);

const webp = (chunk: string, ...rest: Buffer[]) =>
  padded(Buffer.concat([latin('RIFF'), littleEndian(4, 22), latin(`WEBP${chunk}`), ...rest]), 30);

export const lossyWebp = (width = 2, height = 3) =>
  webp(
    'VP8 ',
    littleEndian(4, 10),
    latin('\0\0\0\x9d\x01\x2a'),
    littleEndian(2, width),
    littleEndian(2, height),
  );
export const losslessWebp = (width = 2, height = 3) =>
  webp('VP8L', littleEndian(4, 5), latin('\x2f'), littleEndian(4, (width - 1) | ((height - 1) << 14)));
export const extendedWebp = (width = 2, height = 3) =>
  webp('VP8X', littleEndian(4, 10), Buffer.alloc(4), littleEndian(3, width - 1), littleEndian(3, height - 1));

export const pdf = (size = 0) => padded(latin('%PDF-1.7\n'), size);
export const docx = latin('PK\x03\x04word');
export const xls = Buffer.from('d0cf11e0a1b11ae100', 'hex');

export const toolNamed = (name: string) => ({
  toolSpec: {
    name,
    description: `Does ${name}.`,
    inputSchema: { json: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] } },
  },
});
export const claudeToolNamed = (name: string) => ({
  name,
  description: `Does ${name}.`,
  input_schema: { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] },
});
