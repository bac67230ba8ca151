// Encodes application/vnd.amazon.eventstream, the format of Bedrock's streams:
// https://smithy.io/2.0/aws/amazon-eventstream.html
// Our own encoder, since the code under test reads these frames with the SDK's.
import { crc32 } from 'node:zlib';

const preludeLength = 12;
const checksumLength = 4;
const stringType = 7;

/** Encodes one message. Bedrock's headers are all strings, so no other type is supported. */
export function encodeFrame(headers: Readonly<Record<string, string>>, payload: Uint8Array): Buffer {
  const block = Buffer.concat(Object.entries(headers).map(([name, value]) => encodeHeader(name, value)));
  const total = preludeLength + block.length + payload.length + checksumLength;
  const frame = Buffer.alloc(total);
  frame.set(prelude(total, block.length));
  frame.set(block, preludeLength);
  frame.set(payload, preludeLength + block.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, total - checksumLength)), total - checksumLength);
  return frame;
}

/** The prelude of a frame of `total` bytes. */
export function prelude(total: number, headersLength = 0): Buffer {
  const bytes = Buffer.alloc(preludeLength);
  bytes.writeUInt32BE(total, 0);
  bytes.writeUInt32BE(headersLength, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  return bytes;
}

function encodeHeader(name: string, value: string): Buffer {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(valueBytes.length);
  return Buffer.concat([
    Buffer.from([nameBytes.length]),
    nameBytes,
    Buffer.from([stringType]),
    length,
    valueBytes,
  ]);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Bedrock pads every event with a field `p` of random length, so that sizes on the wire reveal nothing. */
const padding = () => alphabet.slice(0, 1 + Math.floor(Math.random() * alphabet.length));

/**
 * An event, padded so that it has a byte above 0x7f. One in some hundreds has none, not even in its checksums. A
 * gateway that decodes frames as UTF-8 would not change that one, and a test of damage would depend on luck.
 */
export function eventFrame(type: string, body: object): Buffer {
  for (;;) {
    const frame = encodeFrame(
      { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' },
      Buffer.from(JSON.stringify({ ...body, p: padding() })),
    );
    if (frame.some((byte) => byte > 0x7f)) return frame;
  }
}

/** A chunk of InvokeModel's stream: the model's own JSON, in base64. */
export const chunkFrame = (chunk: object): Buffer =>
  eventFrame('chunk', { bytes: Buffer.from(JSON.stringify(chunk)).toString('base64') });

/** An exception in a stream, of a type in the service's API. */
export const exceptionFrame = (type: string, body: object): Buffer =>
  encodeFrame(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    Buffer.from(JSON.stringify(body)),
  );

/** An error in a stream, of a type that is not in the service's API. */
export const errorFrame = (code: string, message: string): Buffer =>
  encodeFrame({ ':message-type': 'error', ':error-code': code, ':error-message': message }, Buffer.alloc(0));
