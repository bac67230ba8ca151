// Deaf to the environment: what a shell, a CI or a ~/.aws happens to say changes nothing about a prompt.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Reply } from '../../../../src/core/model/reply';
import { standInApiKey, standInKeys } from '../../../gateway';
import { type Asking, closeGatewaysAfterEach, kindOf, openGateway, temporaryKeys } from '../../asking';
import type { Told } from './askInChild';
import { hostileEnvironment } from './hostileEnvironment';

const run = promisify(execFile);
const program = path.join(__dirname, 'askInChild.js');

const ways = {
  'access keys': { authentication: 'accessKeys', keys: standInKeys },
  'temporary access keys': { authentication: 'accessKeys', keys: temporaryKeys },
  'a Bedrock API key': { authentication: 'apiKey' },
  'keys stored in the gateway': { authentication: 'gateway' },
} as const satisfies Record<string, Asking>;

describe('with a hostile environment and ~/.aws, a prompt', () => {
  // Each starts a Node of its own, on a machine that may be busy.
  closeGatewaysAfterEach();
  let folder: string;
  let marker: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'hostile-'));
    marker = path.join(folder, 'marker');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function inChild(told: Told): Promise<Reply[]> {
    const env = { PATH: process.env['PATH'], ...hostileEnvironment(folder, marker) };
    const { stdout } = await run(process.execPath, [program, JSON.stringify(told)], { env });
    return JSON.parse(stdout) as Reply[];
  }

  for (const [way, how] of Object.entries(ways)) {
    it(`with ${way} goes where it would, as who it would, once`, async () => {
      const gateway = await openGateway();
      const askings = [how, { ...how, stream: 'off' as const }, { ...how, model: 'stand-in.internal' }];
      const replies = await inChild({ urls: [gateway.url], askings });
      assert.deepEqual(replies.map(kindOf), ['done', 'done', 'awsInternalError']);
      assert.equal(gateway.log.length, askings.length);
      for (const { url, headers, seenByAws, region, signature } of gateway.log) {
        assert.equal(region, 'us-east-1');
        assert.match(url, /\/aws-bedrock\/bedrock-runtime\/us-east-1\/model\//);
        assert.equal(seenByAws?.headers['host'], 'bedrock-runtime.us-east-1.amazonaws.com');
        assert.equal(headers['user-agent'], 'bedrock-gateway/test');
        assert.doesNotMatch(
          JSON.stringify(headers),
          /hostile|eu-north-1|bearer (?!stand-in-(gateway-token|bedrock-api-key))|trace/i,
        );
        if (how.authentication === 'gateway') {
          assert.ok(!('authorization' in headers) && !('x-amz-date' in headers));
          continue;
        }
        if (how.authentication === 'apiKey') {
          assert.equal(headers['authorization'], `Bearer ${standInApiKey}`);
          assert.ok(!('x-amz-date' in headers));
          continue;
        }
        assert.equal(signature, 'accepted');
        assert.match(
          headers['authorization']!,
          new RegExp(`Credential=${how.keys.accessKeyId}/\\d+/us-east-1/bedrock/`),
        );
        assert.equal(
          headers['x-amz-security-token'],
          'sessionToken' in how.keys ? how.keys.sessionToken : undefined,
        );
      }
      assert.ok(!existsSync(marker), 'a program that ~/.aws named was run');
    });
  }

  it('without keys is not sent with those that lie around', async () => {
    const gateway = await openGateway();
    // JSON drops what is undefined, so no keys are told as null.
    const askings = [{ keys: null as never }, { authentication: 'apiKey' as const, apiKey: null as never }];
    const replies = await inChild({ urls: [gateway.url], askings });
    assert.deepEqual(replies.map(kindOf), ['credentialsMissing', 'credentialsMissing']);
    assert.equal(gateway.log.length, 0);
    assert.ok(!existsSync(marker), 'a program that ~/.aws named was run');
  });
});
