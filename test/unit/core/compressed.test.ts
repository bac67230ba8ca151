// Answers that something on the way has compressed, though nobody asked for it: told as that, and never sent again.
import assert from 'node:assert/strict';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { FailureKind } from '../../../src/core/model/failure';
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
              assert.equal(reply.outcome.failure.details.code, told);
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

  describe('as a refusal', () => {
    const own = (error: object) => JSON.stringify({ success: false, error });
    const ray = 'cf-ray: 8c1-LHR';
    const byAws = `${ray}\r\nx-amzn-requestid: 5a3c`;
    const refusals: Readonly<Record<string, readonly [string, string, string, FailureKind]>> = {
      'of a policy': ['403 No', ray, own({ message: 'Denied by policy' }), 'gatewayPolicyDenied'],
      'of a budget': ['429 No', ray, own({ message: 'No', spent: 5, limit: 5 }), 'gatewayBudgetUsedUp'],
      'of the token': ['401 No', ray, own([{ code: 2009, message: 'Unauthorized' }]), 'gatewayTokenRejected'],
      'of a name': ['400 No', ray, own([{ code: 2001, message: 'No gateway' }]), 'gatewayNotFound'],
      'of a length': ['400 No', byAws, '{"message":"Input is too long"}', 'promptTooLong'],
      'of a day': ['429 No', byAws, '{"message":"Too many tokens per day"}', 'quotaExceeded'],
    };
    const failed = async (status: string, headers: string, encoding: string | undefined, body: Buffer) => {
      const server = await openServer(answer(status, `application/json\r\n${headers}`, encoding, body));
      const { outcome } = (await asked(server)).reply;
      await server.close();
      assert.ok(outcome?.kind === 'failed');
      return outcome.failure;
    };
    const packed = { gzip: gzipSync, 'x-gzip': gzipSync, br: brotliCompressSync, deflate: deflateSync };
    for (const [what, [status, headers, body, kind]] of Object.entries(refusals)) {
      for (const [encoding, compress] of Object.entries({ ...packed, 'DEFLATE, identity': deflateRawSync }))
        it(`${what} is told as what it is, as ${encoding}`, async () => {
          const { details, ...told } = await failed(status, headers, encoding, compress(Buffer.from(body)));
          assert.equal(told.kind, kind);
          assert.match(body, new RegExp(details.message ?? ''));
        });

      it(`${what} is told as what it is, though nothing says that it is compressed, or it is not`, async () => {
        assert.equal((await failed(status, headers, undefined, gzipSync(body))).kind, kind);
        assert.equal((await failed(status, headers, 'gzip', Buffer.from(body))).kind, kind);
      });
    }

    it('that cannot be read is named, or known by its head; nothing unreadable is shown', async () => {
      for (const [coding, body] of [
        ['dcb', brotliCompressSync('{"message":"No"}')],
        ['gzip', Buffer.from([0x1f, 0x8b, 8, 1, 2, 3])],
        ['zstd', Buffer.concat([zstd, Buffer.alloc(40, 0x99)])],
      ] as const) {
        const nobodys = await failed('403 No', ray, coding, body);
        assert.deepEqual([nobodys.kind, nobodys.details.code], ['answerCompressed', coding]);
        const known = await failed(
          '400 No',
          `${byAws}\r\nx-amzn-errortype: ValidationException`,
          coding,
          body,
        );
        assert.deepEqual([known.kind, known.details.message], ['requestInvalid', undefined]);
      }
    });

    it('with nothing in it, or in plain text after all, is known by its status', async () => {
      for (const [status, headers, body, kind] of [
        ['407 No', '', '', 'proxyWantsAuthentication'],
        ['429 No', ray, '', 'gatewayEdgeLimited'],
        ['429 No', ray, 'error code: 1015', 'gatewayEdgeLimited'],
        ['504 No', ray, '', 'gatewayTimedOut'],
      ] as const)
        for (const [coding, bytes] of [
          ['gzip', Buffer.from(body)],
          ['gzip', gzipSync(body)],
          ['utf-8', Buffer.from(body)],
        ] as const)
          assert.equal((await failed(status, headers, coding, bytes)).kind, kind, `${status} ${coding}`);
    });

    it('that unpacks to more than any error is not unpacked', async () => {
      const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, '['));
      assert.equal((await failed('403 No', ray, 'gzip', bomb)).kind, 'answerCompressed');
    });
  });
});
