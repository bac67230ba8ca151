import assert from 'node:assert/strict';
import type { Entry } from '../../../gateway';
import { standInApiKey, standInKeys } from '../../../gateway';
import { asked, closeGatewaysAfterEach, kindOf, openGateway, temporaryKeys, withColon } from '../../asking';
import { type RawServer, openServer } from '../rawServer';

/** What the signature says that it covers, and under which key and scope. */
function signature({ headers }: Entry) {
  const [, accessKeyId, scope, signedHeaders] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\S+), SignedHeaders=(\S+), Signature=[0-9a-f]{64}$/.exec(
      headers['authorization'] ?? '',
    ) ?? [];
  return { accessKeyId, scope, signedHeaders };
}

const always = ['host', 'connection', 'content-type', 'content-length', 'user-agent', 'cf-aig-authorization'];
const namesOf = ({ headers }: Entry) => Object.keys(headers).sort();

describe('signing', () => {
  closeGatewaysAfterEach();

  const ways = [
    { keys: standInKeys, signedHeaders: 'host;x-amz-date', added: ['authorization', 'x-amz-date'] },
    {
      keys: temporaryKeys,
      signedHeaders: 'host;x-amz-date;x-amz-security-token',
      added: ['authorization', 'x-amz-date', 'x-amz-security-token'],
    },
  ];
  for (const { keys, signedHeaders, added } of ways) {
    for (const stream of ['auto', 'off'] as const) {
      it(`covers exactly ${signedHeaders} (stream ${stream}), and an independent signer agrees`, async () => {
        const gateway = await openGateway();
        await asked(gateway, { keys, stream, region: 'eu-west-1', model: withColon });
        const [entry] = gateway.log;
        assert.equal(entry!.signature, 'accepted');
        const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
        const signed = signature(entry!);
        assert.equal(signed.signedHeaders, signedHeaders);
        assert.equal(signed.accessKeyId, keys.accessKeyId);
        assert.equal(signed.scope, `${day}/eu-west-1/bedrock/aws4_request`);
        assert.equal(
          entry!.headers['x-amz-security-token'],
          'sessionToken' in keys ? keys.sessionToken : undefined,
        );
        assert.deepEqual(namesOf(entry!), [...always, ...added, ...accept(entry!)].sort());
      });
    }
  }

  it('is left out for a Bedrock API key, which goes alone', async () => {
    const gateway = await openGateway();
    for (const stream of ['auto', 'off'] as const) {
      // Keys that are stored all the same are not even asked for.
      const { reply } = await asked(gateway, { authentication: 'apiKey', stream, keys: temporaryKeys });
      assert.equal(kindOf(reply), 'done');
    }
    for (const entry of gateway.log) {
      assert.equal(entry.authentication, 'apiKey');
      assert.equal(entry.headers['authorization'], `Bearer ${standInApiKey}`);
      assert.deepEqual(namesOf(entry), [...always, 'authorization', ...accept(entry)].sort());
      assert.doesNotMatch(JSON.stringify(entry.headers), /amz|aws|sigv4|STANDINEXAMPLE|session\+token/i);
    }
  });

  it('leaves no header of AWS or its SDK when the gateway authenticates', async () => {
    const gateway = await openGateway();
    for (const stream of ['auto', 'off'] as const) {
      // Keys that are stored all the same are not even asked for.
      const { reply } = await asked(gateway, { authentication: 'gateway', stream, keys: temporaryKeys });
      assert.equal(kindOf(reply), 'done');
    }
    for (const entry of gateway.log) {
      assert.equal(entry.authentication, 'storedKeys');
      assert.deepEqual(namesOf(entry), [...always, ...accept(entry)].sort());
      assert.doesNotMatch(JSON.stringify(entry.headers), /amz|aws|sigv4|STANDINEXAMPLE|session\+token/i);
    }
  });

  it('is named by our User-Agent alone', async () => {
    const gateway = await openGateway();
    for (const authentication of ['accessKeys', 'apiKey', 'gateway'] as const)
      await asked(gateway, { authentication });
    for (const { headers } of gateway.log) assert.equal(headers['user-agent'], 'bedrock-gateway/test');
  });

  it('does not mix two prompts that run at once with different keys', async () => {
    const gateway = await openGateway();
    let both!: () => void;
    const here = new Promise<void>((resolve) => (both = resolve));
    let arrived = 0;
    const hold = () => {
      if (++arrived === 2) both();
      return here;
    };
    const wanted = [
      { keys: standInKeys, model: 'model.one', region: 'us-east-1', token: 'stand-in-gateway-token' },
      { keys: temporaryKeys, model: 'model.two', region: 'eu-west-1', token: 'stand-in-gateway-token' },
    ];
    for (const { model } of wanted) gateway.script(model, { deltas: [model], hold });
    const replies = await Promise.all(wanted.map((asking) => asked(gateway, asking)));
    assert.deepEqual(
      replies.map(({ reply }) => reply.text),
      wanted.map(({ model }) => model),
    );
    for (const { keys, model, region } of wanted) {
      const entry = gateway.log.find((each) => each.model === model)!;
      assert.equal(signature(entry).accessKeyId, keys.accessKeyId);
      assert.match(signature(entry).scope!, new RegExp(`/${region}/`));
      assert.equal(
        entry.headers['x-amz-security-token'],
        'sessionToken' in keys ? keys.sessionToken : undefined,
      );
      assert.equal(entry.region, region);
    }
  });

  it('asks for keys and token anew at each prompt', async () => {
    const gateway = await openGateway();
    await asked(gateway, { keys: temporaryKeys });
    await asked(gateway, { keys: standInKeys });
    assert.deepEqual(
      gateway.log.map((entry) => signature(entry).accessKeyId),
      [temporaryKeys.accessKeyId, standInKeys.accessKeyId],
    );
    assert.equal(gateway.log[1]!.headers['x-amz-security-token'], undefined);
  });

  it('sends nothing without keys, and says what is missing', async () => {
    const gateway = await openGateway();
    for (const [authentication, stored] of [
      ['accessKeys', { keys: undefined }],
      ['apiKey', { apiKey: undefined }],
    ] as const) {
      const { reply } = await asked(gateway, { authentication, ...stored });
      assert.ok(reply.outcome?.kind === 'failed');
      assert.equal(reply.outcome.failure.kind, 'credentialsMissing');
      assert.equal(reply.outcome.failure.details.authentication, authentication);
    }
    assert.equal(gateway.log.length, 0);
  });
});

/** The SDK sends `accept` with some operations. */
const accept = ({ headers }: Entry) => ('accept' in headers ? ['accept'] : []);

describe('the request line', () => {
  let server: RawServer;
  beforeEach(async () => (server = await openServer('HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n')));
  afterEach(() => server.close());

  it('is HTTP/1.1, with one host', async () => {
    await asked(server);
    assert.equal(server.received.length, 3);
    for (const request of server.received) {
      assert.match(request, /^POST \/aws-bedrock\/bedrock-runtime\/us-east-1\/model\/[^ ]+ HTTP\/1\.1\r\n/);
      assert.match(request, new RegExp(`\r\nhost: ${new URL(server.url).host}\r\n`, 'i'));
      assert.equal(request.match(/^host:/gim)!.length, 1);
    }
  });
});
