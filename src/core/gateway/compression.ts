// Recognizes compressed bodies. We never ask for compression.

/** The magic bytes of gzip, zlib and Zstandard. https://www.rfc-editor.org/rfc/rfc1952 */
const compressed: readonly (readonly [string, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['deflate', [0x78, 0x01]],
  ['deflate', [0x78, 0x9c]],
  ['deflate', [0x78, 0xda]],
];

/** The coding of a body that begins with `head`; undefined if it is not compressed, or not recognized. */
export function compressionOf(head: Uint8Array): string | undefined {
  return compressed.find(([, magic]) => magic.every((byte, at) => head[at] === byte))?.[0];
}
