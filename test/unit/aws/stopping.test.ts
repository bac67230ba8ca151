// Stop, at whatever is waited for that never comes: a service that is silent, a drive that is gone, a box that is not
// answered. Here at the profiles themselves: whoever asks them stops waiting as well.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serialize } from '../../../src/util/serialize';
import { until } from '../../limits';
import { closeGatewaysAfterEach, kindOf } from '../asking';
import { openServer } from '../core/rawServer';
import { type Scene, closeScenesAfterEach, keysIn, openScene } from './scene';

const roleArn = 'arn:aws:iam::111122223333:role/Developer';
const serial = 'arn:aws:iam::111122223333:mfa/ann';
const role = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nservices = local\n`;
const sso =
  '[profile dev]\nsso_start_url = https://corp\nsso_region = x\nsso_account_id = 1\nsso_role_name = r\nservices = local\n';
const webIdentity = `[profile dev]\nrole_arn = ${roleArn}\nweb_identity_token_file = ~/token\nservices = local\n`;
const container = `[profile dev]\nrole_arn = ${roleArn}\ncredential_source = EcsContainer\nservices = local\n`;
const signInFile = `.aws/sso/cache/${createHash('sha1').update('https://corp').digest('hex')}.json`;

describe('profiles that are stopped', () => {
  const gone: string[] = [];
  afterEach(async () => {
    // Whoever reads one goes on, so that this process can end.
    for (const file of gone.splice(0)) {
      const end = await open(file, 'r+');
      await rm(file);
      await end.close();
    }
  });
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  /** A file that never answers, as on a drive that is gone. */
  async function neverRead(scene: Scene, file: string): Promise<void> {
    const whole = path.join(scene.home.folder, file);
    await mkdir(path.dirname(whole), { recursive: true });
    await rm(whole, { force: true });
    execFileSync('mkfifo', [whole]);
    gone.push(whole);
  }

  const use = { profile: 'dev', region: 'us-east-1' };

  /** Stops once `begun` holds, and no sooner; whoever waits is let go. */
  async function assertLetGo(scene: Scene, begun: () => boolean): Promise<void> {
    const stopping = new AbortController();
    const asked = scene.profiles.credentials(use, stopping.signal);
    asked.catch(() => undefined);
    await until(begun, 'it has begun');
    stopping.abort();
    await assert.rejects(asked, /aborted/);
  }

  const world = { config: role, credentials: keysIn('base') };
  for (const [what, config] of Object.entries({ role, webIdentity, sso }))
    it(`wait no longer for a service that is silent: ${what}`, async () => {
      const scene = await openScene({ config, credentials: keysIn('base') });
      await scene.home.write('token', 'token');
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      await scene.home.signIn('https://corp', { accessToken: 'token', expiresAt });
      scene.aws.override = () => new Promise<never>(() => undefined);
      await assertLetGo(scene, () => scene.aws.requests.length > 0);
    });

  it('wait no longer for a container that is silent', async () => {
    const scene = await openScene({ config: container });
    const silent = await openServer('', 'stay');
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = silent.url;
    await assertLetGo(scene, () => silent.received.length > 0);
    await silent.close();
  });

  for (const [file, config] of [
    ['.aws/config', role],
    ['.aws/credentials', role],
    ['token', webIdentity],
    [signInFile, sso],
  ] as const)
    it(`wait no longer for a file that never comes: ${path.basename(file).slice(0, 12)}`, async () => {
      const scene = await openScene({ config });
      await neverRead(scene, file);
      const at = Date.now();
      await assertLetGo(scene, () => Date.now() - at > 50);
    });

  it('wait no longer for a code', async () => {
    const scene = await openScene({
      ...world,
      config: role.replace('services', `mfa_serial = ${serial}\nservices`),
    });
    scene.answer = () => new Promise(() => undefined);
    await assertLetGo(scene, () => scene.codes.length > 0);
  });

  it('begin nothing that was stopped before', async () => {
    const scene = await openScene(world);
    await assert.rejects(scene.profiles.credentials(use, AbortSignal.abort()), /aborted/);
    await wait(50);
    assert.equal(scene.aws.requests.length, 0);
  });

  for (const [service, config] of Object.entries({ STS: role, SSO: sso }))
    it(`name a service that switches protocols, which is no answer (${service})`, async () => {
      const server = await openServer(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
        'stay',
      );
      const scene = await openScene(world);
      const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
      await scene.home.write(signInFile, JSON.stringify({ accessToken: 'token', expiresAt }));
      const there = config.replace('services = local', `endpoint_url = ${server.url}`);
      await scene.home.write('.aws/config', there);
      assert.equal(kindOf((await scene.ask('dev')).reply), 'credentialsUnreachable');
      await server.close();
    });
});

describe('what is done in turn', () => {
  it('is done one after another, each with what it was given', async () => {
    const done: string[] = [];
    const action = serialize(async (name: string, ms: number) => {
      done.push(`${name} begins`);
      await wait(ms);
      done.push(`${name} ends`);
      return name;
    });
    assert.deepEqual(await Promise.all([action('a', 20), action('b', 0)]), ['a', 'b']);
    assert.deepEqual(done, ['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('is not kept from being done by one that failed, however it did', async () => {
    const action = serialize((how: 'throws' | 'rejects' | 'does'): Promise<string> => {
      if (how === 'throws') throw new Error('thrown');
      return how === 'rejects' ? Promise.reject(new Error('rejected')) : Promise.resolve('done');
    });
    const all = [action('does'), action('throws'), action('rejects'), action('does')];
    const ends = await Promise.allSettled(all);
    assert.deepEqual(
      ends.map(({ status }) => status),
      ['fulfilled', 'rejected', 'rejected', 'fulfilled'],
    );
  });
});
