// Known secrets in every place that a profile takes them from: none is in a line of the log, in the record of the
// wire, in a failure, or in who a profile is said to be, whatever comes of the prompt.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { json, someIssued, stsError } from '../../aws/aws';
import { closeGatewaysAfterEach, kindOf } from '../asking';
import { type Scene, closeScenesAfterEach, keysIn, keysOfAnn, openScene } from './scene';

const roleArn = 'arn:aws:iam::111122223333:role/Developer';
const sso = { token: 'canary-sso-token-k7Qz0pVbX2', account: '111122223333', role: 'Developer' };
const signIn = {
  accessToken: sso.token,
  clientId: 'client',
  clientSecret: 'canary-client-secret-Zx81LmQ',
  refreshToken: 'canary-refresh-token-r3Wm9s',
};
const webToken = 'canary-web-token-w5Tn9q';
const code = '493817';
const password = 'hunter2canary';
const secrets = [
  ...[keysOfAnn, ...someIssued].flatMap((keys) => Object.values(keys).map(String)),
  ...[sso.token, signIn.clientSecret, signIn.refreshToken, webToken, code, password],
];
const spelled = secrets.flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
]);

const serial = 'arn:aws:iam::111122223333:mfa/ann';
const printed = JSON.stringify({
  Version: 1,
  AccessKeyId: keysOfAnn.accessKeyId,
  SecretAccessKey: keysOfAnn.secretAccessKey,
});
const program = (script: string) =>
  `[profile dev]\ncredential_process = "${process.execPath}" -e "${script.replaceAll('"', '\\"')}"\n`;
const said = `SecretAccessKey=${keysOfAnn.secretAccessKey} id ${keysOfAnn.accessKeyId}`;

const worlds: { readonly [name: string]: string } = {
  keys: keysIn('profile dev'),
  role: `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nmfa_serial = ${serial}\nservices = local\n`,
  sso: `[profile dev]\nsso_session = corp\nsso_account_id = ${sso.account}\nsso_role_name = ${sso.role}\nservices = local\n[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp\n`,
  'no sign-in of SSO': `[profile dev]\nsso_start_url = https://ann:${password}@corp\nsso_region = eu-west-1\nsso_account_id = ${sso.account}\nsso_role_name = ${sso.role}\nservices = local\n`,
  webIdentity: `[profile dev]\nrole_arn = ${roleArn}\nweb_identity_token_file = ~/token\nservices = local\n`,
  program: program(`console.log('${printed.replaceAll('"', '\\x22')}')`),
  'program that fails': program(`console.error('${said}');process.exit(1)`),
  'program that prints no JSON': program(`console.log('${said}')`),
  ...Object.fromEntries(
    [
      `BW_SESSION=${password} no-such-tool export`,
      `A=1 BW_SESSION="a b ${password}" no-such-tool export`,
      `BW_SESSION='a ${password} b'c no-such-tool`,
      `BW_SESSION=a\\ ${password} no-such-tool`,
      `BW_SESSION="$(echo "a ${password} b")" no-such-tool`,
      `BW_SESSION=$'it\\'s ${password} b' no-such-tool`,
      `BW_SESSION=\`echo ${password}\` no-such-tool`,
      `'BW_SESSION=${password}'`,
      `no-such-tool|BW_SESSION=${password};exit 127`,
      `no-such-tool>/dev/null&&${password}`,
      // As bash quotes what it cannot read.
      `bash -c 'echo "$0" >&2; exit 2' "BW_SESSION=${password} )"`,
    ].map((command) => [
      `program that is not there: ${command}`,
      `[profile dev]\ncredential_process = ${command}\n`,
    ]),
  ),
};

async function assertNoneTold(scene: Scene): Promise<string> {
  const { reply } = await scene.ask('dev');
  const told = inspect(
    [
      scene.log,
      reply.wires,
      reply.outcome && 'failure' in reply.outcome ? { ...reply.outcome.failure, cause: '' } : reply.outcome,
      // Its end is shown on purpose, which is no canary.
      await scene.profiles.describe({ profile: 'dev', region: 'us-east-1' }),
    ],
    { depth: null, maxStringLength: null, maxArrayLength: null },
  );
  for (const secret of spelled) assert.ok(!told.includes(secret), `${secret} in:\n${told}`);
  return kindOf(reply);
}

describe('no secret of a profile is told', () => {
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  for (const [name, config] of Object.entries(worlds))
    it(name, async () => {
      const scene = await openScene({
        config,
        credentials: keysIn('base'),
        aws: {
          sso,
          refreshTokens: [signIn.refreshToken],
          webTokens: [webToken],
          roles: [{ arn: roleArn, mfa: { serial, code } }],
        },
      });
      scene.answer = () => Promise.resolve(code);
      await scene.home.write('token', webToken);
      await scene.home.signIn('corp', { ...signIn, expiresAt: new Date(0).toISOString() });
      const ways = { 'program that': 'credentialProcessFailed', 'no sign-in': 'ssoSessionExpired' };
      const [, fails] = Object.entries(ways).find(([start]) => name.startsWith(start)) ?? [];
      assert.equal(await assertNoneTold(scene), fails ?? 'done');
      if (fails !== undefined || /^(keys|program)/.test(name)) return;
      // Once more, quoted by AWS in what it refuses.
      const other = await openScene({ config, credentials: keysIn('base') });
      other.answer = () => Promise.resolve(code);
      await other.home.write('token', webToken);
      await other.home.signIn('corp', { ...signIn, expiresAt: new Date(0).toISOString() });
      const quoting = (form: object) => inspect(form).replaceAll('\n', ' ');
      other.aws.instead = ({ service, form }) =>
        service === 'sts'
          ? stsError(403, 'AccessDenied', quoting(form))
          : json(400, { message: quoting(form) }, 'InvalidGrantException');
      assert.notEqual(await assertNoneTold(other), 'done');
    });
});
