// Vectors published with smithy-typescript (packages/eventstream-codec, TestVectors).
import assert from 'node:assert/strict';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { encodeFrame, errorFrame, eventFrame, exceptionFrame } from '../../gateway/frames.js';

const json = Buffer.from("{'foo':'bar'}");
const vectors = [
  { name: 'empty_message', headers: {}, payload: Buffer.alloc(0), hex: '000000100000000005c248eb7d98c8ff' },
  {
    name: 'payload_no_headers',
    headers: {},
    payload: json,
    hex: '0000001d00000000fd528c5a7b27666f6f273a27626172277dc3653936',
  },
  {
    name: 'payload_one_str_header',
    headers: { 'content-type': 'application/json' },
    payload: json,
    hex: '0000003d0000002007fd83960c636f6e74656e742d747970650700106170706c69636174696f6e2f6a736f6e7b27666f6f273a27626172277d8d9c08b1',
  },
];

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);
const headersOf = (frame: Buffer) =>
  Object.fromEntries(Object.entries(codec.decode(frame).headers).map(([name, { value }]) => [name, value]));

describe('event-stream frames', () => {
  for (const { name, headers, payload, hex } of vectors) {
    it(`are those of the published vector ${name}`, () => {
      assert.equal(encodeFrame(headers, payload).toString('hex'), hex);
    });
  }

  it('are read back by the SDK, padding and all', () => {
    const frame = eventFrame('contentBlockDelta', { delta: { text: 'grüße 🎉' } });
    const body = JSON.parse(Buffer.from(codec.decode(frame).body).toString()) as Record<string, unknown>;
    assert.deepEqual(body['delta'], { text: 'grüße 🎉' });
    assert.match(String(body['p']), /^a[a-zA-Z0-9]*$/);
    assert.deepEqual(headersOf(frame), {
      ':event-type': 'contentBlockDelta',
      ':content-type': 'application/json',
      ':message-type': 'event',
    });
  });

  it('name an exception and an error as AWS does', () => {
    const exception = headersOf(exceptionFrame('throttlingException', { message: 'wait' }));
    assert.equal(exception[':exception-type'], 'throttlingException');
    assert.equal(exception[':message-type'], 'exception');
    assert.deepEqual(headersOf(errorFrame('Code', 'words')), {
      ':message-type': 'error',
      ':error-code': 'Code',
      ':error-message': 'words',
    });
  });

  it('are refused by the SDK when one bit changed', () => {
    const frame = eventFrame('messageStop', { stopReason: 'end_turn' });
    frame[20]! ^= 1;
    assert.throws(() => codec.decode(frame), /checksum/);
  });
});
