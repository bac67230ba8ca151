// How long credentials last: one sign-in for many prompts, new ones in time, and Stop at every moment.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CredentialCache } from '../../../src/aws/credentialCache';
import { issued } from '../../aws/aws';
import { until } from '../../limits';
import { closeGatewaysAfterEach, kindOf } from '../asking';
import { never } from '../core/closing';
import { manualClock } from '../manualClock';
import { type Scene, closeScenesAfterEach, keysIn, keysOfAnn, openScene, signerOf } from './scene';

const roleArn = 'arn:aws:iam::111122223333:role/Developer';
const serial = 'arn:aws:iam::111122223333:mfa/ann';
const config = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nmfa_serial = ${serial}\nservices = local\n`;
const roles = [{ arn: roleArn, mfa: { serial, code: '123456' } }];
const world = { config, credentials: keysIn('base'), aws: { roles } };

describe('credentials of a profile', () => {
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  it('are asked for once for several prompts at a time', async () => {
    const scene = await openScene(world);
    let give!: (code: string) => void;
    scene.answer = () => new Promise((resolve) => (give = resolve));
    const prompts = [1, 2, 3].map(() => scene.ask('dev'));
    await until(() => scene.codes.length > 0, 'a code is asked for');
    await wait(50);
    give('123456');
    assert.deepEqual(
      (await Promise.all(prompts)).map(({ reply }) => kindOf(reply)),
      ['done', 'done', 'done'],
    );
    assert.deepEqual([scene.codes.length, scene.aws.requests.length], [1, 1]);
  });

  /** Prompts one after another, each answered by credentials that last so long if it brings new ones. */
  async function assertSigners(scene: Scene, prompts: readonly (readonly [number, number])[]): Promise<void> {
    for (const [lifetime, signer] of prompts) {
      scene.aws.options.lifetime = lifetime;
      assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
      assert.equal(signerOf(scene.gateway.log.at(-1)!), issued(signer).accessKeyId);
    }
  }
  const withoutMfa = {
    ...world,
    config: config.replace(/mfa_serial.*\n/, ''),
    aws: { roles: [{ arn: roleArn }] },
  };
  const minute = 60_000;

  it('are obtained anew five minutes before they expire, and not before', async () => {
    await assertSigners(await openScene(withoutMfa), [
      [4 * minute, 1],
      [6 * minute, 2],
      [6 * minute, 2],
    ]);
  });

  it('that took a code are used up: nobody is asked for the next one while they are good', async () => {
    const scene = await openScene(world);
    await assertSigners(scene, [
      [minute, 1],
      [minute, 1],
    ]);
    assert.equal(scene.codes.length, 1);
    scene.profiles.forget(issued(1));
    await assertSigners(scene, [
      [minute / 3, 2],
      [minute, 3],
    ]);
    assert.equal(scene.codes.length, 3);
  });

  it('are not used when the box is left, though they are good for a moment yet', async () => {
    const scene = await openScene(world);
    await assertSigners(scene, [[minute / 3, 1]]);
    scene.answer = () => Promise.resolve(undefined);
    assert.equal(kindOf((await scene.ask('dev')).reply), 'mfaCancelled');
    assert.equal(scene.gateway.log.length, 1);
  });

  it('that are good for some minutes yet do, when new ones are not to be had', async () => {
    const scene = await openScene(withoutMfa);
    await assertSigners(scene, [[4 * minute, 1]]);
    scene.aws.override = () => 'reset';
    await assertSigners(scene, [[4 * minute, 1]]);
    assert.match(scene.log.join('\n'), /profile dev: not refreshed \(credentialsUnreachable\)/);
  });

  it('are obtained anew when the files say something else, and for no other profile’s sake', async () => {
    const scene = await openScene(world);
    await scene.ask('dev');
    await scene.home.write('.aws/credentials', keysIn('base') + keysIn('other'));
    await scene.ask('dev');
    assert.equal(scene.codes.length, 1);
    await scene.home.write(
      '.aws/config',
      `${config}external_id = x\n[services local]\nsts =\n  endpoint_url = ${scene.aws.url}\n`,
    );
    scene.aws.options.roles = [{ ...roles[0]!, externalId: 'x' }];
    await scene.ask('dev');
    assert.equal(scene.codes.length, 2);
  });

  it('that have expired at AWS are dropped, and the prompt is sent once more', async () => {
    const expired = { ...issued(1), expiration: Date.now() - 1000 };
    const scene = await openScene({ ...world, gateway: { credentials: [expired, issued(2), issued(3)] } });
    const { reply } = await scene.ask('dev');
    assert.equal(kindOf(reply), 'done');
    assert.deepEqual([reply.attempts, reply.retriedBecause], [2, 'credentialsRefreshed']);
    assert.deepEqual(scene.gateway.log.map(signerOf), [issued(1).accessKeyId, issued(2).accessKeyId]);
  });

  it('that keep expiring are not asked for without end', async () => {
    const expired = [1, 2, 3].map((number) => ({ ...issued(number), expiration: Date.now() - 1000 }));
    const scene = await openScene({ ...world, gateway: { credentials: expired } });
    const { reply } = await scene.ask('dev');
    assert.equal(kindOf(reply), 'awsSessionExpired');
    assert.equal(reply.attempts, 2);
  });

  it('that AWS does not know are dropped, so that sending again takes new ones', async () => {
    const scene = await openScene({ ...world, gateway: { credentials: [issued(2)] } });
    assert.equal(kindOf((await scene.ask('dev')).reply), 'awsKeyUnknown');
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
  });

  it('are no longer waited for when the prompt is stopped, and the box is closed', async () => {
    const scene = await openScene(world);
    scene.answer = () => never;
    const stopping = new AbortController();
    const prompt = scene.ask('dev', { signal: stopping.signal, ports: { clock: manualClock() } });
    await until(() => scene.codes.length > 0, 'a code is asked for');
    stopping.abort();
    assert.equal(kindOf((await prompt).reply), 'stopped');
    assert.ok(scene.codes[0]!.signal.aborted);
    scene.answer = () => Promise.resolve('123456');
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
  });

  it('are still waited for by another prompt when one is stopped', async () => {
    const scene = await openScene(world);
    let give!: (code: string) => void;
    scene.answer = () => new Promise((resolve) => (give = resolve));
    const stopping = new AbortController();
    // Whether the second waits already when it is stopped, or not yet, the first does.
    const first = scene.ask('dev');
    await until(() => scene.codes.length > 0, 'a code is asked for');
    const second = scene.ask('dev', { signal: stopping.signal });
    await wait(50);
    stopping.abort();
    assert.equal(kindOf((await second).reply), 'stopped');
    assert.equal(scene.codes[0]!.signal.aborted, false);
    give('123456');
    assert.equal(kindOf((await first).reply), 'done');
  });

  it('are still waited for by another when the one that asked for them first is stopped', async () => {
    const obtained = { credentials: keysOfAnn, revision: '' };
    let give!: () => void;
    let box: AbortSignal | undefined;
    const obtain = (signal: AbortSignal) => {
      box = signal;
      return new Promise<typeof obtained>((resolve) => (give = () => resolve(obtained)));
    };
    const wanted = { key: 'dev', revision: '', refreshAheadMs: 0, resolve: obtain, useStaleOn: () => false };
    const remembered = new CredentialCache();
    const stopping = [new AbortController(), new AbortController()] as const;
    const [first, second] = stopping.map(({ signal }) => remembered.get(wanted, signal));
    stopping[0].abort();
    await assert.rejects(first!, /aborted/);
    assert.equal(box?.aborted, false);
    give();
    assert.equal(await second, keysOfAnn);
  });

  it('end their program, and what it started, when the prompt is stopped', async () => {
    const scene = await openScene();
    const beat = path.join(scene.home.folder, 'beat');
    const script = await scene.home.write(
      'slow.js',
      `setInterval(() => require('fs').writeFileSync(${JSON.stringify(beat)}, String(Date.now())), 20)`,
    );
    await scene.home.write(
      '.aws/config',
      `[profile dev]\ncredential_process = "${process.execPath}" "${script}" | cat\n`,
    );
    const stopping = new AbortController();
    const prompt = scene.ask('dev', { signal: stopping.signal, ports: { clock: manualClock() } });
    await until(() => existsSync(beat), 'the program runs');
    stopping.abort();
    assert.equal(kindOf((await prompt).reply), 'stopped');
    const { statSync } = await import('node:fs');
    const isQuiet = async () => {
      const last = statSync(beat).mtimeMs;
      await wait(500);
      return statSync(beat).mtimeMs === last;
    };
    await until(isQuiet, 'the program has ended');
  });

  it('close their connection when the prompt is stopped', async () => {
    const scene = await openScene(world);
    scene.aws.override = () => never;
    const stopping = new AbortController();
    const prompt = scene.ask('dev', { signal: stopping.signal, ports: { clock: manualClock() } });
    await until(() => scene.aws.requests.length > 0, 'AWS is asked');
    stopping.abort();
    assert.equal(kindOf((await prompt).reply), 'stopped');
    await scene.aws.disconnected();
  });

  it('of SSO are asked for at AWS’s own address, whatever the environment says', async () => {
    const scene = await openScene({
      config: `[profile dev]\nsso_start_url = https://corp\nsso_region = nowhere-1\nsso_account_id = 1\nsso_role_name = Developer\n`,
    });
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await scene.home.signIn('https://corp', { accessToken: 'token-of-ann', expiresAt });
    process.env['AWS_ENDPOINT_URL'] = scene.aws.url;
    process.env['AWS_ENDPOINT_URL_SSO'] = scene.aws.url;
    const { outcome } = (await scene.ask('dev')).reply;
    assert.ok(outcome?.kind === 'failed');
    assert.equal(outcome.failure.details.host, 'portal.sso.nowhere-1.amazonaws.com');
    assert.equal(scene.aws.requests.length, 0);
  });

  for (const [name, value] of Object.entries({
    AWS_PROFILE: 'other',
    AWS_ACCESS_KEY_ID: 'AKIAHOSTILE',
    AWS_SECRET_ACCESS_KEY: 'hostile',
    AWS_SESSION_TOKEN: 'hostile',
    AWS_BEARER_TOKEN_BEDROCK: 'hostile',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9',
    AWS_REGION: 'eu-north-1',
    AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/Hostile',
    AWS_ROLE_SESSION_NAME: 'hostile',
    AWS_WEB_IDENTITY_TOKEN_FILE: '/hostile',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_MAX_ATTEMPTS: '9',
    AWS_SDK_UA_APP_ID: 'hostile',
  }))
    it(`are the same whatever ${name} says`, async () => {
      const scene = await openScene({
        ...world,
        credentials: keysIn('base') + keysIn('other', { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' }),
      });
      process.env[name] = value;
      assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
      const [{ form, headers }] = scene.aws.requests as [(typeof scene.aws.requests)[0]];
      assert.equal(form['RoleArn'], roleArn);
      assert.match(form['RoleSessionName'] ?? '', /^bedrock-gateway-/);
      assert.match(headers.authorization ?? '', /us-east-1\/sts/);
      assert.doesNotMatch(JSON.stringify(headers), /hostile/i);
      assert.equal(process.env[name], value);
    });
});
