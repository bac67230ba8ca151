import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Signed, changedOnTheWay } from '../../../../src/core/gateway/canonical';
import { arn, asked, closeGatewaysAfterEach, openGateway, temporaryKeys } from '../../asking';

const signed: Signed = {
  method: 'POST',
  path: "/model/a%3Ab%2Fc'd(e)*!/converse",
  headers: {
    host: 'bedrock-runtime.us-east-1.amazonaws.com',
    'X-Amz-Date': '20260101T000000Z',
    'content-type': 'application/json',
  },
  body: '{"messages":[]}',
};
const hash = (body: string) => createHash('sha256').update(body).digest('hex');

/** AWS's words, from a canonical request written down by hand. */
const said = (
  changes: Partial<Record<'method' | 'path' | 'query' | 'host' | 'date' | 'hash', string>> = {},
) =>
  `The request signature we calculated does not match the signature you provided.

The Canonical String for this request should have been
'${changes.method ?? 'POST'}
${changes.path ?? '/model/a%253Ab%252Fc%27d%28e%29%2A%21/converse'}
${changes.query ?? ''}
host:${changes.host ?? 'bedrock-runtime.us-east-1.amazonaws.com'}
x-amz-date:${changes.date ?? '20260101T000000Z'}

host;x-amz-date
${changes.hash ?? hash('{"messages":[]}')}'

The String-to-Sign should have been
'AWS4-HMAC-SHA256
20260101T000000Z
20260101/us-east-1/bedrock/aws4_request
00'
`;

describe('what was changed on the way', () => {
  const cases = {
    nothing: [said(), ''],
    'the method': [said({ method: 'GET' }), 'method'],
    'the path': [said({ path: '/model/a%3Ab%252Fc%27d%28e%29%2A%21/converse' }), 'path'],
    'a query': [said({ query: 'x=1' }), 'path'],
    'the host': [said({ host: 'gateway.ai.cloudflare.com' }), 'host'],
    'a header': [said({ date: '20260101T000001Z' }), 'X-Amz-Date'],
    'a header that was dropped': [said({ date: '' }), 'X-Amz-Date'],
    'the body': [said({ hash: hash('{"messages":[] }') }), 'body'],
    'no canonical string': ['The security token included in the request is invalid.', undefined],
    'an empty message': ['', undefined],
  } as const;
  for (const [what, [message, changed]] of Object.entries(cases)) {
    it(`${what}: ${String(changed)}`, () => assert.equal(changedOnTheWay(message, signed), changed));
  }

  it('takes the body as text or as bytes', () => {
    assert.equal(
      changedOnTheWay(said(), { ...signed, body: new TextEncoder().encode('{"messages":[]}') }),
      '',
    );
  });
});

describe('what was changed on the way, by the words of an independent signer', () => {
  closeGatewaysAfterEach();
  const wrongSecret = { ...temporaryKeys, secretAccessKey: 'wrong' };

  const cases = [
    [{ rewriteBody: true }, temporaryKeys, 'changedOnTheWay', 'body'],
    [{ decodeSlash: true }, temporaryKeys, 'changedOnTheWay', 'path'],
    [{ rewriteSignedHeader: 'x-amz-date' }, temporaryKeys, 'changedOnTheWay', 'x-amz-date'],
    [
      { rewriteSignedHeader: 'x-amz-security-token' },
      temporaryKeys,
      'changedOnTheWay',
      'x-amz-security-token',
    ],
    [{}, wrongSecret, 'awsSecretWrong', undefined],
  ] as const;
  for (const [switches, keys, kind, changed] of cases) {
    it(`${JSON.stringify(switches)}: ${kind} ${changed ?? ''}`, async () => {
      const { reply } = await asked(await openGateway({ switches }), { keys, model: arn });
      assert.ok(reply.outcome?.kind === 'failed');
      const { failure } = reply.outcome;
      assert.equal(failure.kind, kind);
      assert.equal(failure.facts.changed, changed);
      assert.doesNotMatch(failure.facts.message ?? '', /Canonical|session\+token/);
    });
  }
});
