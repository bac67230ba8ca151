// Every way in which a profile gives no credentials: named for what it is, nothing sent, no secret told.
import assert from 'node:assert/strict';
import { json, stsError } from '../../aws/aws';
import { closeGatewaysAfterEach, kindOf } from '../asking';
import type { FailureDetails } from '../../../src/core/model/failureDetails';
import { type Scene, closeScenesAfterEach, keysIn, keysOfAnn, openScene } from './scene';

const roleArn = 'arn:aws:iam::111122223333:role/Developer';
const role = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nservices = local\n`;
const serial = 'arn:aws:iam::111122223333:mfa/ann';
const sso = `sso_account_id = 111122223333\nsso_role_name = Developer\nservices = local\n`;
const session = `[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.awsapps.com/start\n`;
const ssoProfile = `[profile dev]\nsso_session = corp\n${sso}${session}`;

/** Asks with the profile `dev`; the failure's kind and facts. Nothing reached the gateway. */
async function failing(scene: Scene, kind: string): Promise<FailureDetails> {
  const { reply } = await scene.ask('dev');
  assert.equal(kindOf(reply), kind);
  assert.equal(scene.gateway.log.length, 0);
  assert.equal(reply.attempts, 1);
  const { outcome } = reply;
  assert.ok(outcome?.kind === 'failed');
  assert.equal(outcome.failure.stage, 'awsCredentials');
  assert.doesNotMatch(JSON.stringify(outcome.failure.details), /anns\/secret|token-of-ann|AKIAANN/);
  return outcome.failure.details;
}

const program = (code: string) =>
  `[profile dev]\ncredential_process = "${process.execPath}" -e "${code.replaceAll('"', '\\"')}"\n`;

describe('a profile that fails', () => {
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  it('by not being there is named with those that are', async () => {
    const { profile, profiles } = await failing(
      await openScene({ config: '[profile other]\nregion = x\n', credentials: keysIn('base') }),
      'profileNotFound',
    );
    assert.deepEqual([profile, profiles], ['dev', ['other', 'base']]);
  });

  for (const [config, problem, subject] of [
    ['[profile dev]\nregion = eu-west-1\n', 'empty', ''],
    ['[profile dev]\naws_access_key_id = AKIAX\n', 'settingMissing', 'aws_secret_access_key'],
    ['[profile dev]\naws_access_key_id AKIAX\n', 'malformed', '~/.aws/config:2'],
    ['[profile dev\nregion = eu-west-1\n', 'malformed', '~/.aws/config:1'],
    [role, 'sourceMissing', 'base'],
    [`[profile dev]\nrole_arn = ${roleArn}\n`, 'roleWithoutSource', ''],
    [`${role}credential_source = Environment\n`, 'twoSources', ''],
    [`[profile dev]\nrole_arn = ${roleArn}\ncredential_source = Elsewhere\n`, 'sourceUnknown', 'Elsewhere'],
    [`${role}[profile base]\nrole_arn = ${roleArn}\nsource_profile = dev\n`, 'cycle', 'dev → base → dev'],
    [`${role}duration_seconds = long\n`, 'notNumber', 'duration_seconds'],
    [`[profile dev]\nsso_session = corp\n${sso}`, 'sessionMissing', 'corp'],
    [`[profile dev]\nsso_session = corp\nsso_role_name = x\n${session}`, 'settingMissing', 'sso_account_id'],
    [`[profile dev]\nweb_identity_token_file = /x\n`, 'settingMissing', 'role_arn'],
  ] as const)
    it(`by being incomplete says what is missing: ${problem} ${subject}`, async () => {
      const facts = await failing(await openScene({ config }), 'profileIncomplete');
      assert.deepEqual([facts.problem, facts.subject], [problem, subject]);
    });

  it('breaks no other', async () => {
    const config = `[profile dev\nregion = x\n${role}[profile x]\nrole_arn = y\n`;
    const scene = await openScene({
      config: `[profile broken]\nrole_arn\n${config}`,
      credentials: keysIn('good'),
    });
    assert.equal(kindOf((await scene.ask('broken')).reply), 'profileIncomplete');
    assert.equal(kindOf((await scene.ask('good')).reply), 'done');
  });

  const past = new Date(Date.now() - 1000).toISOString();
  const future = new Date(Date.now() + 3_600_000).toISOString();
  for (const [what, token] of [
    ['was never signed in', undefined],
    ['whose sign-in has expired', { accessToken: 'old', expiresAt: past }],
    ['whose sign-in AWS has ended', { accessToken: 'old', expiresAt: future }],
    [
      'whose sign-in cannot be refreshed',
      { accessToken: 'old', expiresAt: past, clientId: 'c', clientSecret: 's', refreshToken: 'old' },
    ],
  ] as const)
    it(`of SSO, ${what}, asks to sign in`, async () => {
      const scene = await openScene({ config: ssoProfile });
      if (token) await scene.home.signIn('corp', token);
      const { profile } = await failing(scene, 'ssoSessionExpired');
      assert.equal(profile, 'dev');
      // As `aws sso login` does.
      scene.aws.options.sso = { token: 'new', account: '111122223333', role: 'Developer' };
      await scene.home.signIn('corp', { accessToken: 'new', expiresAt: future });
      assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
    });

  it('of a role from SSO names the profile to sign in with', async () => {
    const scene = await openScene({ config: role + ssoProfile.replace('profile dev', 'profile base') });
    assert.equal((await failing(scene, 'ssoSessionExpired')).profile, 'base');
  });

  it('of SSO, without the role, says so', async () => {
    const other = { token: 'token-of-ann', account: '111122223333', role: 'Other' };
    const scene = await openScene({ config: ssoProfile, aws: { sso: other } });
    await scene.home.signIn('corp', { accessToken: 'token-of-ann', expiresAt: future });
    assert.equal((await failing(scene, 'ssoRoleDenied')).subject, 'Developer (111122223333)');
  });

  const refreshable = {
    accessToken: 'old',
    expiresAt: past,
    clientId: 'c',
    clientSecret: 's',
    refreshToken: 'again',
  };
  const ofAnn = { token: 'token-of-ann', account: '111122223333', role: 'Developer' };

  it('of SSO, whose sign-in cannot be refreshed without a network, says that, and tries anew at each prompt', async () => {
    const scene = await openScene({ config: ssoProfile, aws: { sso: ofAnn, refreshTokens: ['again'] } });
    await scene.home.signIn('corp', refreshable);
    scene.aws.override = () => 'reset';
    assert.equal((await failing(scene, 'credentialsUnreachable')).host, '127.0.0.1');
    assert.equal((await failing(scene, 'credentialsUnreachable')).host, '127.0.0.1');
    scene.aws.override = undefined;
    assert.equal(kindOf((await scene.ask('dev')).reply), 'done');
  });

  it('of SSO, whose account AWS cannot make sense of, says so', async () => {
    const scene = await openScene({ config: ssoProfile });
    await scene.home.signIn('corp', { accessToken: 'token-of-ann', expiresAt: future });
    scene.aws.override = () => json(400, { message: 'Invalid account' }, 'InvalidRequestException');
    const { problem, subject } = await failing(scene, 'profileIncomplete');
    assert.deepEqual([problem, subject], ['refused', 'Developer (111122223333)']);
  });

  it('of a sign-in to the console asks to sign in', async () => {
    await failing(await openScene({ config: '[profile dev]\nlogin_session = ann\n' }), 'loginExpired');
  });

  it('of a role that may not be assumed says which', async () => {
    const facts = await failing(
      await openScene({ config: role, credentials: keysIn('base') }),
      'assumeRoleDenied',
    );
    assert.equal(facts.subject, roleArn);
    assert.match(facts.message ?? '', /not authorized to perform: sts:AssumeRole/);
  });

  it('of a role with MFA tells a code that was not given from a wrong one', async () => {
    const roles = [{ arn: roleArn, mfa: { serial, code: '123456' } }];
    const scene = await openScene({
      config: `${role}mfa_serial = ${serial}\n`,
      credentials: keysIn('base'),
      aws: { roles },
    });
    scene.answer = () => Promise.resolve(undefined);
    await failing(scene, 'mfaCancelled');
    assert.equal(scene.aws.requests.length, 0);
    scene.answer = () => Promise.resolve('000000');
    assert.equal((await failing(scene, 'mfaRejected')).subject, serial);
  });

  for (const [code, kind] of [
    ['InvalidClientTokenId', 'awsKeyUnknown'],
    ['ExpiredToken', 'awsSessionExpired'],
  ] as const)
    it(`of a role whose source’s keys are refused (${code}) names the source`, async () => {
      const scene = await openScene({ config: role, credentials: keysIn('base') });
      scene.aws.override = () => stsError(403, code, 'The security token is not good.');
      assert.equal((await failing(scene, kind)).profile, 'base');
    });

  it('of a web identity without its file, or whose token AWS does not take', async () => {
    const scene = await openScene({
      config: `[profile dev]\nrole_arn = ${roleArn}\nweb_identity_token_file = ~/token\nservices = local\n`,
    });
    assert.equal((await failing(scene, 'webIdentityFailed')).problem, 'tokenMissing');
    await scene.home.write('token', 'nobody');
    assert.equal((await failing(scene, 'webIdentityFailed')).code, 'InvalidIdentityTokenException');
  });

  for (const [what, answer] of [
    ['resets', 'reset'],
    ['is overloaded', stsError(503, 'ServiceUnavailable', 'busy')],
    [
      'is a sign-in page',
      { status: 200, body: '<html>Welcome</html>', headers: { 'content-type': 'text/html' } },
    ],
    [
      'is a proxy’s page',
      { status: 403, body: '<html>Blocked by policy</html>', headers: { 'content-type': 'text/html' } },
    ],
    ['throttles', json(429, { message: 'slow down' }, 'TooManyRequestsException')],
  ] as const)
    it(`since AWS ${what}, says which host`, async () => {
      const scene = await openScene({ config: role, credentials: keysIn('base') });
      scene.aws.override = () => answer;
      assert.equal((await failing(scene, 'credentialsUnreachable')).host, '127.0.0.1');
    });

  const keys = { Version: 1, AccessKeyId: keysOfAnn.accessKeyId, SecretAccessKey: keysOfAnn.secretAccessKey };
  const printing = (told: unknown) => `console.log('${JSON.stringify(told).replaceAll('"', '\\x22')}')`;
  for (const [config, problem, subject, said] of [
    [
      '[profile dev]\ncredential_process = no-such-program-here --password anns/secret\n',
      'programMissing',
      'no-such-program-here',
      /not found/,
    ],
    [
      '[profile dev]\ncredential_process = BW_SESSION=hunter2 REGION="a b" no-such-tool export\n',
      'programMissing',
      'no-such-tool',
      /not found/,
    ],
    [
      '[profile dev]\ncredential_process = no-such-tool|cat;exit 127\n',
      'programMissing',
      'no-such-tool',
      /not found/,
    ],
    [
      '[profile dev]\ncredential_process = BW_SESSION=$(cat) no-such-tool\n',
      'programMissing',
      undefined,
      /not found/,
    ],
    ['[profile dev]\ncredential_process = "/etc/passwd" me\n', 'programNotStarted', '/etc/passwd', /denied/],
    [
      '[profile dev]\ncredential_process = printkeys anns/secret\0\n',
      'programNotStarted',
      'printkeys',
      /^ERR_INVALID_ARG_VALUE$/,
    ],
    [
      program("console.error('Log in first, AKIAANNSKEYEXAMPLE00');process.exit(3)"),
      'programFailed',
      '3',
      /Log in first, …/,
    ],
    [program("console.log('hello')"), 'outputNotJson', undefined, /^$/],
    [program(printing({ ...keys, Version: 2 })), 'outputIncomplete', 'Version', /^$/],
    [program(printing({ ...keys, SecretAccessKey: '' })), 'outputIncomplete', 'SecretAccessKey', /^$/],
    [
      program(printing({ ...keys, Expiration: '2001-01-01T00:00:00Z' })),
      'outputExpired',
      '2001-01-01T00:00:00.000Z',
      /^$/,
    ],
    [program('setInterval(()=>0,1000)'), 'programTooSlow', '1', /^$/],
  ] as const)
    it(`of a program says what came of it: ${problem} ${subject ?? ''}`, async () => {
      const programTimeout = problem === 'programTooSlow' ? 1000 : 60_000;
      const facts = await failing(await openScene({ config, programTimeout }), 'credentialProcessFailed');
      assert.deepEqual([facts.problem, facts.subject], [problem, subject]);
      assert.match(facts.message ?? '', said);
    });
});
