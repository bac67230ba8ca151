// Answers that something on the way has compressed, though nobody asked for it: told as that, and never sent again.
import assert from 'node:assert/strict';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { eventFrame } from '../../gateway/frames';
import { asked, claudeMessages, kindOf } from '../asking';
import { openServer } from './rawServer';

const frames = Buffer.concat([
  eventFrame('messageStart', { role: 'assistant' }),
  eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello' } }),
  eventFrame('messageStop', { stopReason: 'end_turn' }),
]);
const message = Buffer.from(
  '{"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},"stopReason":"end_turn"}',
);
const types = { stream: 'application/vnd.amazon.eventstream', whole: 'application/json' };

/** What Node's zlib of this version does not make: how such a body begins. */
const zstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58, 0x01, 0x00, 0x00, 0xaa, 0xbb, 0xcc, 0xdd]);
const ways: Readonly<Record<string, (body: Buffer) => Buffer>> = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  br: brotliCompressSync,
  deflate: deflateSync,
  zstd: () => zstd,
};

const answer = (status: string, type: string, encoding: string | undefined, body: Buffer) =>
  Buffer.concat([
    Buffer.from(
      [
        `HTTP/1.1 ${status}`,
        `content-type: ${type}`,
        ...(encoding === undefined ? [] : [`content-encoding: ${encoding}`]),
        `content-length: ${body.length}`,
        'connection: close',
        '',
        '',
      ].join('\r\n'),
    ),
    body,
  ]);

describe('an answer that was compressed on its way', () => {
  for (const [form, body] of Object.entries({ stream: frames, whole: message }))
    for (const [encoding, compress] of Object.entries(ways))
      // Brotli does not show how it begins.
      for (const named of encoding === 'br' ? [true] : [true, false])
        it(`as ${encoding}, ${form}${named ? '' : ', without a word of it'}, is told as that, once`, async () => {
          const bytes = answer(
            '200 OK',
            types[form as keyof typeof types],
            named ? encoding : undefined,
            compress(body),
          );
          for (const api of ['converse', 'invoke'] as const)
            for (const stream of form === 'stream' ? (['auto'] as const) : (['auto', 'off'] as const)) {
              const server = await openServer(bytes);
              const { reply } = await asked(server, { api, stream, model: claudeMessages });
              await server.close();
              assert.equal(kindOf(reply), 'answerCompressed', `${api} ${stream}`);
              assert.equal(reply.outcome?.kind, 'failed');
              assert.equal(server.received.length, 1, `${api} ${stream}`);
              assert.ok('failure' in reply.outcome);
              const told = encoding === 'x-gzip' && !named ? 'gzip' : encoding;
              assert.equal(reply.outcome.failure.facts.code, told);
            }
        });

  for (const encoding of ['identity', 'aws-chunked', ''])
    it(`is none with “${encoding}”`, async () => {
      const server = await openServer(answer('200 OK', types.stream, encoding, frames));
      const { reply } = await asked(server);
      await server.close();
      assert.deepEqual([kindOf(reply), reply.text], ['done', 'Hello']);
    });

  it('nobody asks for', async () => {
    const server = await openServer(answer('200 OK', types.stream, undefined, frames));
    await asked(server);
    await server.close();
    assert.doesNotMatch(server.received[0]!, /accept-encoding/i);
  });

  it('as a refusal is known by its head, and nothing unreadable is shown of it', async () => {
    const body = gzipSync('{"message":"Too many tokens per day"}');
    for (const [status, name, kind] of [
      ['403 No', 'AccessDeniedException', 'awsAccessDenied'],
      ['400 No', 'ValidationException', 'requestInvalid'],
    ] as const) {
      const bytes = answer(status, `application/json\r\nx-amzn-errortype: ${name}`, 'gzip', body);
      const server = await openServer(bytes);
      const { outcome } = (await asked(server)).reply;
      await server.close();
      assert.ok(outcome?.kind === 'failed');
      assert.equal(outcome.failure.kind, kind);
      assert.equal(outcome.failure.facts.message, undefined);
    }
  });
});
