// Answers that something on the way has broken: what was received is kept, and a part never passes for the whole.
import assert from 'node:assert/strict';
import type { Outcome, ReplyEvent } from '../../../src/core/model/reply';
import { type Script } from '../../gateway';
import { asked, closeGatewaysAfterEach, kindOf, openGateway } from '../asking';
import { openServer } from './rawServer';

const deltas = Array.from({ length: 40 }, (_, index) => `word ${index} 日本 `);
const kindAndFailure = (outcome: Outcome | undefined) =>
  outcome && 'failure' in outcome ? `${outcome.kind} ${outcome.failure.kind}` : outcome?.kind;

describe('an answer that came whole', () => {
  closeGatewaysAfterEach();

  it('is read to its end, however long it is', async () => {
    const gateway = await openGateway({ switches: { streamAsJson: true } });
    const long = 'word 日本 '.repeat(150_000);
    gateway.script('long', { deltas: [long] });
    const { reply } = await asked(gateway, { model: 'long' });
    assert.equal(kindOf(reply), 'done');
    assert.equal(reply.text.length, long.length);
  });
});

describe('a stream that breaks off', () => {
  closeGatewaysAfterEach();

  const endings: readonly (readonly [string, Script['ending'], string])[] = [
    ['ends properly without its end', 'cut', 'cut streamIncomplete'],
    ['loses its connection', 'connectionLost', 'cut connectionLost'],
    ['ends inside a frame', 'halfFrame', 'cut streamIncomplete'],
    ['ends in an error of no known name', 'unknownError', 'cut streamException'],
    ['ends in an exception', { exception: 'throttlingException', message: 'Slow.' }, 'cut streamThrottled'],
  ];
  for (const [what, ending, outcome] of endings) {
    it(`and ${what} keeps its text`, async () => {
      const gateway = await openGateway();
      // The last word is held until the others are read: a torn connection takes with it what is on its way.
      let read!: () => void;
      const others = new Promise<void>((resolve) => (read = resolve));
      const hold = (index: number) => (index === deltas.length - 1 ? others : Promise.resolve());
      gateway.script('m', { deltas, ending: ending!, hold });
      const whole = deltas.join('');
      const withoutLast = deltas.slice(0, -1).join('');
      let text = '';
      const onEvent = (event: ReplyEvent) =>
        event.type === 'text' && (text += event.text) === withoutLast && read();
      const { reply } = await asked(gateway, { model: 'm', onEvent });
      assert.equal(kindAndFailure(reply.outcome), outcome);
      if (ending === 'connectionLost') assert.ok([withoutLast, whole].includes(reply.text));
      else assert.equal(reply.text, whole);
      assert.equal(reply.attempts, 1);
      assert.equal(gateway.asked('m'), 1);
    });

    it(`and ${what} before its first word is never done`, async () => {
      const gateway = await openGateway();
      gateway.script('m', { deltas: [], ending: ending! });
      const { reply } = await asked(gateway, { model: 'm' });
      assert.match(kindAndFailure(reply.outcome)!, /^(cut|failed) (?!unknown)/);
      // What is busy is asked again, as it would be with a status.
      assert.equal(gateway.asked('m'), kindOf(reply) === 'throttled' ? 3 : 1);
    });
  }

  it('says what the service said', async () => {
    const gateway = await openGateway();
    gateway.script('m', {
      deltas,
      ending: { exception: 'throttlingException', message: 'Too many tokens.' },
    });
    const { outcome } = (await asked(gateway, { model: 'm' })).reply;
    assert.ok(outcome?.kind === 'cut');
    assert.equal(outcome.failure.details.code, 'ThrottlingException');
    assert.equal(outcome.failure.details.message, 'Too many tokens.');
  });
});

const answer = (status: string, type: string, body: string | Buffer, length = Buffer.byteLength(body)) =>
  Buffer.concat([
    Buffer.from(
      `HTTP/1.1 ${status}\r\n${type && `content-type: ${type}\r\n`}content-length: ${length}\r\nconnection: close\r\n\r\n`,
    ),
    Buffer.from(body),
  ]);
const json = 'application/json';
const frames = 'application/vnd.amazon.eventstream';
const message =
  '{"output":{"message":{"role":"assistant","content":[{"text":"hi"}]}},"stopReason":"end_turn"}';

/** Raw answers: how they end when streaming was asked for, and when it was not. */
const strange: Readonly<Record<string, readonly [string | Buffer, string, string]>> = {
  'a whole message': [answer('200 OK', json, message), 'done', 'done'],
  'JSON that is cut': [answer('200 OK', json, message.slice(0, 40)), 'answerUnreadable', 'answerUnreadable'],
  'JSON that is empty': [answer('200 OK', json, '{}'), 'answerUnreadable', 'answerUnreadable'],
  'JSON null': [answer('200 OK', json, 'null'), 'answerUnreadable', 'answerUnreadable'],
  'a JSON list': [answer('200 OK', json, '[]'), 'answerUnreadable', 'answerUnreadable'],
  'a JSON number': [answer('200 OK', json, '42'), 'answerUnreadable', 'answerUnreadable'],
  'a JSON string': [answer('200 OK', json, '"hi"'), 'answerUnreadable', 'answerUnreadable'],
  'no body': [answer('200 OK', json, ''), 'answerUnreadable', 'answerUnreadable'],
  '204': ['HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n', 'streamIncomplete', 'answerUnreadable'],
  'a page': [answer('200 OK', 'text/html', '<h1>Sign in</h1>'), 'signInPage', 'signInPage'],
  'an empty stream': [answer('200 OK', frames, ''), 'streamIncomplete', 'answerUnreadable'],
  // These are no frames: repeated without streaming, and unreadable then.
  'text for a stream': [answer('200 OK', frames, 'x'.repeat(100)), 'answerUnreadable', 'answerUnreadable'],
  'zeros for a stream': [answer('200 OK', frames, Buffer.alloc(64)), 'answerUnreadable', 'answerUnreadable'],
  'a redirect': [
    'HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n',
    'signInPage',
    'signInPage',
  ],
  'an error without a word': [answer('500 Oops', '', ''), 'proxyFailed', 'proxyFailed'],
  'an error that is cut': [answer('500 Oops', json, '{"mess', 100), 'proxyFailed', 'proxyFailed'],
  'a proxy that wants a password': [
    answer('407 Proxy', 'text/html', '<h1>'),
    'proxyWantsAuthentication',
    'proxyWantsAuthentication',
  ],
  'a status that nobody knows': [answer('599 Hm', json, '{"message":"hm"}'), 'awsError', 'awsError'],
  'not HTTP': ['SSH-2.0-OpenSSH_9.6\r\n', 'notTheGateway', 'notTheGateway'],
  'headers without end': [
    `HTTP/1.1 200 OK\r\ncf-aig-dlp: ${'x'.repeat(100_000)}\r\n\r\n`,
    'answerUnreadable',
    'answerUnreadable',
  ],
  'an XHTML page': [answer('200 OK', 'application/xhtml+xml', '<html/>'), 'signInPage', 'signInPage'],
  // https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/
  "the edge's error as JSON": [
    answer(
      '530 No',
      `${json}\r\ncf-ray: 8c1-LHR`,
      '{"title":"Error 1016: Origin DNS error","error_code":1016}',
    ),
    'regionUnknown',
    'regionUnknown',
  ],
  nothing: ['', 'connectionLost', 'connectionLost'],
};

describe('an answer of', () => {
  for (const [what, [bytes, streamed, whole]] of Object.entries(strange)) {
    for (const [stream, ends] of [['auto', streamed] as const, ['off', whole] as const]) {
      it(`${what} (stream ${stream}): ${ends}`, async () => {
        const server = await openServer(bytes);
        try {
          for (const api of ['converse', 'invoke'] as const) {
            // A whole message of Converse's is none in a model's own body.
            const expected = api === 'invoke' && ends === 'done' ? 'answerUnreadable' : ends;
            const { events, reply } = await asked(server, { stream, api });
            assert.equal(kindOf(reply), expected, api);
            assert.equal(events.filter(({ type }) => type === 'ended').length, 1);
            assert.equal(events.at(-1)!.type, 'ended');
          }
        } finally {
          await server.close();
        }
      });
    }
  }

  for (const stream of ['auto', 'off'] as const)
    it(`text for which the model names sources (stream ${stream}) has all of it`, async () => {
      const cited = {
        citationsContent: { content: [{ text: 'two ' }, { text: 'three ' }], citations: [{}] },
      };
      const content = [{ text: 'one ' }, cited, { text: 'four' }];
      const body = JSON.stringify({
        output: { message: { role: 'assistant', content } },
        stopReason: 'end_turn',
      });
      const server = await openServer(answer('200 OK', json, body));
      const { reply } = await asked(server, { stream });
      await server.close();
      assert.deepEqual([kindOf(reply), reply.text], ['done', 'one two three four']);
    });

  it('a connection that is torn: connectionLost', async () => {
    const server = await openServer('', 'reset');
    assert.equal(kindOf((await asked(server)).reply), 'connectionLost');
    await server.close();
  });

  it('nobody: connectionRefused', async () => {
    const server = await openServer('');
    await server.close();
    assert.equal(kindOf((await asked(server)).reply), 'connectionRefused');
  });

  it('a host that does not exist: nameNotFound', async () => {
    assert.equal(kindOf((await asked({ url: 'https://no-such-host.invalid' })).reply), 'nameNotFound');
  });
});
