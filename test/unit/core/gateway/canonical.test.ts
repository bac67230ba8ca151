import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  type SentForSignature,
  diffCanonicalRequests,
  firstDifference,
} from '../../../../src/core/gateway/canonical';
import { arn, asked, closeGatewaysAfterEach, openGateway, temporaryKeys } from '../../asking';

const signed: SentForSignature = {
  method: 'POST',
  path: "/model/a%3Ab%2Fc'd(e)*!/converse",
  headers: {
    host: 'bedrock-runtime.us-east-1.amazonaws.com',
    'X-Amz-Date': '20260101T000000Z',
    'content-type': 'application/json',
  },
  bodyHash: () => hash('{"messages":[]}'),
};
const changed = (message: string, by: SentForSignature) =>
  firstDifference(diffCanonicalRequests(message, by));
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
    'a header': [said({ date: '20260101T000001Z' }), 'x-amz-date'],
    'a header that was dropped': [said({ date: '' }), 'x-amz-date'],
    'the body': [said({ hash: hash('{"messages":[] }') }), 'body'],
    'no canonical string': ['The security token included in the request is invalid.', undefined],
    'an empty message': ['', undefined],
  } as const;
  for (const [what, [message, name]] of Object.entries(cases)) {
    it(`${what}: ${String(name)}`, () => assert.equal(changed(message, signed), name));
  }
});

describe('the canonical request that AWS computed, beside ours', () => {
  const host = 'bedrock-runtime.us-east-1.amazonaws.com';
  const ours: SentForSignature = {
    method: 'POST',
    path: '/model/a%3Ab/converse',
    headers: {
      host,
      'X-Amz-Date': '20260101T000000Z',
      'x-amz-security-token': 'session+token/of==',
      'x-amzn-bedrock-guardrailidentifier': "it's  mine ",
      'content-type': 'application/json',
      Authorization:
        'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date;x-amz-security-token;x-amzn-bedrock-guardrailidentifier, Signature=00',
    },
    bodyHash: () => hash('{}'),
  };
  const names = 'host;x-amz-date;x-amz-security-token;x-amzn-bedrock-guardrailidentifier';
  /** What AWS says; `lines` are those of the canonical request, as it should be. */
  const echoed = (change: (lines: string[]) => void) => {
    const lines = [
      ...['POST', '/model/a%253Ab/converse', '', `host:${host}`, 'x-amz-date:20260101T000000Z'],
      'x-amz-security-token:session+token/of==',
      "x-amzn-bedrock-guardrailidentifier:it's mine",
      ...['', names, hash('{}')],
    ];
    change(lines);
    return `It does not match.\n\nThe Canonical String for this request should have been\n'${lines.join('\n')}'\n\nThe String-to-Sign should have been\n'AWS4'\n`;
  };
  const differing: Readonly<Record<string, [(lines: string[]) => void, string[]]>> = {
    nothing: [() => undefined, []],
    'the path, decoded': [(lines) => (lines[1] = '/model/a%3Ab/converse'), ['path']],
    'a query added': [(lines) => (lines[2] = 'utm_source=proxy'), ['query']],
    'the method': [(lines) => (lines[0] = 'PUT'), ['method']],
    'a header rewritten': [(lines) => (lines[4] = 'x-amz-date:20260101T000001Z'), ['x-amz-date']],
    'a header dropped': [
      (lines) => {
        lines.splice(6, 1);
        lines[7] = 'host;x-amz-date;x-amz-security-token';
      },
      ['x-amzn-bedrock-guardrailidentifier', 'signedHeaders'],
    ],
    'a header added': [(lines) => lines.splice(4, 0, 'x-added:1'), ['x-added']],
    'another session token': [
      (lines) => (lines[5] = 'x-amz-security-token:another'),
      ['x-amz-security-token'],
    ],
    'the body': [(lines) => (lines[9] = hash('{} ')), ['body']],
    'path and body': [
      (lines) => {
        lines[1] = '/model/a';
        lines[9] = hash('');
      },
      ['path', 'body'],
    ],
  };
  for (const [what, [change, names]] of Object.entries(differing)) {
    it(`${what}: names ${names.join(' and ') || 'no line'}`, () => {
      const lines = diffCanonicalRequests(echoed(change), ours)!;
      assert.deepEqual(
        lines.flatMap(({ name, differs }) => (differs ? [name] : [])),
        names,
      );
      assert.doesNotMatch(JSON.stringify(lines), /session\+token|another/);
    });
  }

  it('has a line for each part of it, ours and theirs', () => {
    assert.deepEqual(
      diffCanonicalRequests(
        echoed((lines) => (lines[1] = '/model/a%3Ab/converse')),
        ours,
      ),
      [
        { name: 'method', signed: 'POST', received: 'POST', differs: false },
        { name: 'path', signed: '/model/a%253Ab/converse', received: '/model/a%3Ab/converse', differs: true },
        { name: 'query', signed: '', received: '', differs: false },
        { name: 'host', signed: host, received: host, differs: false },
        { name: 'x-amz-date', signed: '20260101T000000Z', received: '20260101T000000Z', differs: false },
        { name: 'x-amz-security-token', signed: '…', received: '…', differs: false },
        {
          name: 'x-amzn-bedrock-guardrailidentifier',
          signed: "it's mine",
          received: "it's mine",
          differs: false,
        },
        { name: 'signedHeaders', signed: names, received: names, differs: false },
        { name: 'body', signed: hash('{}'), received: hash('{}'), differs: false },
      ],
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
      assert.equal(failure.details.changed, changed);
      assert.deepEqual(
        failure.details.canonical?.flatMap(({ name, differs }) => (differs ? [name] : [])),
        changed === undefined ? [] : [changed],
      );
      assert.doesNotMatch(JSON.stringify(failure.details), /session\+token/);
      assert.doesNotMatch(failure.details.message ?? '', /Canonical|session\+token/);
    });
  }
});
