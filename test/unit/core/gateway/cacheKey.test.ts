import assert from 'node:assert/strict';
import { nodeHash } from '../../../../src/platform/node/hash';
import { type CacheKeyInput, cacheKey as cacheKeyOf } from '../../../../src/core/gateway/cacheKey';

const asked: CacheKeyInput = {
  operation: 'converse-stream',
  region: 'us-east-1',
  model: 'anthropic.claude-v1:0',
  headers: { 'x-amzn-bedrock-guardrailidentifier': 'g1', 'x-amzn-bedrock-guardrailversion': '1' },
  body: '{"messages":[]}',
};
const cacheKey = (given: CacheKeyInput) => cacheKeyOf(given, nodeHash);
const key = cacheKey(asked);

const different: Readonly<Record<string, Partial<CacheKeyInput>>> = {
  operation: { operation: 'converse' },
  region: { region: 'us-east-2' },
  model: { model: 'anthropic.claude-v1:1' },
  'one byte of the body': { body: '{"messages":[] }' },
  'a body without end': { body: '{"messages":[]' },
  guardrail: { headers: { ...asked.headers, 'x-amzn-bedrock-guardrailidentifier': 'g2' } },
  'guardrail version': { headers: { ...asked.headers, 'x-amzn-bedrock-guardrailversion': 'DRAFT' } },
  'no guardrail': { headers: {} },
  'fields that run into one another': { region: 'us-east-1anthropic', model: '.claude-v1:0' },
};

/** Numbers that look random and are the same in every run (mulberry32). */
function random(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('the cache key', () => {
  it('is a hash, in hex', () => assert.match(key, /^[0-9a-f]{64}$/));

  it('is the same for the same prompt, whatever else travels with it', () => {
    assert.equal(cacheKey({ ...asked }), key);
    assert.equal(cacheKey({ ...asked, body: new TextEncoder().encode(String(asked.body)) }), key);
    const signed = {
      ...asked.headers,
      authorization: 'other',
      'x-amz-date': '2',
      'amz-sdk-invocation-id': 'x',
    };
    assert.equal(cacheKey({ ...asked, headers: signed }), key);
    const turned = Object.fromEntries(
      Object.entries(asked.headers)
        .reverse()
        .map(([name, value]) => [name.toUpperCase(), value]),
    );
    assert.equal(cacheKey({ ...asked, headers: turned }), key);
  });

  for (const [what, change] of Object.entries(different)) {
    it(`differs: ${what}`, () => assert.notEqual(cacheKey({ ...asked, ...change }), key));
  }

  it('of 10,000 random pairs is equal exactly where the prompts are', () => {
    const next = random(20260101);
    // A small alphabet, so that pairs are equal, or nearly, often; made of what could end a field early.
    const word = () =>
      Array.from({ length: Math.floor(next() * 3) }, () => '"],\\a0'.charAt(Math.floor(next() * 6))).join('');
    const prompt = (): CacheKeyInput => ({
      operation: word(),
      region: word(),
      model: word(),
      headers: next() < 0.5 ? {} : { 'x-amzn-bedrock-guardrailidentifier': word() },
      body: word(),
    });
    let same = 0;
    for (let pair = 0; pair < 10_000; pair++) {
      const one = prompt();
      const other = next() < 0.5 ? { ...one, ...(next() < 0.5 && { body: word() }) } : prompt();
      const equal = JSON.stringify(one) === JSON.stringify(other);
      assert.equal(cacheKey(one) === cacheKey(other), equal, JSON.stringify([one, other]));
      if (equal) same++;
    }
    assert.ok(same > 1000 && same < 9000, `${same} equal pairs`);
  });
});
