// A stream of which not one event could be read: cut, or changed on the way? The bytes that came tell.
import assert from 'node:assert/strict';
import { memoryQuirks, gatewayKey } from '../../../src/core/gateway/quirks';
import { chunkFrame, eventFrame } from '../../gateway/frames';
import { addressOf, asked, claudeMessages, kindOf } from '../asking';
import { openServer } from './rawServer';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\nconnection: close\r\n';

/** Ends with the connection, as cleanly as one that came to its end. */
const untilClosed = (body: Buffer) => Buffer.concat([Buffer.from(`${head}\r\n`), body]);
/** A packet for each byte. */
const byteByByte = (body: Buffer) =>
  Buffer.concat([
    Buffer.from(`${head}transfer-encoding: chunked\r\n\r\n`),
    ...[...body].map((byte) => Buffer.from([0x31, 13, 10, byte, 13, 10])),
    Buffer.from('0\r\n\r\n'),
  ]);
const ways = { 'in one piece': untilClosed, 'byte by byte': byteByByte };

const frames = {
  converse: eventFrame('messageStart', { role: 'assistant' }),
  invoke: chunkFrame({ type: 'message_start', message: {} }),
};

/** What of a first frame came, and whether any of it was changed. */
const bodies: Readonly<Record<string, readonly [(frame: Buffer) => Buffer, 'cut' | 'changed']>> = {
  nothing: [() => Buffer.alloc(0), 'cut'],
  'a byte': [(frame) => frame.subarray(0, 1), 'cut'],
  'half a prelude': [(frame) => frame.subarray(0, 7), 'cut'],
  'a prelude': [(frame) => frame.subarray(0, 12), 'cut'],
  'all but a byte': [(frame) => frame.subarray(0, -1), 'cut'],
  'a frame decoded as text': [(frame) => Buffer.from(frame.toString('utf8')), 'changed'],
  'a frame in base64': [(frame) => Buffer.from(frame.toString('base64')), 'changed'],
  'a word': [() => Buffer.from('ok'), 'changed'],
  'server-sent events': [() => Buffer.from('event: messageStart\ndata: {"role":"assistant"}\n\n'), 'changed'],
  'JSON under the name of a stream': [() => Buffer.from('{"output":{"message":{}}}'), 'changed'],
  'text before a frame': [(frame) => Buffer.concat([Buffer.from('\ufeff'), frame]), 'changed'],
  'a length that was changed': [
    (frame) => Buffer.concat([Buffer.from([0, 7]), frame.subarray(2)]),
    'changed',
  ],
};

describe('a stream that ends before its first event', () => {
  for (const [what, [bodyOf, cause]] of Object.entries(bodies))
    for (const [how, answer] of Object.entries(ways))
      it(`after ${what}, ${how}, was ${cause}`, async () => {
        for (const api of ['converse', 'invoke'] as const) {
          const server = await openServer(answer(bodyOf(frames[api])));
          try {
            const quirks = memoryQuirks();
            const { reply } = await asked(server, { api, quirks, model: claudeMessages });
            // Only what was changed is asked for once more; this server never gives it whole.
            assert.equal(kindOf(reply), cause === 'cut' ? 'streamIncomplete' : 'answerUnreadable', api);
            assert.equal(server.received.length, cause === 'cut' ? 1 : 2, api);
            assert.equal(reply.retriedBecause, cause === 'cut' ? undefined : 'streamDamaged');
            assert.deepEqual(quirks.get(gatewayKey(addressOf(server.url), 'accessKeys')), {});
          } finally {
            await server.close();
          }
        }
      });
});
