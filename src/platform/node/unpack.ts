// Bodies that something on the way compressed, though nobody asked for it.
import zlib from 'node:zlib';
import type { Ports } from '../../core/model/ports';

type Unpack = (body: Uint8Array, options: zlib.ZlibOptions) => Promise<Uint8Array>;

const promised =
  (
    unpack: (
      body: Uint8Array,
      options: zlib.ZlibOptions,
      done: (error: Error | null, bytes: Buffer) => void,
    ) => void,
  ): Unpack =>
  (body, options) =>
    new Promise((resolve, reject) => {
      unpack(body, options, (error, bytes) => (error ? reject(error) : resolve(bytes)));
    });

const gunzip = promised(zlib.gunzip);
const inflate = promised(zlib.inflate);
const inflateRaw = promised(zlib.inflateRaw);

/** https://www.iana.org/assignments/http-parameters/http-parameters.xhtml#content-coding */
const codings: ReadonlyMap<string, Unpack> = new Map<string, Unpack>([
  ['gzip', gunzip],
  ['x-gzip', gunzip],
  // Some send it without the head that it should have.
  ['deflate', (body, options) => inflate(body, options).catch(() => inflateRaw(body, options))],
  [
    'br',
    (body, { maxOutputLength }) =>
      promised(zlib.brotliDecompress)(body, { ...(maxOutputLength && { maxOutputLength }) }),
  ],
  // Not in the Node of every VS Code.
  ...('zstdDecompress' in zlib
    ? [['zstd', promised(zlib.zstdDecompress as typeof zlib.gunzip)] as const]
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
