// Whatever comes back, ask() ends, in one of its outcomes, and shows nothing that was not sent. The SDK reads what is
// handed to it in pieces cut anywhere; a part goes over a real socket besides.
import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { HttpResponse } from '@smithy/core/protocols';
import fc from 'fast-check';
import type { Ports } from '../../src/core/model/ports';
import { type Reply, type ReplyEvent } from '../../src/core/model/reply';
import { type Asking, asked } from '../unit/asking';
import { errorAnswers } from './fuzz/errors';
import { type Kind, kinds, sealed, textOf } from './fuzz/replies';
import { pieces, spoiltBytes, spoiltFrames } from './fuzz/spoilt';
import { openServer } from '../unit/core/rawServer';

/** Each number of runs is the issue's; another seed, another ten thousand: FUZZ_SEED=2. */
const seed = Number(process.env['FUZZ_SEED'] ?? 1);
const somewhere = { url: 'http://127.0.0.1:9' };
const frames = 'application/vnd.amazon.eventstream';
const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), { maxLength: 8 });
const cuts = fc.array(fc.nat(), { maxLength: 6 });
const kindNames = fc.constantFrom(...Object.keys(kinds));

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: readonly Buffer[];
}

/** The port through which core speaks HTTP, with answers given: the first, and for every other attempt the last. */
function answering(...answers: readonly Answered[]): Ports['http'] {
  let asked = 0;
  return {
    handle: () => {
      const { status, headers, body } = answers[Math.min(asked++, answers.length - 1)]!;
      const response = new HttpResponse({
        statusCode: status,
        headers: { ...headers },
        body: Readable.from(body.filter((piece) => piece.length > 0)),
      });
      return Promise.resolve({ response });
    },
  } as Partial<Ports['http']> as Ports['http'];
}

const streamOf = (bytes: Buffer, cuts: readonly number[]): Answered => ({
  status: 200,
  headers: { 'content-type': frames },
  body: pieces(bytes, cuts),
});

const json = (value: unknown): Answered => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: [Buffer.from(JSON.stringify(value))],
});

const outcomes: readonly unknown[] = ['done', 'stopped', 'cut', 'blocked', 'failed'];

function assertEnded(events: readonly ReplyEvent[], { outcome, text, reasoning, usage }: Reply): void {
  assert.equal(events.filter(({ type }) => type === 'ended').length, 1);
  assert.equal(events.at(-1)?.type, 'ended');
  assert.ok(outcomes.includes(outcome?.kind));
  assert.equal(typeof text, 'string');
  assert.equal(typeof reasoning, 'string');
  for (const count of Object.values(usage ?? {}))
    assert.ok(Number.isSafeInteger(count) && count >= 0, `${count} tokens`);
  if (!outcome || !('failure' in outcome)) {
    if (outcome?.kind === 'done') assert.equal(typeof outcome.stopReason, 'string');
    return;
  }
  const { kind, details, retryAfter = 0 } = outcome.failure;
  assert.notEqual(kind, 'unknown', String(outcome.failure.cause));
  assert.ok(retryAfter >= 0);
  for (const said of [details.code, details.message])
    assert.ok(said === undefined || typeof said === 'string');
  // Sentences are shown, and never what they were wrapped in.
  assert.doesNotMatch(details.message ?? '', /^\s*(?:\{|\[\s*["{[\]])|Deserialization error|\$response/);
  for (const event of events)
    if (event.type === 'waiting') assert.ok(event.until > 0 && event.until < Date.now() + 31_000);
}

async function assertPrefix(
  kind: Kind,
  answers: readonly Answered[],
  sent: readonly string[],
  asking: Asking = {},
) {
  const { events, reply } = await asked(somewhere, {
    ...kind.asking,
    ...asking,
    ports: { http: answering(...answers) },
  });
  assertEnded(events, reply);
  const shown = (text: string) => (kind.hasGaps ? text.replaceAll('\n', '') : text);
  assert.ok(
    sent.some((whole) => shown(whole).startsWith(shown(reply.text))),
    `${JSON.stringify(reply.text)} is no beginning of ${JSON.stringify(sent)}; it came from ${Buffer.concat(answers[0]!.body).toString()}`,
  );
  return reply;
}

describe('whatever comes back', () => {
  const runs = (numRuns: number) => ({ numRuns, seed });
  const again = 'All of it, at once.';

  it('a good stream of every kind is read whole, wherever it is cut', () =>
    fc.assert(
      fc.asyncProperty(kindNames, words, cuts, async (name, said, where) => {
        const kind = kinds[name]!;
        const answer = streamOf(Buffer.concat(kind.frames(said).map(sealed)), where);
        const { text, outcome } = await assertPrefix(kind, [answer], [said.join('')]);
        assert.equal(outcome?.kind, 'done');
        assert.equal(kind.hasGaps ? text.replaceAll('\n', '') : text, said.join(''));
      }),
      runs(500),
    ));

  it('5,000 streams whose bytes were changed', () =>
    fc.assert(
      fc.asyncProperty(
        kindNames,
        words,
        fc.array(spoiltBytes, { minLength: 1, maxLength: 3 }),
        cuts,
        async (name, said, spoils, where) => {
          const kind = kinds[name]!;
          const good = Buffer.concat(kind.frames(said).map(sealed));
          const answer = streamOf(
            spoils.reduce<Buffer>((bytes, spoil) => spoil(bytes), good),
            where,
          );
          await assertPrefix(kind, [answer, json(kind.whole(again))], [said.join(''), again]);
        },
      ),
      runs(5000),
    ));

  it('5,000 streams whose frames were changed, and sealed again', () =>
    fc.assert(
      fc.asyncProperty(
        kindNames,
        words,
        fc.array(spoiltFrames, { minLength: 1, maxLength: 4 }),
        cuts,
        async (name, said, spoils, where) => {
          const kind = kinds[name]!;
          const spoilt = spoils.reduce((all, spoil) => spoil(all), kind.frames(said));
          const answer = streamOf(Buffer.concat(spoilt.map(sealed)), where);
          await assertPrefix(kind, [answer, json(kind.whole(again))], [textOf(kind, spoilt), again]);
        },
      ),
      runs(5000),
    ));

  it('10,000 bodies of errors', () =>
    fc.assert(
      fc.asyncProperty(kindNames, errorAnswers, cuts, async (name, { status, headers, body }, where) => {
        const kind = kinds[name]!;
        const reply = await assertPrefix(kind, [{ status, headers, body: pieces(body, where) }], ['']);
        assert.ok(reply.outcome?.kind === 'failed' || reply.outcome?.kind === 'blocked');
      }),
      runs(10_000),
    ));

  it('500 more over a real socket', () =>
    fc.assert(
      fc.asyncProperty(
        words,
        fc.array(spoiltFrames, { maxLength: 2 }),
        fc.array(spoiltBytes, { maxLength: 2 }),
        async (said, frameSpoils, byteSpoils) => {
          const kind = kinds['converse']!;
          const spoilt = frameSpoils.reduce((all, spoil) => spoil(all), kind.frames(said));
          const body = byteSpoils.reduce<Buffer>(
            (bytes, spoil) => spoil(bytes),
            Buffer.concat(spoilt.map(sealed)),
          );
          const head = `HTTP/1.1 200 OK\r\ncontent-type: ${frames}\r\nconnection: close\r\n\r\n`;
          const server = await openServer(Buffer.concat([Buffer.from(head), body]));
          try {
            const { events, reply } = await asked(server);
            assertEnded(events, reply);
            assert.ok(textOf(kind, spoilt).startsWith(reply.text));
          } finally {
            await server.close();
          }
        },
      ),
      runs(500),
    ));
});
