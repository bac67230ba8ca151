// One profile that names several ways to credentials: the one that the AWS CLI uses is used, and what was passed over
// is said, with the file in which it stands.
import assert from 'node:assert/strict';
import { readFiles } from '../../../src/aws/files';
import { chainOf } from '../../../src/aws/profile';
import { findProfile } from '../../../src/aws/readProfile';
import { type Home, openHome } from '../../aws/home';
import { closeGatewaysAfterEach, kindOf } from '../asking';
import { closeScenesAfterEach, keysIn, keysOfAnn, openScene, signerOf } from './scene';
import { issued } from '../../aws/aws';

const roleArn = 'arn:aws:iam::111122223333:role/Developer';
const secret = 'aws_secret_access_key = a/b+c==\n';
const settings = {
  role: `role_arn = ${roleArn}\nsource_profile = base\n`,
  webIdentity: `role_arn = ${roleArn}\nweb_identity_token_file = ~/token\n`,
  sso: 'sso_account_id = 1\nsso_role_name = r\nsso_region = x\nsso_start_url = https://x\n',
  keys: `aws_access_key_id = AKIAINCONFIG\n${secret}`,
  login: 'login_session = ann\n',
  process: 'credential_process = x\n',
};
const inCredentials = `aws_access_key_id = AKIAINCREDENTIALS\n${secret}`;
type Way = keyof typeof settings;

describe('a profile of several ways', () => {
  let home: Home | undefined;
  const close = async () => {
    await home?.close();
    home = undefined;
  };
  afterEach(close);

  async function read(config: string, credentials = '') {
    home = await openHome({
      config: `[profile dev]\n${config}[profile base]\n${settings.keys}`,
      credentials: credentials && `[dev]\n${credentials}`,
    });
    return findProfile('dev', await readFiles())!;
  }

  // In botocore’s order, of its develop branch and of the AWS CLI 1.45: the first of two is used.
  const order: readonly (Way | 'keys in credentials')[] = [
    'role',
    'webIdentity',
    'sso',
    'keys in credentials',
    'login',
    'process',
    'keys',
  ];
  for (const [at, first] of order.entries())
    for (const second of order.slice(at + 1)) {
      // These two are one: the role is assumed by web identity.
      if (first === 'role' && second === 'webIdentity') continue;
      it(`uses ${first} before ${second}, whichever stands first`, async () => {
        const both = [first, second];
        const credentials = both.includes('keys in credentials') ? inCredentials : '';
        const texts = both.flatMap((way) => (way === 'keys in credentials' ? [] : [settings[way]]));
        for (const config of [texts.join(''), texts.toReversed().join('')]) {
          const used = await read(config, credentials);
          assert.equal(used.kind, first === 'keys in credentials' ? 'keys' : first);
          assert.equal(used.file, first === 'keys in credentials' ? 'credentials' : 'config');
          const passed =
            second === 'keys in credentials'
              ? { source: 'keys', file: 'credentials' }
              : { source: second, file: 'config' };
          assert.deepEqual(used.unusedSources, [passed]);
          await close();
        }
      });
    }

  it('names all that is passed over, in order, and those that stand in the credentials file', async () => {
    const { kind, unusedSources } = await read(
      settings.keys + settings.process + settings.role,
      inCredentials + settings.sso + settings.login,
    );
    assert.equal(kind, 'role');
    assert.deepEqual(
      unusedSources.map(({ source, file }) => `${source} in ${file}`),
      [
        'sso in credentials',
        'keys in credentials',
        'login in credentials',
        'process in config',
        'keys in config',
      ],
    );
  });

  it('uses keys where only a session is named, which may be there for another service', async () => {
    const { kind, unusedSources } = await read('sso_session = corp\n', inCredentials);
    assert.deepEqual([kind, unusedSources], ['keys', []]);
  });

  for (const [what, config, problem, subject] of [
    ['SSO of which a part is missing', 'sso_role_name = r\n', 'settingMissing', 'sso_account_id'],
    ['a role without a source', `role_arn = ${roleArn}\n`, 'roleWithoutSource', ''],
    ['a web identity without a role', 'web_identity_token_file = /x\n', 'settingMissing', 'role_arn'],
  ] as const)
    it(`goes on with nothing else after ${what}, but says that there is`, async () => {
      const used = await read(config, inCredentials);
      assert.ok(used.kind === 'incomplete');
      assert.deepEqual([used.problem, used.subject], [problem, subject]);
      assert.deepEqual(used.unusedSources, [{ source: 'keys', file: 'credentials' }]);
    });

  it('says that a secret is missing in the file of the ID', async () => {
    const used = await read(settings.keys, 'aws_access_key_id = AKIAX\naws_secret_access_key =\n');
    assert.ok(used.kind === 'incomplete');
    assert.deepEqual([used.subject, used.file], ['aws_secret_access_key', 'credentials']);
  });

  it('takes a secret from the other file, as SDKs do, but never the session token of other keys', async () => {
    const split = await read(`${secret}aws_session_token = t\n`, 'aws_access_key_id = AKIAX\n');
    assert.ok(split.kind === 'keys');
    assert.equal(split.sessionToken, 't');
    await close();
    const whole = await read(`${settings.keys}aws_session_token = t\n`, inCredentials);
    assert.ok(whole.kind === 'keys');
    assert.deepEqual([whole.accessKeyId, whole.sessionToken], ['AKIAINCREDENTIALS', undefined]);
  });

  it('takes the session token by the older of its names', async () => {
    const used = await read('', `${inCredentials}aws_security_token = t\n`);
    assert.ok(used.kind === 'keys');
    assert.equal(used.sessionToken, 't');
  });

  it('is a source by its keys before its own role, and by SSO before its keys', async () => {
    const config = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = src\n[profile src]\n${settings.role}`;
    home = await openHome({ config, credentials: `[src]\n${inCredentials}` });
    const [, byKeys] = chainOf(findProfile('dev', await readFiles())!);
    assert.equal(byKeys?.kind, 'keys');
    assert.deepEqual(byKeys.unusedSources, [{ source: 'role', file: 'config' }]);
    await close();
    home = await openHome({ config: config + settings.sso, credentials: `[src]\n${inCredentials}` });
    const [, bySso] = chainOf(findProfile('dev', await readFiles())!);
    assert.equal(bySso?.kind, 'sso');
  });

  it('that is its own source passes over nothing of what it uses', async () => {
    const used = await read(`role_arn = ${roleArn}\nsource_profile = dev\n`, inCredentials);
    assert.deepEqual(
      chainOf(used).map(({ kind, unusedSources }) => [kind, unusedSources]),
      [
        ['role', []],
        ['keys', []],
      ],
    );
  });

  for (const [name, value, expected] of [
    ['x_security_token_expires', '2001-02-03T04:05:06+02:00', '2001-02-03T02:05:06.000Z'],
    ['expiration', '2001-02-03T04:05:06Z', '2001-02-03T04:05:06.000Z'],
    ['aws_expiration', '2001-02-03T04:05:06.789Z', '2001-02-03T04:05:06.000Z'],
    ['aws_session_expiration', '2001-02-03T04:05:06+0000', '2001-02-03T04:05:06.000Z'],
    ['aws_credential_expiration', '2001-02-03 04:05:06 UTC', '2001-02-03T04:05:06.000Z'],
    ['expires', '981173106', '2001-02-03T04:05:06.000Z'],
    ['token_expiration', '981173106000', '2001-02-03T04:05:06.000Z'],
    ['expiration', 'tomorrow', undefined],
    ['expiration', '20010203', undefined],
    ['expiration', '9'.repeat(400), undefined],
    ['expiration', '2001-99-99T99:99:99Z', undefined],
  ] as const)
    it(`knows until when its keys are good, by ${name} = ${value.slice(0, 30)}`, async () => {
      const used = await read('', `${inCredentials}${name} = ${value}\n`);
      assert.ok(used.kind === 'keys');
      assert.equal(used.expiresAt && new Date(used.expiresAt).toISOString(), expected);
    });

  it('takes a time without a zone for the later of UTC and the time here', async () => {
    const used = await read('', `${inCredentials}expiration = 2001-02-03 04:05:06\n`);
    assert.ok(used.kind === 'keys');
    assert.equal(
      used.expiresAt,
      Math.max(Date.parse('2001-02-03T04:05:06'), Date.parse('2001-02-03T04:05:06Z')),
    );
  });
});

describe('what a profile says when its keys are refused', () => {
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  const sso = { token: 'token-of-ann', account: '111122223333', role: 'Developer' };
  const ssoProfile = `[profile dev]\nsso_start_url = https://corp\nsso_region = eu-west-1\nsso_account_id = ${sso.account}\nsso_role_name = ${sso.role}\nservices = local\n`;
  const old = { ...keysOfAnn, expiration: Date.now() - 1000 };

  it('is nothing where it has a live SSO session: that is used, and not the expired keys beside it', async () => {
    const scene = await openScene({
      config: ssoProfile,
      credentials: keysIn('dev'),
      aws: { sso },
      gateway: { credentials: [old, issued(1)] },
    });
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    await scene.home.signIn('https://corp', { accessToken: sso.token, expiresAt });
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
    assert.deepEqual(scene.gateway.log.map(signerOf), [issued(1).accessKeyId]);
  });

  it('names the keys beside an SSO session that has ended', async () => {
    const scene = await openScene({ config: ssoProfile, credentials: keysIn('dev') });
    const { outcome } = (await scene.ask('dev')).reply;
    assert.ok(outcome?.kind === 'failed');
    assert.equal(outcome.failure.kind, 'ssoSessionExpired');
    const { source, file, unusedSources } = outcome.failure.details;
    assert.deepEqual(
      [source, file, unusedSources],
      ['sso', 'config', [{ source: 'keys', file: 'credentials' }]],
    );
  });

  for (const [kind, gateway] of [
    ['awsSessionExpired', { credentials: [old] }],
    ['awsKeyUnknown', { credentials: [issued(9)] }],
    ['awsSecretWrong', { credentials: [{ ...keysOfAnn, secretAccessKey: 'another' }] }],
  ] as const)
    for (const file of ['credentials', 'config'] as const)
      it(`is the file in which they stand, and what they were used for: ${kind}, ${file}`, async () => {
        const keys = `${keysIn(file === 'config' ? 'profile dev' : 'dev')}expiration = 2001-02-03T04:05:06Z\n`;
        const besides = 'credential_process = x\n';
        const scene = await openScene(
          file === 'config'
            ? { config: keys, gateway }
            : { config: `[profile dev]\n${besides}`, credentials: keys, gateway },
        );
        const { outcome } = (await scene.ask('dev')).reply;
        assert.ok(outcome?.kind === 'failed');
        assert.equal(outcome.failure.kind, kind);
        const { details } = outcome.failure;
        assert.deepEqual([details.source, details.file, details.profile], ['keys', file, 'dev']);
        assert.equal(details.expiresAt, Date.parse('2001-02-03T04:05:06Z'));
        const unused = file === 'config' ? undefined : [{ source: 'process', file: 'config' }];
        assert.deepEqual(details.unusedSources, unused);
      });

  it('of a role are those of its source, in the source’s file', async () => {
    const scene = await openScene({
      config: `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nservices = local\n[profile base]\nlogin_session = ann\n`,
      credentials: keysIn('base', { ...keysOfAnn, secretAccessKey: 'another' }),
    });
    const { outcome } = (await scene.ask('dev')).reply;
    assert.ok(outcome?.kind === 'failed');
    assert.equal(outcome.failure.kind, 'awsSecretWrong');
    const { source, file, profile, unusedSources } = outcome.failure.details;
    assert.deepEqual([source, file, profile], ['keys', 'credentials', 'base']);
    assert.deepEqual(unusedSources, [{ source: 'login', file: 'config' }]);
  });

  it('takes keys in quotation marks, as Terraform does', async () => {
    const { accessKeyId, secretAccessKey } = keysOfAnn;
    const scene = await openScene({
      credentials: `[dev]\naws_access_key_id="${accessKeyId}"\naws_secret_access_key='${secretAccessKey}'\n`,
    });
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
  });
});
