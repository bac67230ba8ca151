/**
 * The bytes as a Uint8Array with a buffer of its own. A webview gets all of the buffer below, and a Buffer of Node only as a
 * list of numbers.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array {
  const isOwn = bytes.constructor === Uint8Array && bytes.byteLength === bytes.buffer.byteLength;
  return isOwn ? bytes : new Uint8Array(bytes);
}
