import assert from 'node:assert/strict';
import { gatewayHeaders, forwardedHeaders } from '../../../../src/core/gateway/headers';
import type { GatewayOptions } from '../../../../src/core/model/request';
import { addressOf } from '../../asking';

const plain: GatewayOptions = {
  address: addressOf('https://ai.example.com'),
  cacheTtl: null,
  logs: 'default',
  metadata: {},
  keyAlias: '',
};

function headers(options: Partial<GatewayOptions> = {}, token?: string) {
  return gatewayHeaders({ ...plain, ...options }, { token, cacheKey: () => 'key' });
}

describe("the gateway's own headers", () => {
  it('are none when nothing is set', () => assert.deepEqual(headers(), {}));

  it('carry the token', () => {
    assert.deepEqual(headers({}, 'secret'), { 'cf-aig-authorization': 'Bearer secret' });
    assert.deepEqual(headers({}, ''), {});
  });

  it('name a stored key', () =>
    assert.deepEqual(headers({ keyAlias: 'team' }), { 'cf-aig-byok-alias': 'team' }));

  it('leave the cache to the gateway, with no key, for null', () => {
    const cacheKey = () => assert.fail('a key was computed');
    assert.deepEqual(gatewayHeaders(plain, { token: undefined, cacheKey }), {});
  });

  it('pass the cache by, with no key, for 0', () => {
    const cacheKey = () => assert.fail('a key was computed');
    assert.deepEqual(gatewayHeaders({ ...plain, cacheTtl: 0 }, { token: undefined, cacheKey }), {
      'cf-aig-skip-cache': 'true',
    });
  });

  it('ask for the cache with a time and a key', () => {
    for (const cacheTtl of [60, 3600, 2_592_000])
      assert.deepEqual(headers({ cacheTtl }), {
        'cf-aig-cache-ttl': String(cacheTtl),
        'cf-aig-cache-key': 'key',
      });
  });

  it('say what may be logged', () => {
    assert.deepEqual(headers({ logs: 'metadataOnly' }), { 'cf-aig-collect-log-payload': 'false' });
    assert.deepEqual(headers({ logs: 'none' }), { 'cf-aig-collect-log': 'false' });
  });

  it('carry metadata as JSON in ASCII that reads back as it was', () => {
    const metadata = { team: 'größe 日本 😀\r\n', count: 3, test: true, quote: '"\\\u007f\u0000' };
    const sent = headers({ metadata })['cf-aig-metadata']!;
    assert.match(sent, /^[\x20-\x7e]+$/);
    assert.deepEqual(JSON.parse(sent), metadata);
    assert.equal(headers({ metadata: { a: 'é' } })['cf-aig-metadata'], '{"a":"\\u00e9"}');
  });
});

const aws = {
  authorization: 'AWS4-HMAC-SHA256 …',
  'x-amz-date': '20260101T000000Z',
  'x-amz-security-token': 'token',
  'x-amz-content-sha256': '00',
};
const content = { 'content-type': 'application/json', 'content-length': '2', accept: 'application/json' };
const guardrail = { 'x-amzn-bedrock-guardrailidentifier': 'g' };
const stays = {
  host: 'bedrock-runtime.us-east-1.amazonaws.com',
  'user-agent': 'aws-sdk-js',
  'x-amz-user-agent': 'aws-sdk-js',
  'amz-sdk-invocation-id': '1',
  'amz-sdk-request': 'attempt=1',
  'x-amzn-trace-id': 'Root=1',
  'x-amz-bedrock': 'no',
  cookie: 'c',
  expect: '100-continue',
  'x-amzn-bedrock-': 'nothing after its prefix',
};

describe("the SDK's headers", () => {
  it('pass on as far as Bedrock needs them', () => {
    const passed = forwardedHeaders({ ...aws, ...content, ...guardrail, ...stays }, 'accessKeys');
    assert.deepEqual(passed, { ...aws, ...content, ...guardrail });
  });

  it('pass on with a key for AWS, and nothing of a signature', () => {
    const passed = forwardedHeaders({ ...aws, ...content, ...guardrail, ...stays }, 'apiKey');
    assert.deepEqual(passed, { authorization: aws.authorization, ...content, ...guardrail });
  });

  it('pass on without a word of AWS when the gateway authenticates', () => {
    const passed = forwardedHeaders({ ...aws, ...content, ...guardrail, ...stays }, 'gateway');
    assert.deepEqual(passed, { ...content, ...guardrail });
  });

  it('are known in any case, and are sent in lower case', () => {
    const shouted = Object.fromEntries(
      Object.entries({ ...aws, ...content, ...stays }).map(([name, value]) => [name.toUpperCase(), value]),
    );
    assert.deepEqual(forwardedHeaders(shouted, 'accessKeys'), { ...aws, ...content });
    assert.deepEqual(forwardedHeaders(shouted, 'gateway'), content);
  });
});
