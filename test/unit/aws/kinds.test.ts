// Every kind of profile, from files in a home of its own to a signature that AWS takes.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { issued } from '../../aws/aws';
import { closeGatewaysAfterEach, kindOf } from '../asking';
import { type Scene, closeScenesAfterEach, keysIn, keysOfAnn, openScene, signerOf } from './scene';

const roleArn = 'arn:aws:iam::111122223333:role/team/Developer';
const serial = 'arn:aws:iam::111122223333:mfa/ann';

async function assertSignedBy(scene: Scene, profile: string, accessKeyId: string): Promise<void> {
  const { reply } = await scene.ask(profile);
  assert.equal(kindOf(reply), 'done', JSON.stringify(reply.outcome));
  const entry = scene.gateway.log.at(-1)!;
  assert.equal(entry.signature, 'accepted');
  assert.equal(signerOf(entry), accessKeyId);
}

describe('a profile', () => {
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  for (const name of ['default', 'dev', 'my profile', `o'brien "x"`, 'größe', 'a.b@c+d/e:f%g'])
    it(`“${name}” of access keys signs with them`, async () => {
      const scene = await openScene({ credentials: keysIn(name) });
      await assertSignedBy(scene, name, keysOfAnn.accessKeyId);
      assert.equal(scene.aws.requests.length, 0);
    });

  for (const head of ['profile my dev', 'profile "my dev"', "profile 'my dev'", 'profile   my dev'])
    it(`is read from the config file under [${head}]`, async () => {
      const config = keysIn(head, { ...keysOfAnn });
      await assertSignedBy(await openScene({ config }), 'my dev', keysOfAnn.accessKeyId);
    });

  it('of temporary keys sends their session token', async () => {
    const { accessKeyId, secretAccessKey, sessionToken } = issued(1);
    const keys = keysIn('dev', { accessKeyId, secretAccessKey });
    const scene = await openScene({ credentials: `${keys}aws_session_token = ${sessionToken}\n` });
    await assertSignedBy(scene, 'dev', accessKeyId);
    assert.equal(scene.gateway.log[0]!.headers['x-amz-security-token'], sessionToken);
  });

  it('takes comments, Windows’ line ends, and the credentials file before the config file', async () => {
    const config = `# mine\r\n[profile dev] ; work\r\nregion = eu-west-1 # here\r\naws_access_key_id = AKIANOBODY\r\n`;
    const scene = await openScene({ config, credentials: keysIn('dev').replaceAll('\n', '\r\n') });
    await assertSignedBy(scene, 'dev', keysOfAnn.accessKeyId);
  });

  it('of a role assumes it with the source’s keys', async () => {
    const config = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nexternal_id = x1\nrole_session_name = ann\nduration_seconds = 1800\nregion = eu-west-1\nservices = local\n`;
    const roles = [{ arn: roleArn, externalId: 'x1' }];
    const scene = await openScene({ config, credentials: keysIn('base'), aws: { roles } });
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    const [{ form, headers, httpVersion }] = scene.aws.requests as [(typeof scene.aws.requests)[0]];
    assert.equal(form['RoleSessionName'], 'ann');
    assert.equal(form['DurationSeconds'], '1800');
    assert.match(headers.authorization ?? '', /\/eu-west-1\/sts\//);
    assert.equal(httpVersion, '1.1');
    assert.match(scene.log.join('\n'), /profile dev: role, until \d{4}-/);
    assert.doesNotMatch(scene.log.join('\n'), /issued|secret|AKIA|ASIA/);
  });

  it('of a role without a region asks STS in the prompt’s', async () => {
    const config = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nservices = local\n`;
    const scene = await openScene({
      config,
      credentials: keysIn('base'),
      aws: { roles: [{ arn: roleArn }] },
    });
    await scene.ask('dev', { region: 'ap-northeast-1' });
    assert.match(scene.aws.requests[0]!.headers.authorization ?? '', /\/ap-northeast-1\/sts\//);
  });

  it('of a role of a role assumes both', async () => {
    const second = 'arn:aws:iam::444455556666:role/Second';
    const config =
      `[profile first]\nrole_arn = ${roleArn}\nsource_profile = base\nservices = local\n` +
      `[profile dev]\nrole_arn = ${second}\nsource_profile = first\nservices = local\n`;
    const roles = [{ arn: roleArn }, { arn: second }];
    const scene = await openScene({ config, credentials: keysIn('base'), aws: { roles } });
    await assertSignedBy(scene, 'dev', issued(2).accessKeyId);
    assert.deepEqual(
      scene.aws.requests.map(({ form }) => form['RoleArn']),
      [roleArn, second],
    );
  });

  it('of a role that names itself takes the keys beside the role', async () => {
    const config = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = dev\nservices = local\n`;
    const scene = await openScene({ config, credentials: keysIn('dev'), aws: { roles: [{ arn: roleArn }] } });
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
  });

  it('of a role with MFA asks for a code, says whose, and asks once', async () => {
    const config = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nmfa_serial = ${serial}\nservices = local\n`;
    const roles = [{ arn: roleArn, mfa: { serial, code: '123456' } }];
    const scene = await openScene({ config, credentials: keysIn('base'), aws: { roles } });
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    assert.deepEqual(
      scene.codes.map(({ profile, serial }) => [profile, serial]),
      [['dev', serial]],
    );
  });

  it('of a role from the environment takes the variables, and only there', async () => {
    const config = `[profile dev]\nrole_arn = ${roleArn}\ncredential_source = Environment\nservices = local\n`;
    const scene = await openScene({ config, aws: { roles: [{ arn: roleArn }] } });
    process.env['AWS_ACCESS_KEY_ID'] = keysOfAnn.accessKeyId;
    process.env['AWS_SECRET_ACCESS_KEY'] = keysOfAnn.secretAccessKey;
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
  });

  const expiresAt = () => new Date(Date.now() + 3_600_000).toISOString();
  const sso = { token: 'token-of-ann', account: '111122223333', role: 'Developer' };
  const ssoRole = `sso_account_id = ${sso.account}\nsso_role_name = ${sso.role}\nservices = local\n`;
  const session = `[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n`;

  const expired = {
    accessToken: 'old',
    expiresAt: new Date(Date.now() - 1000).toISOString(),
    clientId: 'client',
    clientSecret: 'client-secret',
    refreshToken: 'again',
  };

  it('of SSO with a session takes the token that signing in left', async () => {
    const config = `[profile my dev]\nsso_session = corp\n${ssoRole}${session}`;
    const scene = await openScene({ config, aws: { sso } });
    await scene.home.signIn('corp', { accessToken: sso.token, expiresAt: expiresAt() });
    await assertSignedBy(scene, 'my dev', issued(1).accessKeyId);
    assert.equal(scene.aws.requests[0]!.httpVersion, '1.1');
  });

  it('of SSO of the older form takes the token by its address', async () => {
    const startUrl = 'https://corp.awsapps.com/start';
    const config = `[profile dev]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\n${ssoRole}`;
    const scene = await openScene({ config, aws: { sso } });
    await scene.home.signIn(startUrl, { accessToken: sso.token, expiresAt: expiresAt() });
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
  });

  it('of SSO refreshes a token that has expired, where it can', async () => {
    const config = `[profile dev]\nsso_session = corp\n${ssoRole}${session}`;
    const scene = await openScene({ config, aws: { sso, refreshTokens: ['again'] } });
    const file = await scene.home.signIn('corp', { ...expired, region: 'eu-west-1' });
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    // What it wrote is no sign-in of somebody else.
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    assert.deepEqual(
      scene.aws.requests.map(({ service }) => service),
      ['oidc', 'sso'],
    );
    const { expiresAt: until, ...kept } = JSON.parse(await readFile(file, 'utf8')) as typeof expired;
    assert.ok(Date.parse(until) > Date.now() + 3_000_000);
    const { expiresAt: _, ...before } = expired;
    const next = { accessToken: sso.token, refreshToken: 'again-next', region: 'eu-west-1' };
    assert.deepEqual(kept, { ...before, ...next });
    // And that one, too, with what it was given.
    await scene.home.signIn('corp', { ...kept, accessToken: 'older', expiresAt: expired.expiresAt });
    await assertSignedBy(scene, 'dev', issued(2).accessKeyId);
  });

  it('of SSO takes the token that another window has refreshed before', async () => {
    const config = `[profile dev]\nsso_session = corp\n${ssoRole}${session}`;
    const scene = await openScene({ config, aws: { sso, refreshTokens: [] } });
    const file = await scene.home.signIn('corp', expired);
    scene.aws.override = ({ service }) => {
      if (service === 'oidc')
        writeFileSync(file, JSON.stringify({ accessToken: sso.token, expiresAt: expiresAt() }));
      return undefined;
    };
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
  });

  for (const name of ['my corp', 'größe', 'a(b)'])
    it(`of SSO takes a session named “${name}”`, async () => {
      const config = `[profile dev]\nsso_session = ${name}\n${ssoRole}${session.replace('corp]', `${name}]`)}`;
      const scene = await openScene({ config, aws: { sso } });
      await scene.home.signIn(name, { accessToken: sso.token, expiresAt: expiresAt() });
      await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    });

  it('of a role may have its source in SSO', async () => {
    const config = `[profile base]\nsso_session = corp\n${ssoRole}${session}[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nservices = local\n`;
    const scene = await openScene({ config, aws: { sso, roles: [{ arn: roleArn }] } });
    await scene.home.signIn('corp', { accessToken: sso.token, expiresAt: expiresAt() });
    await assertSignedBy(scene, 'dev', issued(2).accessKeyId);
  });

  it('of a web identity gives its token for the role', async () => {
    const scene = await openScene({ aws: { webTokens: ['token-of-the-job'] } });
    const file = await scene.home.write('token', 'token-of-the-job\n');
    await scene.home.write(
      '.aws/config',
      `[profile dev]\nrole_arn = ${roleArn}\nweb_identity_token_file = ${file}\nendpoint_url = ${scene.aws.url}\n`,
    );
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    assert.match(scene.aws.requests[0]!.form['RoleSessionName'] ?? '', /^bedrock-gateway-\d+$/);
  });

  it('of a program takes what it prints', async () => {
    const scene = await openScene();
    const { accessKeyId, secretAccessKey } = keysOfAnn;
    const told = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      Expiration: expiresAt(),
    };
    const script = await scene.home.write('print.js', `console.log(${JSON.stringify(JSON.stringify(told))})`);
    await scene.home.write(
      '.aws/config',
      `[profile dev]\ncredential_process = "${process.execPath}" "${script}"\n`,
    );
    await assertSignedBy(scene, 'dev', accessKeyId);
    // Where there is no home, the files may be elsewhere.
    process.env['AWS_CONFIG_FILE'] = path.join(scene.home.folder, '.aws', 'config');
    process.env['HOME'] = path.join(scene.home.folder, 'gone');
    scene.profiles.forget(keysOfAnn);
    await assertSignedBy(scene, 'dev', accessKeyId);
  });

  it('of a sign-in to the console takes and refreshes its token', async () => {
    const arn = 'arn:aws:iam::111122223333:user/ann';
    const config = `[profile dev]\nlogin_session = ${arn}\nregion = us-east-1\nservices = local\n`;
    const scene = await openScene({ config, aws: { refreshTokens: ['again'] } });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const name = createHash('sha256').update(arn).digest('hex');
    const { accessKeyId, secretAccessKey, sessionToken } = issued(9);
    await scene.home.write(
      `.aws/login/cache/${name}.json`,
      JSON.stringify({
        accessToken: {
          accessKeyId,
          secretAccessKey,
          sessionToken,
          accountId: '111122223333',
          expiresAt: '2001-01-01T00:00:00Z',
        },
        clientId: 'client',
        refreshToken: 'again',
        dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
      }),
    );
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    assert.match(String(scene.aws.requests[0]!.headers['dpop']), /^ey/);
  });

  it('keeps the address of STS to itself: Bedrock is signed for as ever', async () => {
    const config = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nendpoint_url = ENDPOINT\n`;
    const scene = await openScene({ credentials: keysIn('base'), aws: { roles: [{ arn: roleArn }] } });
    await scene.home.write('.aws/config', config.replace('ENDPOINT', scene.aws.url));
    await assertSignedBy(scene, 'dev', issued(1).accessKeyId);
    assert.equal(scene.gateway.log[0]!.seenByAws?.headers['host'], 'bedrock-runtime.us-east-1.amazonaws.com');
  });

  it('tells who it is, and until when, but no secret', async () => {
    const config = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nservices = local\n`;
    const scene = await openScene({
      config,
      credentials: keysIn('base'),
      aws: { roles: [{ arn: roleArn }] },
    });
    const use = { profile: 'dev', region: 'us-east-1' };
    const who = {
      ...{ profile: 'dev', kind: 'role', account: '111122223333', role: 'team/Developer' },
      ...{ source: 'role', file: 'config' },
    };
    assert.deepEqual(await scene.profiles.describe(use), who);
    await scene.ask('dev');
    const { expiration, ...known } = (await scene.profiles.describe(use))!;
    assert.deepEqual(known, { ...who, key: '…0001' });
    assert.ok(expiration! > Date.now());
    assert.equal(await scene.profiles.describe({ ...use, profile: 'nobody' }), undefined);
  });
});
