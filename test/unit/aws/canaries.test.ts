// Known secrets in every place that a profile takes them from: none is in a line of the log, in the record of the
// wire, in a failure, or in who a profile is said to be, whatever comes of the prompt.
import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { inspect } from 'node:util';
import { type Answer, json, someIssued, stsError } from '../../aws/aws';
import { closeGatewaysAfterEach, kindOf } from '../asking';
import { withoutSecrets } from '../../../src/aws/resolveContext';
import { openProfileStore } from '../../../src/aws/profileStore';
import { roleRefused } from '../../../src/aws/errors';
import { spellings, tells } from '../core/spellings';
import { type Scene, closeScenesAfterEach, keysIn, keysOfAnn, openScene } from './scene';
import { assertSwift } from '../swift';

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

/** `secretsInAnySpelling` are looked for in more than the usual ones. */
async function assertNoneTold(scene: Scene, secretsInAnySpelling: readonly string[] = []): Promise<string> {
  const { reply } = await scene.ask('dev');
  const told = inspect(
    [
      scene.log,
      reply.records,
      reply.outcome && 'failure' in reply.outcome ? { ...reply.outcome.failure, cause: '' } : reply.outcome,
      // Its end is shown on purpose, which is no canary.
      await scene.profiles.describe({ profile: 'dev', region: 'us-east-1' }),
    ],
    { depth: null, maxStringLength: null, maxArrayLength: null },
  );
  for (const secret of spelled) assert.ok(!told.includes(secret), `${secret} in:\n${told}`);
  // inspect() escapes what is escaped once more.
  const plain = told.replaceAll('\\\\', '\\');
  for (const secret of secretsInAnySpelling) assert.ok(!tells(plain, secret), `${secret} in:\n${told}`);
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
      other.aws.override = ({ service, form }) =>
        service === 'sts'
          ? stsError(403, 'AccessDenied', quoting(form))
          : json(400, { message: quoting(form) }, 'InvalidGrantException');
      assert.notEqual(await assertNoneTold(other), 'done');
    });
});

describe('no secret of a profile is told, however it is quoted', () => {
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const page = (text: string) => ({
    status: 403,
    body: `<html><title>${text}</title>${text}</html>`,
    headers: { 'content-type': 'text/html' },
  });
  const inHeader = (text: string) => encodeURIComponent(text).slice(0, 2000);

  /** Answers that quote `text`, each in another place. */
  const answersOf: readonly ((text: string) => Answer)[] = [
    (text) => stsError(403, 'AccessDenied', `Not for ${text}, never`),
    (text) => stsError(403, text, `Not for you`),
    (text) => json(400, { message: `Not for ${text}, never` }, 'InvalidGrantException'),
    (text) => json(400, { message: 'x', error: text, error_description: text, [text]: text }, inHeader(text)),
    (text) => ({ ...json(403, { message: text }), headers: { 'x-amzn-requestid': inHeader(text) } }),
    page,
    (text) => ({ ...page(text), status: 200 }),
    (text) => ({ ...page(text), headers: { 'content-type': 'text/html', server: inHeader(text) } }),
    (text) => ({ status: 503, body: text }),
  ];

  const known: { readonly [world: string]: readonly string[] } = {
    role: [keysOfAnn.secretAccessKey],
    sso: [sso.token, signIn.refreshToken, signIn.clientSecret],
    webIdentity: [webToken],
  };
  for (const [world, quoted] of Object.entries(known))
    for (const [spellingAt, [how, spell]] of Object.entries(spellings).entries())
      it(`by AWS: ${world}, ${how}`, async () => {
        const scene = await openScene({ config: worlds[world]!, credentials: keysIn('base') });
        scene.answer = () => Promise.resolve(code);
        await scene.home.write('token', webToken);
        await scene.home.signIn('corp', { ...signIn, expiresAt });
        for (const [secretAt, secret] of quoted.entries())
          for (const [answerAt, answer] of answersOf.entries()) {
            // Each answer meets each secret and each spelling, and each secret each spelling.
            if ((answerAt + secretAt + spellingAt) % 3 !== 0) continue;
            scene.aws.override = () => answer(spell(secret));
            assert.notEqual(await assertNoneTold(scene, quoted), 'done');
          }
      });

  it('by AWS: the code of a device', async () => {
    const scene = await openScene({ config: worlds['role']!, credentials: keysIn('base') });
    scene.answer = () => Promise.resolve(code);
    for (const answer of answersOf) {
      scene.aws.override = () => answer(`TokenCode ${code}`);
      assert.notEqual(await assertNoneTold(scene), 'done');
    }
  });

  it('by AWS as it refreshes a sign-in', async () => {
    const scene = await openScene({ config: worlds['sso']! });
    const expired = new Date(0).toISOString();
    await scene.home.signIn('corp', { ...signIn, expiresAt: expired });
    const quoted = known['sso']!;
    for (const how of ['as it is', 'in base64', 'backwards'])
      for (const secret of quoted) {
        scene.aws.override = () => json(400, { message: spellings[how]!(secret) }, 'InvalidGrantException');
        assert.equal(await assertNoneTold(scene, quoted), 'ssoSessionExpired');
      }
  });

  for (const [how, spell] of Object.entries(spellings))
    it(`by AWS’s sign-in, ${how}`, async () => {
      const arn = 'arn:aws:iam::111122223333:user/ann';
      const scene = await openScene({
        config: `[profile dev]\nlogin_session = ${arn}\nregion = us-east-1\nservices = local\n`,
      });
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const accessToken = {
        ...keysOfAnn,
        sessionToken: sso.token,
        accountId: '111122223333',
        expiresAt: '2001-01-01T00:00:00Z',
      };
      await scene.home.write(
        `.aws/login/cache/${createHash('sha256').update(arn).digest('hex')}.json`,
        JSON.stringify({
          accessToken,
          clientId: 'client',
          refreshToken: signIn.refreshToken,
          dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }),
        }),
      );
      const quoted = [signIn.refreshToken, keysOfAnn.secretAccessKey, sso.token];
      for (const secret of quoted) {
        scene.aws.override = () =>
          json(400, { error: 'OTHER', message: spell(secret) }, 'AccessDeniedException');
        assert.equal(await assertNoneTold(scene, quoted), 'loginExpired');
      }
    });

  for (const [how, spell] of Object.entries(spellings))
    it(`by a program on its way out, ${how}`, async () => {
      const scene = await openScene();
      const { secretAccessKey } = keysOfAnn;
      const script = await scene.home.write(
        'program.js',
        `console.log(${JSON.stringify(printed)}); console.error(${JSON.stringify(`Not for ${spell(secretAccessKey)} nor ${spell(password)}`)}); process.exit(1)`,
      );
      await scene.home.write(
        '.aws/config',
        `[profile dev]\ncredential_process = PASS=${password} "${process.execPath}" "${script}" --password ${password}\n`,
      );
      assert.equal(await assertNoneTold(scene, [secretAccessKey, password]), 'credentialProcessFailed');
    });

  it('in the log, whatever a profile is called', async () => {
    const scene = await openScene({ credentials: keysIn('dev') });
    await scene.ask('dev');
    const use = { profile: 'dev', region: 'us-east-1' };
    await scene.profiles.credentials(use, new AbortController().signal);
    assert.ok(scene.log.length > 0);
    const odd = openProfileStore({
      askCode: () => Promise.resolve(undefined),
      log: { info: (line) => scene.log.push(line), warn: (line) => scene.log.push(line) },
    });
    await scene.home.write('.aws/credentials', keysIn(`a\u2028b\u202e${'c'.repeat(500)}`));
    const profile = `a\u2028b\u202e${'c'.repeat(500)}`;
    await odd.credentials({ ...use, profile }, new AbortController().signal);
    for (const line of scene.log) assert.match(line, /^[^\p{Cc}\u2028\u202e]{1,200}$/u);
  });

  for (const piece of ['token ', 'tokenCode', 'MultiFactorAuthentication ', 'signature ', '="', '\\"', 'a.'])
    it(`in time that grows with the length of what is said alone: ${piece}`, () => {
      const text = piece.repeat(250_000 / piece.length);
      const role = {
        profile: 'dev',
        kind: 'role',
        roleArn,
        mfaSerial: serial,
        endpoints: {},
        unusedSources: [],
        source: { profile: 'b', kind: 'environment', endpoints: {}, unusedSources: [] },
      } as const;
      const last = { host: 'sts', status: 403 };
      const refused = Object.assign(new Error(text), { name: 'SignatureDoesNotMatch' });
      assertSwift(text, () => roleRefused(refused, last, role));
      assertSwift(text, () => roleRefused(Object.assign(new Error(text), { name: text }), last, role));
      const { details } = withoutSecrets(
        roleRefused(refused, last, role),
        new Set([keysOfAnn.secretAccessKey]),
      );
      assert.ok((details.message ?? '').length <= 600);
    });
});
