import assert from 'node:assert/strict';
import { NotSignedForAws, awsHost, readdress } from '../../../../src/core/gateway/readdress';
import { frozen } from '../../../../src/core/model/request';
import {
  addressOf,
  arn,
  asked,
  closeGatewaysAfterEach,
  openGateway,
  profile,
  sonnet,
  withColon,
} from '../../asking';

const region = 'us-east-1';
const to = addressOf('https://gateway.ai.cloudflare.com/v1/a/g');
const signedFor = (hostname: string, path = '/model/x/converse') =>
  frozen({ protocol: 'https:', hostname, port: undefined, path });

describe('re-addressing', () => {
  it('puts the gateway before the signed path', () => {
    assert.deepEqual(readdress(signedFor(awsHost(region)), to, region), {
      protocol: 'https:',
      hostname: 'gateway.ai.cloudflare.com',
      port: undefined,
      path: '/v1/a/g/aws-bedrock/bedrock-runtime/us-east-1/model/x/converse',
    });
  });

  it('keeps protocol and port of the gateway, and writes none of AWS', () => {
    const local = addressOf('http://[::1]:8787');
    const signed = { ...signedFor(awsHost(region)), port: 443 };
    assert.deepEqual(readdress(signed, local, region), {
      protocol: 'http:',
      hostname: '::1',
      port: 8787,
      path: '/aws-bedrock/bedrock-runtime/us-east-1/model/x/converse',
    });
  });

  it('leaves the signed path as it is, byte for byte', () => {
    const paths = [
      '/',
      '/model/a%3Ab%2Fc/converse',
      '/model/a:b/x',
      '/%25%2e%2E//..',
      "/!'()*~",
      '/a%20b+c',
      '/$&',
    ];
    for (const path of paths) {
      const readdressed = readdress(signedFor(awsHost(region), path), to, region);
      assert.equal(readdressed.path, `/v1/a/g/aws-bedrock/bedrock-runtime/us-east-1${path}`);
    }
  });

  it('does nothing to what it is given: twice gives the same', () => {
    const signed = signedFor(awsHost(region));
    assert.deepEqual(readdress(signed, frozen(to), region), readdress(signed, to, region));
  });

  for (const host of [
    'gateway.ai.cloudflare.com',
    'bedrock-runtime.us-east-2.amazonaws.com',
    'bedrock-runtime-fips.us-east-1.amazonaws.com',
    'bedrock-runtime.us-east-1.api.aws',
    'bedrock-runtime.us-east-1.amazonaws.com.evil.com',
    'bedrock.us-east-1.amazonaws.com',
    'localhost',
    '',
  ]) {
    it(`refuses what was signed for ${host || 'nobody'}`, () => {
      assert.throws(
        () => readdress(signedFor(host), to, region),
        (error) => error instanceof NotSignedForAws && error.hostname === host,
      );
    });
  }
});

describe('the path on the wire', () => {
  closeGatewaysAfterEach();

  for (const model of [sonnet, withColon, profile, arn]) {
    it(`is the one that was signed, for ${model}`, async () => {
      const gateway = await openGateway();
      await asked(gateway, { model, region: 'eu-central-1' });
      const [entry] = gateway.log;
      const signed = `/model/${encodeURIComponent(model)}/converse-stream`;
      const prefix = `${new URL(gateway.base).pathname}/aws-bedrock/bedrock-runtime/eu-central-1`;
      assert.equal(entry!.url, prefix + signed);
      assert.equal(entry!.seenByAws!.path, signed);
      assert.equal(entry!.signature, 'accepted');
      assert.equal(entry!.headers['host'], new URL(gateway.root).host);
    });
  }
});
