import assert from 'node:assert/strict';
import { type Gateway, standInApiKey, standInKeys, standInToken, startGateway } from '../../gateway/index.js';
import {
  arn,
  ask,
  failureOf,
  model,
  type Outgoing,
  plainClient,
  profile,
  sdkClient,
  send,
  sendSignedByHand,
  sendUnsigned,
} from './clients.js';

describe('the stand-in gateway refuses', () => {
  let gateway: Gateway;
  let now: number | undefined;
  beforeEach(async () => {
    now = undefined;
    gateway = await startGateway({ pace: 0, clock: () => now ?? Date.now() });
  });
  afterEach(() => gateway.close());

  const mismatch = /^The request signature we calculated does not match the signature you provided\./;

  async function refused(asking: Promise<unknown>, name: string, message: RegExp, status = 403) {
    const failure = await failureOf(asking);
    assert.equal(failure.name, name);
    assert.match(failure.message, message);
    assert.equal(failure.$metadata?.httpStatusCode, status);
    assert.equal(gateway.asked(model), 0, 'no model was asked');
    return failure;
  }

  for (const modelId of [model, profile, arn]) {
    it(`a wrong secret, for ${modelId}`, async () => {
      const credentials = { ...standInKeys, secretAccessKey: 'wrong' };
      await refused(ask(sdkClient(gateway, { credentials }), modelId), 'InvalidSignatureException', mismatch);
      assert.equal(gateway.log[0]!.signature, 'refused');
      assert.match(gateway.log[0]!.signatureReason!, mismatch);
    });
  }

  it('an access key that nobody has', async () => {
    const credentials = { ...standInKeys, accessKeyId: 'AKIANOBODY' };
    await refused(ask(sdkClient(gateway, { credentials })), 'UnrecognizedClientException', /security token/);
  });

  it('a signature for another region', async () => {
    const client = sdkClient(gateway, { region: 'us-west-2' });
    await refused(
      ask(client),
      'InvalidSignatureException',
      /^Credential should be scoped to a valid region\.$/,
    );
  });

  it('a signature for another service', async () => {
    const change = ({ headers }: Outgoing) => {
      headers['authorization'] = headers['authorization']!.replace('/bedrock/', '/s3/');
    };
    await refused(
      ask(sdkClient(gateway, { change })),
      'InvalidSignatureException',
      /correct service: 'bedrock'/,
    );
  });

  it('a body changed after signing', async () => {
    const change = (request: Outgoing) =>
      (request.body = new Uint8Array(request.body as Uint8Array).fill(63, 40, 41));
    await refused(ask(sdkClient(gateway, { change })), 'InvalidSignatureException', mismatch);
  });

  for (const header of ['content-type', 'x-amz-user-agent', 'amz-sdk-request', 'x-amz-content-sha256']) {
    it(`a changed ${header}, which was signed`, async () => {
      const change = ({ headers }: Outgoing) => {
        assert.ok(headers['authorization']!.includes(header));
        headers[header] = `${headers[header]} changed`;
      };
      await refused(ask(sdkClient(gateway, { change })), 'InvalidSignatureException', mismatch);
    });
  }

  it('a body that was left out of the signature', async () => {
    const path = `/model/${model}/converse`;
    assert.equal((await sendSignedByHand(gateway, path)).status, 200);
    const unsigned = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
    const { status, text } = await sendSignedByHand(gateway, path, unsigned);
    assert.equal(status, 403);
    assert.match((JSON.parse(text) as { message: string }).message, mismatch);
  });

  it('a signed header that is gone', async () => {
    const change = ({ headers }: Outgoing) => delete headers['amz-sdk-request'];
    await refused(ask(sdkClient(gateway, { change })), 'InvalidSignatureException', mismatch);
  });

  it('an x-amz-* header added after signing', async () => {
    const extra = { 'x-amz-more': '1' };
    await refused(
      ask(sdkClient(gateway, { extra })),
      'InvalidSignatureException',
      /'x-amz-more' must be a 'SignedHeader'/,
    );
  });

  it('a clock ten minutes slow', async () => {
    now = Date.UTC(2026, 10, 22, 10, 10);
    const client = sdkClient(gateway, { systemClockOffset: now - 10 * 60_000 - Date.now() });
    const { message } = await refused(ask(client), 'InvalidSignatureException', /^Signature expired/);
    assert.match(
      message,
      /^Signature expired: 20261122T10000\dZ is now earlier than 20261122T100500Z \(20261122T101000Z - 5 min\.\)$/,
    );
  });

  it('a clock ten minutes fast', async () => {
    const client = sdkClient(gateway, { systemClockOffset: 10 * 60_000 });
    await refused(ask(client), 'InvalidSignatureException', /^Signature not yet current: .* \+ 5 min\.\)$/);
  });

  it('but not a clock four minutes off', async () => {
    await ask(sdkClient(gateway, { systemClockOffset: -4 * 60_000 }));
    await ask(sdkClient(gateway, { systemClockOffset: 4 * 60_000 }));
  });

  it("the SDK's endpoint option pointed at the gateway", async () => {
    await refused(ask(plainClient({ endpoint: gateway.url })), 'InvalidSignatureException', mismatch);
    assert.equal(gateway.log[0]!.model, model, 'the right address, signed for itself');
  });

  it("the SDK's config.endpoint changed afterwards", async () => {
    // Without an endpoint of its own to begin with, today's SDK does not look at the changed one at all.
    const client = plainClient({ endpoint: 'http://127.0.0.1:1' });
    const { hostname, port, pathname } = new URL(gateway.url);
    client.config.endpoint = () =>
      Promise.resolve({ protocol: 'http:', hostname, port: Number(port), path: `${pathname}/`, query: {} });
    await refused(ask(client), 'InvalidSignatureException', mismatch);
  });

  it('no authorization', async () => {
    const { status, headers, text } = await sendUnsigned(gateway);
    assert.equal(status, 403);
    assert.equal(headers['x-amzn-errortype'], 'MissingAuthenticationTokenException');
    assert.deepEqual(JSON.parse(text), { message: 'Missing Authentication Token' });
  });

  it('an authorization that is none', async () => {
    const { headers } = await sendUnsigned(gateway, {
      headers: { authorization: 'AWS4-HMAC-SHA256 nonsense' },
    });
    assert.equal(headers['x-amzn-errortype'], 'IncompleteSignatureException');
  });

  it('and echoes the canonical strings as AWS does', async () => {
    const credentials = { ...standInKeys, secretAccessKey: 'wrong' };
    const { message } = await failureOf(ask(sdkClient(gateway, { credentials })));
    const canonical = `POST\n/model/${encodeURIComponent(encodeURIComponent(model))}/converse\n\n`;
    assert.ok(message.includes(`The Canonical String for this request should have been\n'${canonical}`));
    assert.match(message, /\nhost:bedrock-runtime\.us-east-1\.amazonaws\.com\n/);
    assert.match(
      message,
      /The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n\d{8}T\d{6}Z\n.*bedrock\/aws4_request\n[0-9a-f]{64}'\n$/,
    );
  });

  it('an unknown Bedrock API key', async () => {
    const client = sdkClient(gateway, { token: { token: 'x' }, authSchemePreference: ['httpBearerAuth'] });
    await refused(ask(client), 'AccessDeniedException', /API Key/);
  });

  it('a Bedrock API key in another region than its own, or past its time', async () => {
    const now = Date.now();
    const key = 'bedrock-api-key-c2hvcnQ';
    const apiKeys = [{ key, region: 'eu-west-1', expiration: now + 1000 }];
    let time = now;
    const other = await startGateway({ pace: 0, apiKeys, clock: () => time });
    const bearer = { token: { token: key }, authSchemePreference: ['httpBearerAuth'] };
    const own = { ...bearer, region: 'eu-west-1', url: other.urlFor('eu-west-1') };
    try {
      await ask(sdkClient(other, own));
      await refused(ask(sdkClient(other, bearer)), 'AccessDeniedException', /API Key is valid/);
      time = now + 1001;
      await refused(ask(sdkClient(other, own)), 'AccessDeniedException', /^Bearer Token has expired$/);
    } finally {
      await other.close();
    }
  });

  it('a Bedrock API key beside what is left of a signature', async () => {
    const other = await startGateway({ pace: 0, apiKeys: [standInApiKey] });
    try {
      for (const left of ['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256']) {
        const headers = { authorization: `Bearer ${standInApiKey}`, [left]: 'x' };
        const { status, text } = await sendUnsigned(other, { headers });
        assert.equal(status, 403);
        assert.match(text, new RegExp(`"Message":".*${left}`));
      }
      const headers = { authorization: `Bearer ${standInApiKey}` };
      assert.equal((await sendUnsigned(other, { headers })).status, 200);
    } finally {
      await other.close();
    }
  });
});

describe('the stand-in gateway refuses temporary credentials', () => {
  const temporary = { accessKeyId: 'ASIASTANDINEXAMPLE00', secretAccessKey: 'x', sessionToken: 'session' };
  const cases = [
    {
      say: 'with a wrong token',
      given: { ...temporary, sessionToken: 'other' },
      name: 'UnrecognizedClientException',
    },
    {
      say: 'without their token',
      given: { accessKeyId: temporary.accessKeyId, secretAccessKey: 'x' },
      name: 'UnrecognizedClientException',
    },
    { say: 'that have expired', given: temporary, expiration: 1, name: 'ExpiredTokenException' },
  ];
  for (const { say, given, expiration, name } of cases) {
    it(say, async () => {
      const known = { ...temporary, ...(expiration !== undefined && { expiration }) };
      const gateway = await startGateway({ credentials: [known] });
      try {
        assert.equal((await failureOf(ask(sdkClient(gateway, { credentials: given })))).name, name);
      } finally {
        await gateway.close();
      }
    });
  }
});

describe('the stand-in gateway itself refuses', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({
      token: standInToken,
      storedKeys: ['', 'production'],
      regions: ['us-east-1'],
    });
  });
  after(() => gateway.close());
  const token = { 'cf-aig-authorization': `Bearer ${standInToken}` };
  const rest = `aws-bedrock/bedrock-runtime/us-east-1/model/${encodeURIComponent(model)}/converse`;

  async function refused(path: string, headers: Record<string, string>, status: number, code: number) {
    const answer = await send(gateway.root, path, headers);
    const body = JSON.parse(answer.text) as Record<string, unknown>;
    assert.equal(answer.status, status);
    assert.deepEqual(body, {
      success: false,
      result: [],
      messages: [],
      error: [{ code, message: body['message'] }],
      name: 'AiGatewayError',
      httpCode: status,
      internalCode: code,
      message: body['message'],
    });
    assert.equal(gateway.log.at(-1)!.error, String(code));
  }

  it('an unknown gateway or account', async () => {
    await refused(`/v1/0123456789abcdef0123456789abcdef/other/${rest}`, token, 400, 2001);
    await refused(`/v1/other/stand-in/${rest}`, token, 400, 2001);
  });
  it('an unknown provider', () => refused(`${new URL(gateway.base).pathname}/acme/x`, token, 400, 2008));
  it('a missing and a wrong token', async () => {
    const path = `${new URL(gateway.base).pathname}/${rest}`;
    await refused(path, {}, 401, 2009);
    await refused(path, { 'cf-aig-authorization': 'Bearer wrong' }, 401, 2009);
  });
  it('an alias under which no key is stored', async () => {
    const path = `${new URL(gateway.base).pathname}/${rest}`;
    await refused(path, { ...token, 'cf-aig-byok-alias': 'nobody' }, 400, 2040);
  });
  it('a region that does not exist', async () => {
    const { status } = await send(gateway.root, `/${rest.replace('us-east-1', 'mars-north-1')}`, token);
    assert.equal(status, 530);
  });
  it('stored keys beside AWS headers: then AWS checks those', async () => {
    const { status } = await sendUnsigned(gateway, {
      headers: { ...token, 'x-amz-date': '20261122T100000Z' },
    });
    assert.equal(status, 403);
  });
  it('to be set up with stored keys and no token', () =>
    assert.rejects(startGateway({ storedKeys: [''] }), /need a gateway token/));
});
