// A sign-in of SSO is refreshed by several at a time: prompts, profiles, windows, the AWS CLI, and each refresh
// token is good for once. Whoever comes second loses nothing, and nothing is lost.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { chmod, lstat, readFile, readdir, rename, stat, symlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { json } from '../../aws/aws';
import { until } from '../../limits';
import { closeGatewaysAfterEach, kindOf } from '../asking';
import { type Scene, closeScenesAfterEach, openScene } from './scene';

const sso = { token: 'token-of-ann', account: '111122223333', role: 'Developer' };
const ssoRole = `sso_account_id = ${sso.account}\nsso_role_name = ${sso.role}\nservices = local\n`;
const startUrl = 'https://corp.awsapps.com/start';
const session = `[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = ${startUrl}\n`;
const config = `[profile dev]\nsso_session = corp\n${ssoRole}[profile ops]\nsso_session = corp\n${ssoRole}${session}`;

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const expired = {
  accessToken: 'old',
  expiresAt: inMinutes(-1),
  clientId: 'client',
  clientSecret: 'client-secret',
  refreshToken: 'again',
};

const refreshesOf = ({ aws }: Scene) => aws.requests.filter(({ service }) => service === 'oidc').length;
const held = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Partial<typeof expired>;

describe('the refresh of a sign-in of SSO', () => {
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  async function openSignedIn(token: object = expired): Promise<{ scene: Scene; file: string }> {
    const scene = await openScene({ config, aws: { sso, refreshTokens: ['again'] } });
    return { scene, file: await scene.home.signIn('corp', token) };
  }

  /** Holds the answers of the OIDC service back until it is called. */
  function holdRefreshes(scene: Scene, answer?: ReturnType<typeof json>): () => void {
    let go!: () => void;
    const gone = new Promise<void>((resolve) => (go = resolve));
    const held = async () => {
      await gone;
      return answer;
    };
    scene.aws.override = ({ service }) => (service === 'oidc' ? held() : undefined);
    return go;
  }

  async function stoppedInRefresh(scene: Scene): Promise<void> {
    const stopping = new AbortController();
    const prompt = scene.ask('dev', { signal: stopping.signal });
    await until(() => refreshesOf(scene) > 0, 'a refresh has begun');
    stopping.abort();
    assert.equal(kindOf((await prompt).reply), 'stopped');
  }

  it('is kept though the prompt that it was for is stopped', async () => {
    const { scene, file } = await openSignedIn();
    const answer = holdRefreshes(scene);
    await stoppedInRefresh(scene);
    answer();
    await until(async () => (await held(file)).refreshToken === 'again-next', 'the refresh is over');
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
    assert.equal(refreshesOf(scene), 1);
  });

  it('that failed for a prompt that was stopped is tried anew by the next', async () => {
    const { scene } = await openSignedIn();
    const answer = holdRefreshes(scene, json(503, { message: 'busy' }));
    await stoppedInRefresh(scene);
    const prompt = scene.ask('dev');
    await wait(50);
    answer();
    await until(() => refreshesOf(scene) > 1, 'another refresh has begun');
    scene.aws.override = undefined;
    assert.equal(kindOf((await prompt).reply), 'done');
  });

  it('is asked for once for two profiles', async () => {
    const { scene } = await openSignedIn();
    const answer = holdRefreshes(scene);
    const prompts = [scene.ask('dev'), scene.ask('ops')];
    await until(() => refreshesOf(scene) > 0, 'a refresh has begun');
    await wait(50);
    answer();
    for (const prompt of prompts) assert.equal(kindOf((await prompt).reply), 'done');
    assert.equal(refreshesOf(scene), 1);
  });

  it('that came second takes the token that the first is about to write', async () => {
    const { scene, file } = await openSignedIn();
    scene.aws.options.refreshTokens = [];
    const theirs = { ...expired, accessToken: sso.token, expiresAt: inMinutes(60), refreshToken: 'theirs' };
    scene.aws.override = ({ service }) => {
      if (service === 'oidc') setTimeout(() => writeFileSync(file, JSON.stringify(theirs)), 300);
      return undefined;
    };
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
    assert.deepEqual(await held(file), theirs);
  });

  for (const [what, change] of [
    ['a sign-in', { clientId: 'other', refreshToken: 'other' }],
    ['a refresh of the AWS CLI’s that keeps the refresh token', {}],
  ] as const)
    it(`does not undo ${what} meanwhile`, async () => {
      const { scene, file } = await openSignedIn();
      const theirs = { ...expired, accessToken: sso.token, expiresAt: inMinutes(60), ...change };
      scene.aws.override = ({ service }) => {
        if (service !== 'oidc') return undefined;
        writeFileSync(file, JSON.stringify(theirs));
        return json(200, { accessToken: 'stale', expiresIn: 3600, refreshToken: 'stale' });
      };
      assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
      assert.deepEqual(await held(file), theirs);
    });

  it('does not undo a sign-out meanwhile', async () => {
    const { scene, file } = await openSignedIn();
    const answer = holdRefreshes(scene);
    const prompt = scene.ask('dev');
    await until(() => refreshesOf(scene) > 0, 'a refresh has begun');
    await rename(file, `${file}.gone`);
    answer();
    await prompt;
    await assert.rejects(stat(file), { code: 'ENOENT' });
  });

  it('replaces the file as a whole, for its owner only, and a link’s target', async () => {
    const { scene, file } = await openSignedIn();
    const target = path.join(scene.home.folder, 'token.json');
    await rename(file, target);
    await chmod(target, 0o644);
    await symlink(target, file);
    const { ino } = await stat(target);
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
    const after = await stat(target);
    assert.equal((await held(target)).refreshToken, 'again-next');
    assert.notEqual(after.ino, ino);
    assert.equal(after.mode & 0o777, 0o600);
    assert.ok((await lstat(file)).isSymbolicLink());
    assert.deepEqual(await readdir(path.dirname(file)), [path.basename(file)]);
    assert.deepEqual((await readdir(scene.home.folder)).sort(), ['.aws', 'token.json']);
  });

  it('keeps the refresh token where AWS gives no other', async () => {
    const { scene, file } = await openSignedIn();
    scene.aws.override = ({ service }) =>
      service === 'oidc' ? json(200, { accessToken: sso.token, expiresIn: 3600 }) : undefined;
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
    assert.equal((await held(file)).refreshToken, 'again');
  });

  it('comes five minutes before it expires; until then the old one does when it fails', async () => {
    const { scene } = await openSignedIn({ ...expired, accessToken: sso.token, expiresAt: inMinutes(2) });
    scene.aws.options.refreshTokens = [];
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
    assert.equal(refreshesOf(scene), 1);
  });

  it('is none in the older form, whose token is used up', async () => {
    const scene = await openScene({
      config: `[profile dev]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n${ssoRole}`,
      aws: { sso },
    });
    await scene.home.signIn(startUrl, { accessToken: sso.token, expiresAt: inMinutes(2) });
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
    assert.equal(refreshesOf(scene), 0);
  });
});
