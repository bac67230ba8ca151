// Decompresses bodies, though we never ask for compression.
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Ports } from '../../core/model/ports';

type Decompress = (body: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>;

const gunzip: Decompress = promisify(zlib.gunzip);
const inflate: Decompress = promisify(zlib.inflate);
const inflateRaw: Decompress = promisify(zlib.inflateRaw);
const decompressBrotli = promisify(zlib.brotliDecompress);

/** https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding */
const codings: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  // Some servers omit the zlib header.
  ['deflate', (body, options) => inflate(body, options).catch(() => inflateRaw(body, options))],
  [
    'br',
    (body, { maxOutputLength }) => decompressBrotli(body, { ...(maxOutputLength && { maxOutputLength }) }),
  ],
  // Not available in the Node of older VS Code versions.
  ...('zstdDecompress' in zlib
    ? [['zstd', promisify(zlib.zstdDecompress as typeof zlib.gunzip)] as const]
    : []),
]);

export const unpack: NonNullable<Ports['unpack']> = async (coding, body, maxOutputLength) => {
  const decompress = codings.get(coding);
  if (!decompress) return undefined;
  try {
    return await decompress(body, { maxOutputLength });
  } catch {
    // For an incomplete body, decompress the part that arrived.
    const options = { maxOutputLength, finishFlush: zlib.constants.Z_SYNC_FLUSH };
    const bytes = coding === 'zstd' ? undefined : await decompress(body, options).catch(() => undefined);
    return bytes?.length ? bytes : undefined;
  }
};
