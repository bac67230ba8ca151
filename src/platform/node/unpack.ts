// Bodies that something on the way compressed, though nobody asked for it.
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import type { Ports } from '../../core/model/ports';

type Unpack = (body: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>;

const gunzip: Unpack = promisify(zlib.gunzip);
const inflate: Unpack = promisify(zlib.inflate);
const inflateRaw: Unpack = promisify(zlib.inflateRaw);
const decompressBrotli = promisify(zlib.brotliDecompress);

/** https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding */
const codings: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  // Some send it without the head that it should have.
  ['deflate', (body, options) => inflate(body, options).catch(() => inflateRaw(body, options))],
  [
    'br',
    (body, { maxOutputLength }) => decompressBrotli(body, { ...(maxOutputLength && { maxOutputLength }) }),
  ],
  // Not in the Node of every VS Code.
  ...('zstdDecompress' in zlib
    ? [['zstd', promisify(zlib.zstdDecompress as typeof zlib.gunzip)] as const]
    : []),
]);

export const unpack: NonNullable<Ports['unpack']> = async (coding, body, maxOutputLength) => {
  const unpacking = codings.get(coding);
  if (!unpacking) return undefined;
  try {
    return await unpacking(body, { maxOutputLength });
  } catch {
    // Of a body that was cut, what there is of it.
    const options = { maxOutputLength, finishFlush: zlib.constants.Z_SYNC_FLUSH };
    const bytes = coding === 'zstd' ? undefined : await unpacking(body, options).catch(() => undefined);
    return bytes?.length ? bytes : undefined;
  }
};
