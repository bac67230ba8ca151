// A reply is bounded, and so is each piece of work on an answer: what arrived is kept, the connection closed, and the
// prompt never sent again for it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maxReplySize } from '../../../src/core/gateway/body';
import { eventFrame, prelude } from '../../gateway/frames';
import { type Asking, asked, claudeMessages, kindOf } from '../asking';

const piece = 'All work and no play. '.repeat(3000);

interface Answer {
  readonly type: 'application/json' | 'application/vnd.amazon.eventstream';
  readonly body: Iterable<Buffer | string>;
}

/** Serves answers of any size, as fast as they are read. */
class Serving {
  readonly server: Server;
  requests = 0;
  /** Resolves once the other side has left before an answer's end. */
  readonly left: Promise<void>;
  #leave!: () => void;

  static async open(answer: () => Answer): Promise<Serving> {
    const serving = new Serving(answer);
    await once(serving.server, 'listening');
    return serving;
  }

  private constructor(answer: () => Answer) {
    this.left = new Promise((resolve) => (this.#leave = resolve));
    this.server = createServer((request, response) => {
      request.resume().once('end', () => void this.#answer(answer(), response));
    }).listen(0, '127.0.0.1');
  }

  async #answer({ type, body }: Answer, response: ServerResponse): Promise<void> {
    this.requests += 1;
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    void closed.then(() => response.writableFinished || this.#leave());
    response.writeHead(200, { 'content-type': type });
    for (const chunk of body) {
      if (response.destroyed) return;
      if (!response.write(chunk))
        await Promise.race([new Promise((resolve) => response.once('drain', resolve)), closed]);
    }
    response.end();
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
}

function* streamed(): Generator<Buffer> {
  yield eventFrame('messageStart', { role: 'assistant' });
  const delta = eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: piece } });
  for (;;) yield delta;
}

function* whole(before: string, text = piece): Generator<string> {
  yield before;
  for (;;) yield text;
}

describe('a reply that is larger than any', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function ask(answer: () => Answer, asking: Asking = {}) {
    const serving = await Serving.open(answer);
    servers.push(serving.server);
    const { reply } = await asked(serving, asking);
    return { reply, serving };
  }

  it('ends a stream that has no end, with its text kept', async () => {
    const { reply, serving } = await ask(() => ({
      type: 'application/vnd.amazon.eventstream',
      body: streamed(),
    }));
    assert.deepEqual([kindOf(reply), reply.outcome?.kind, serving.requests], ['replyTooLarge', 'cut', 1]);
    assert.equal(reply.text.length, maxReplySize);
    assert.ok(reply.text.startsWith(piece));
  });

  const bodies: Record<string, readonly [before: string, asking: Asking]> = {
    'of Converse': ['{"output":{"message":{"role":"assistant","content":[{"text":"', { stream: 'off' }],
    'that came in place of a stream': ['{"output":{"message":{"content":[{"text":"', {}],
    'in a body of the model’s': [
      '{"type":"message","content":[{"type":"text","text":"',
      { api: 'invoke', model: claudeMessages, stream: 'off' },
    ],
  };
  for (const [what, [before, asking]] of Object.entries(bodies))
    it(`ends one in one piece ${what}, with its text kept`, async () => {
      const { reply, serving } = await ask(
        () => ({ type: 'application/json', body: whole(before, `${piece}\\n\\u00e9`) }),
        asking,
      );
      assert.deepEqual([kindOf(reply), reply.outcome?.kind, serving.requests], ['replyTooLarge', 'cut', 1]);
      assert.ok(reply.text.startsWith(`${piece}\né${piece}`));
      assert.ok(reply.text.length > maxReplySize / 2);
    });

  it('closes the connection', async () => {
    const { serving } = await ask(() => ({ type: 'application/json', body: whole('{"a":"') }));
    await serving.left;
  });

  it('is no damaged stream where it nests too deep, and is asked for once', async () => {
    const long = JSON.stringify(piece.repeat(40));
    for (const body of [
      `{"a":${'['.repeat(9000)}${']'.repeat(9000)},"b":${long}}`,
      `{"b":${long},"a":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`,
      `${'['.repeat(20_000)}${long}${']'.repeat(20_000)}`,
      `{"a":"${'x'.repeat(70)}","b":${'['.repeat(4_500)}${']'.repeat(4_500)}}`,
    ])
      for (const asking of [{}, { stream: 'off' }] as const) {
        const { reply, serving } = await ask(
          () => ({
            type: 'application/json',
            body: (function* () {
              yield body;
            })(),
          }),
          asking,
        );
        assert.deepEqual([kindOf(reply), serving.requests], ['answerUnreadable', 1]);
      }
  });

  it('ends one of a million brackets before they are parsed', async () => {
    for (const asking of [{}, { stream: 'off' }] as const) {
      const { reply, serving } = await ask(
        () => ({ type: 'application/json', body: whole('{"a":[', '[],'.repeat(10_000)) }),
        asking,
      );
      assert.deepEqual([kindOf(reply), serving.requests], ['answerUnreadable', 1]);
    }
  });

  it('ends a frame of a million brackets before it is parsed, and keeps the text before it', async () => {
    const { reply, serving } = await ask(() => ({
      type: 'application/vnd.amazon.eventstream',
      body: [
        eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'before' } }),
        eventFrame('metadata', { usage: Array.from({ length: 1_000_000 }, () => []) }),
      ],
    }));
    assert.deepEqual([kindOf(reply), reply.text, serving.requests], ['replyTooLarge', 'before', 1]);
  });

  it('keeps what stands in the same packet before a frame that is too large', async () => {
    const { reply } = await ask(() => ({
      type: 'application/vnd.amazon.eventstream',
      body: [
        Buffer.concat([
          eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'before' } }),
          prelude(500_000_000),
        ]),
        Buffer.alloc(1000),
      ],
    }));
    assert.deepEqual([kindOf(reply), reply.text], ['replyTooLarge', 'before']);
  });
});

describe('a long reply in one piece', () => {
  const text = 'Zeile "eins"\n\\ 日本語 😀 \t'.repeat(50_000);
  const answer = (content: unknown, ascii: boolean) => {
    const json = JSON.stringify({ output: { message: { content } }, stopReason: 'end_turn', usage: {} });
    return ascii
      ? json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : json;
  };

  for (const size of [1, 7, 4096, 65_536, 10_000_000])
    for (const ascii of [false, true])
      it(`is read as it was written, in pieces of ${size}${ascii ? ', escaped' : ''}`, async () => {
        const short = size === 1 ? text.slice(0, 150_000) : text;
        const content = [{ text: short }, { text: '\0long 0' }, { text: 'end' }];
        const bytes = Buffer.from(answer(content, ascii));
        const serving = await Serving.open(() => ({
          type: 'application/json',
          body: Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
            bytes.subarray(at * size, (at + 1) * size),
          ),
        }));
        const { reply } = await asked(serving, { stream: 'off' });
        serving.server.close();
        assert.equal(kindOf(reply), 'done');
        assert.ok(reply.text === `${short}\0long 0end`, reply.text.slice(-40));
      });
});
