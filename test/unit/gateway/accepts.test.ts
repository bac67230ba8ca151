import assert from 'node:assert/strict';
import { type Gateway, standInApiKey, standInToken, startGateway } from '../../gateway/index.js';
import { arn, ask, model, profile, sdkClient, sendSignedByHand, sendUnsigned, stream } from './clients.js';

describe('the stand-in gateway accepts', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ pace: 0, apiKeys: [standInApiKey] });
  });
  after(() => gateway.close());

  for (const modelId of [model, profile, arn, 'amazon.nova-lite-v1:0', 'no-colon.model']) {
    it(`what the SDK signs for ${modelId}, streaming`, async () => {
      const { text, stopReason } = await stream(sdkClient(gateway), modelId, 'Hello there');
      const entry = gateway.log.at(-1)!;
      assert.match(text, /^# Stand-in reply \(no AI model was asked\)/);
      assert.ok(text.includes(modelId));
      assert.equal(stopReason, 'end_turn');
      assert.equal(entry.signature, 'accepted');
      assert.equal(entry.model, modelId);
      assert.equal(entry.operation, 'converse-stream');
      assert.equal(entry.framesSent, entry.framesTotal);
      assert.ok(entry.url.endsWith(`/model/${encodeURIComponent(modelId)}/converse-stream`));
    });

    it(`and whole, for ${modelId}`, async () => {
      const { output, usage, stopReason } = await ask(sdkClient(gateway), modelId, 'Hello there');
      assert.match(output!.message!.content![0]!.text!, /Hello there/);
      assert.equal(usage!.totalTokens, usage!.inputTokens! + usage!.outputTokens!);
      assert.equal(stopReason, 'end_turn');
    });
  }

  it('the custom-domain form of the address', async () => {
    await ask(sdkClient(gateway, { url: `${gateway.root}/aws-bedrock/bedrock-runtime/us-east-1` }));
    assert.equal(gateway.log.at(-1)!.signature, 'accepted');
  });

  it('another region, signed for that region', async () => {
    await ask(sdkClient(gateway, { region: 'eu-west-1', url: gateway.urlFor('eu-west-1') }));
    assert.equal(gateway.log.at(-1)!.region, 'eu-west-1');
  });

  it('few signed headers and a literal colon, as hand-made samples send them', async () => {
    const { status } = await sendSignedByHand(gateway, `/model/${model}/converse`);
    assert.equal(status, 200);
    const { url, headers } = gateway.log.at(-1)!;
    assert.ok(url.includes(`/model/${model}/`), 'the colon went literally');
    assert.match(headers['authorization']!, /SignedHeaders=host;x-amz-content-sha256;x-amz-date,/);
  });

  it('a Bedrock API key', async () => {
    const key = { token: { token: standInApiKey }, authSchemePreference: ['httpBearerAuth'] };
    await ask(sdkClient(gateway, key));
    assert.equal(gateway.log.at(-1)!.authentication, 'apiKey');
    assert.equal(gateway.log.at(-1)!.headers['x-amz-date'], undefined);
  });

  it('temporary credentials with their session token', async () => {
    const temporary = { accessKeyId: 'ASIASTANDINEXAMPLE00', secretAccessKey: 'x', sessionToken: 'session' };
    const other = await startGateway({ credentials: [temporary] });
    try {
      await ask(sdkClient(other, { credentials: temporary }));
      assert.equal(other.log[0]!.signature, 'accepted');
    } finally {
      await other.close();
    }
  });

  it('a call without any AWS header, when keys are stored and the token is right', async () => {
    const other = await startGateway({
      token: standInToken,
      storedKeys: ['', 'production'],
      credentials: [],
    });
    const token = { 'cf-aig-authorization': `Bearer ${standInToken}` };
    try {
      assert.equal((await sendUnsigned(other, { headers: token })).status, 200);
      const named = { ...token, 'cf-aig-byok-alias': 'production' };
      assert.match(
        (await sendUnsigned(other, { headers: named })).text,
        /stored in the gateway as production/,
      );
      assert.equal(other.log[1]!.authentication, 'storedKeys');
    } finally {
      await other.close();
    }
  });
});
