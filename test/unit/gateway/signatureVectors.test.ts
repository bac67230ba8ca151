// Cases of AWS's own Signature Version 4 test suite (awslabs/aws-c-auth, tests/aws-signing-test-suite/v4).
import assert from 'node:assert/strict';
import { expectedSignature } from '../../gateway/signature.js';

const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const scope = { datetime: '20150830T123600Z', region: 'us-east-1', service: 'service' };
const always = { host: 'example.amazonaws.com', 'x-amz-date': scope.datetime };
const content = {
  'content-length': '13',
  'content-type': 'application/x-www-form-urlencoded',
  'x-amz-content-sha256': '9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e',
};

const vectors = [
  {
    name: 'post-x-www-form-urlencoded',
    method: 'POST',
    path: '/',
    headers: content,
    body: 'Param1=value1',
    signature: 'd3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b',
  },
  {
    name: 'get-vanilla-with-session-token',
    method: 'GET',
    path: '/',
    headers: { 'x-amz-security-token': '6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267' },
    body: '',
    signature: '07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8',
  },
  {
    name: 'get-header-value-trim',
    method: 'GET',
    path: '/',
    headers: { 'my-header1': ' value1', 'my-header2': ' "a   b   c"' },
    body: '',
    signature: 'acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736',
  },
  {
    name: 'get-slashes-normalized',
    method: 'GET',
    path: '//example//',
    headers: {},
    body: '',
    signature: '9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84',
  },
  {
    name: 'get-unreserved',
    method: 'GET',
    path: '/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
    headers: {},
    body: '',
    signature: '07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f',
  },
  {
    name: 'get-vanilla-query-unreserved',
    method: 'GET',
    path: '/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
    headers: {},
    body: '',
    signature: '9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197',
  },
];

describe('the expected signature', () => {
  for (const { name, method, path, headers, body, signature } of vectors) {
    const all: Record<string, string> = { ...always, ...headers };
    const signed = Object.keys(all).sort();
    const seen = { method, path, headers: all, body: Buffer.from(body) };

    it(`is that of ${name}`, () => {
      const expected = expectedSignature(seen, signed, scope, credentials);
      assert.equal(expected.signature, signature);
      assert.equal(expected.signedHeaders, signed.join(';'));
    });

    it(`leaves out what ${name} does not name`, () => {
      const more = { ...seen, headers: { ...all, 'user-agent': 'x', 'x-amz-new': 'y', 'content-md5': 'z' } };
      assert.equal(expectedSignature(more, signed, scope, credentials).signature, signature);
    });
  }

  it('covers headers that signers usually leave alone, once they are named', () => {
    const seen = {
      method: 'GET',
      path: '/',
      headers: { ...always, 'user-agent': 'x' },
      body: Buffer.alloc(0),
    };
    const { signedHeaders } = expectedSignature(
      seen,
      ['host', 'user-agent', 'x-amz-date'],
      scope,
      credentials,
    );
    assert.equal(signedHeaders, 'host;user-agent;x-amz-date');
  });

  it('hashes the body that came, whatever the header claims', () => {
    const headers = { ...always, ...content };
    const seen = { method: 'POST', path: '/', headers, body: Buffer.from('Param1=value2') };
    const expected = expectedSignature(seen, Object.keys(headers).sort(), scope, credentials);
    assert.notEqual(expected.signature, vectors[0]!.signature);
    assert.ok(!expected.canonical.endsWith(content['x-amz-content-sha256']));
  });
});
