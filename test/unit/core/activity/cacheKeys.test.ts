// 10,000 pairs of requests that differ in one thing: none shares a key, in the gateway's cache or in the record.
import assert from 'node:assert/strict';
import { nodeHash } from '../../../../src/platform/node/hash';
import fc from 'fast-check';
import { fingerprint } from '../../../../src/core/activity/fingerprint';
import { ask } from '../../../../src/core/ask';
import { bodyFor } from '../../../../src/core/bedrock/codecs';
import { converseInput } from '../../../../src/core/bedrock/converseInput';
import { guardrailHeaders } from '../../../../src/core/bedrock/guardrail';
import { operationOf } from '../../../../src/core/model/operation';
import { cacheKey } from '../../../../src/core/gateway/cacheKey';
import { textBlock } from '../../../../src/core/model/content';
import type { Request } from '../../../../src/core/model/request';
import { prepared } from '../../asking';

const pairs = 10_000;
/** Of them, the share whose key is taken from the request that leaves; of all others, from what that is made of. */
const wholeEach = 25;

/** The cache key that leaves with `request`; nothing is sent. */
async function keyOf(request: Request): Promise<string> {
  const { ports } = prepared({ url: 'http://127.0.0.1:9/v1/a/g' });
  let key: string | undefined;
  const http: typeof ports.http = {
    handle: ({ headers }) => {
      key = headers['cf-aig-cache-key'];
      return Promise.reject(Object.assign(new Error('not sent'), { code: 'ENOTFOUND' }));
    },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
  const quick = { ...ports, http };
  let ended = '';
  for await (const event of ask(request, quick, new AbortController().signal))
    if (event.type === 'ended') ended = JSON.stringify(event);
  assert.match(key ?? '', /^[0-9a-f]{64}$/, ended);
  return key!;
}

/** The key of the same body, as it is made before the SDK writes it out. */
function quickKeyOf(request: Request): string {
  const { api, stream, region, model } = request.target;
  const common = { operation: operationOf(api, stream === 'auto'), region, model };
  if (api === 'converse')
    return cacheKey({ ...common, headers: {}, body: JSON.stringify(converseInput(request)) }, nodeHash);
  const { guardrailIdentifier = '', guardrailVersion = '' } = guardrailHeaders(request);
  const headers = {
    'x-amzn-bedrock-guardrailidentifier': guardrailIdentifier,
    'x-amzn-bedrock-guardrailversion': guardrailVersion,
  };
  return cacheKey({ ...common, headers, body: JSON.stringify(bodyFor(request)) }, nodeHash);
}

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .map((value) => `x${value.toWellFormed()}`);
const base = fc.record({
  texts: fc
    .array(text, { minLength: 1, maxLength: 5 })
    .map((texts) => (texts.length % 2 ? texts : texts.slice(1))),
  model: fc.constantFrom(
    'anthropic.claude-sonnet-4-6',
    'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    'eu.anthropic.claude-sonnet-4-6',
  ),
  region: fc.constantFrom('us-east-1', 'eu-west-1', 'ap-northeast-1'),
  api: fc.constantFrom('converse' as const, 'invoke' as const),
  stream: fc.constantFrom('auto' as const, 'off' as const),
  systemPrompt: fc.option(text, { nil: undefined }),
  maxTokens: fc.integer({ min: 1, max: 4096 }),
  temperature: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  guardrail: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
});
type Base = typeof base extends fc.Arbitrary<infer T> ? T : never;

function requestOf({
  texts,
  model,
  region,
  api,
  stream,
  systemPrompt,
  maxTokens,
  temperature,
  guardrail,
}: Base): Request {
  return prepared(
    { url: 'http://127.0.0.1:9/v1/a/g' },
    {
      model,
      region,
      api,
      stream,
      messages: texts.map((each, index) => ({
        role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
        content: [textBlock(each)],
      })),
      parameters: {
        maxTokens,
        ...(systemPrompt !== undefined && { systemPrompt }),
        ...(temperature !== undefined && { temperature: temperature / 100 }),
      },
      ...(guardrail !== undefined && { guardrail: { identifier: 'guardrail1', version: String(guardrail) } }),
      gateway: { cacheTtl: 60 },
    },
  ).request;
}

const another = <T>(values: readonly T[], value: T) => values.find((each) => each !== value) as T;
/** One difference each. */
const changes: Readonly<Record<string, (given: Base) => Base>> = {
  byte: (given) => ({ ...given, texts: given.texts.with(-1, changedByte(given.texts.at(-1) ?? '')) }),
  turn: (given) => ({ ...given, texts: [...given.texts, 'answer', 'and then?'] }),
  model: (given) => ({
    ...given,
    model: another(
      ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 'anthropic.claude-sonnet-4-6'] as const,
      given.model as never,
    ),
  }),
  region: (given) => ({
    ...given,
    region: another(['us-east-1', 'eu-west-1'] as const, given.region as never),
  }),
  parameter: (given) => ({ ...given, maxTokens: given.maxTokens + 1 }),
  temperature: (given) => ({ ...given, temperature: given.temperature === 7 ? undefined : 7 }),
  'system prompt': (given) => ({ ...given, systemPrompt: `${given.systemPrompt ?? ''}!` }),
  guardrail: (given) => ({ ...given, guardrail: given.guardrail === 7 ? undefined : 7 }),
};

/** The last bit of the last character, which changes one byte of what is sent. */
function changedByte(value: string): string {
  const last = value.codePointAt(value.length - 1) ?? 0;
  return value.slice(0, -1) + String.fromCharCode(last ^ 1);
}

describe('keys', () => {
  it(`differ for ${pairs} pairs of requests that differ in one thing`, async () => {
    const kinds = Object.keys(changes);
    const samples = fc.sample(base, { numRuns: pairs, seed: 5 });
    for (const [index, given] of samples.entries()) {
      const what = kinds[Math.floor(index / 3) % kinds.length] ?? '';
      const [one, other] = [requestOf(given), requestOf(changes[what]!(given))];
      const of = index % wholeEach === 0 ? keyOf : quickKeyOf;
      assert.notEqual(await of(one), await of(other), `${what}: ${JSON.stringify(given)}`);
      assert.notEqual(
        fingerprint(one, 'k', nodeHash),
        fingerprint(other, 'k', nodeHash),
        `${what}: ${JSON.stringify(given)}`,
      );
    }
  });

  it('are the same for equal requests, whoever makes them and in whatever order fields were set', async () => {
    for (const given of fc.sample(base, { numRuns: 100, seed: 6 })) {
      const [one, other] = [requestOf(given), requestOf(structuredClone(given))];
      const reordered = {
        ...other,
        id: 'another',
        conversation: 'another',
        parameters: Object.fromEntries(Object.entries(other.parameters).reverse()),
      };
      assert.equal(await keyOf(one), await keyOf(reordered));
      assert.equal(fingerprint(one, 'k', nodeHash), fingerprint(reordered, 'k', nodeHash));
    }
  });

  it('of the record say nothing without the secret', () => {
    const { request } = prepared({ url: 'http://127.0.0.1:9/v1/a/g' });
    assert.notEqual(fingerprint(request, 'one', nodeHash), fingerprint(request, 'another', nodeHash));
  });
});
