// What looks like a key. The samples are made here, so that no scanner of repositories takes this file for a
// leak; their forms are those of the issuers' documents and of gitleaks' rules.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { findKeys } from '../../../src/core/keys';
import { assertGrowsWithLength } from '../swift';

/** `length` characters of `alphabet`, the same in every run, and as mixed as a key's. */
function mixed(length: number, alphabet: string, seed = 1): string {
  let text = '';
  for (let block = 0; text.length < length; block++)
    for (const byte of createHash('sha256').update(`${seed} ${block}`).digest())
      text += alphabet.charAt(byte % alphabet.length);
  return text.slice(0, length);
}

const small = 'abcdefghijklmnopqrstuvwxyz';
const letters = small + small.toUpperCase();
const word = `${letters}0123456789`;
const base64 = `${word}+/`;
const hex = '0123456789abcdef';
const upper32 = `${small.toUpperCase()}234567`;

const pem = (title: string, head = '') =>
  [`-----BEGIN ${title}-----`, ...(head ? [head, ''] : []), mixed(64, base64), mixed(64, base64, 2)].join(
    '\n',
  );
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (payload: object) =>
  [part({ alg: 'HS256', typ: 'JWT' }), part(payload), mixed(43, word)].join('.');

/** kind, issuer, and a text that holds one. */
const samples: readonly (readonly [string, string, string])[] = [
  ['awsAccessKey', '', `AKIA${mixed(16, upper32)}`],
  ['awsAccessKey', '', `ASIA${mixed(16, upper32)}`],
  ['awsSecretKey', '', `aws_secret_access_key = ${mixed(40, base64)}`],
  ['awsSecretKey', '', `"SecretAccessKey": "${mixed(40, base64)}",`],
  ['awsSecretKey', '', `export AWS_SECRET_ACCESS_KEY=${mixed(40, base64)}`],
  ['awsSecretKey', '', `{ secretAccessKey: '${mixed(40, base64)}' }`],
  ['awsSecretKey', '', `aws-secret-access-key: ${mixed(40, base64)}`],
  ['awsSecretKey', '', `const secretAccessKey: string = '${mixed(40, base64)}';`],
  ['awsSecretKey', '', `var secretKey string = "${mixed(40, base64)}"`],
  ['awsSecretKey', '', `aws configure set aws_secret_access_key ${mixed(40, base64)}`],
  ['awsSecretKey', '', `"{\\"SecretAccessKey\\": \\"${mixed(40, base64)}\\"}"`],
  ['awsSecretKey', '', `os.putenv("AWS_SECRET_ACCESS_KEY",\n  "${mixed(40, base64)}")`],
  ['awsSecretKey', '', `<SecretAccessKey>${mixed(40, base64)}</SecretAccessKey>`],
  ['bedrockApiKey', '', `ABSK${mixed(128, base64)}==`],
  ['bedrockApiKey', '', `bedrock-api-key-${btoa('bedrock.amazonaws.com')}${mixed(80, base64)}`],
  ['privateKey', '', pem('PRIVATE KEY')],
  ['privateKey', '', pem('RSA PRIVATE KEY', 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,0A1B2C')],
  ['privateKey', '', pem('OPENSSH PRIVATE KEY')],
  ['privateKey', '', pem('EC PRIVATE KEY').replaceAll('\n', '\\n')],
  ['privateKey', '', pem('PGP PRIVATE KEY BLOCK', 'Version: GnuPG v2')],
  ['privateKey', '', pem('PGP PRIVATE KEY BLOCK', 'Comment: someone@example.com')],
  ['privateKey', '', `Private-Lines: 14\r\n${mixed(64, base64)}\r\n${mixed(64, base64, 2)}`],
  ['privateKey', '', `AGE-SECRET-KEY-1${mixed(58, upper32)}`],
  ['azureKey', '', `AccountName=a;AccountKey=${mixed(86, base64)}==;EndpointSuffix=b`],
  ['azureKey', '', `secret: "${mixed(3, word)}8Q~${mixed(34, word)}"`],
  ['jsonWebToken', '', `Authorization: Bearer ${jwt({ sub: 'user-7', admin: true })}`],
  ['token', 'GitHub', `ghp_${mixed(36, word)}`],
  ['token', 'GitHub', `ghs_${mixed(36, word)}`],
  ['token', 'GitHub', `github_pat_${mixed(22, word)}_${mixed(59, word)}`],
  ['token', 'GitLab', `glpat-${mixed(20, word)}`],
  ['token', 'Slack', `xoxb-${mixed(12, '0123456789')}-${mixed(24, word)}`],
  [
    'token',
    'Slack',
    `https://hooks.slack.com/services/T${mixed(9, word)}/B${mixed(9, word)}/${mixed(24, word)}`,
  ],
  ['token', 'Slack', `xapp-1-A${mixed(10, upper32)}-${mixed(13, '123456789')}-${mixed(64, hex)}`],
  ['token', 'Stripe', `sk_live_${mixed(24, word)}`],
  ['token', 'Google', `AIza${mixed(35, word)}`],
  ['token', 'npm', `//registry/:_authToken=npm_${mixed(36, word)}`],
  ['token', 'PyPI', `pypi-AgEIcHlwaS5vcmc${mixed(120, word)}`],
  ['token', 'Anthropic', `sk-ant-api03-${mixed(93, word)}AA`],
  ['token', 'OpenAI', `sk-proj-${mixed(58, word)}T3BlbkFJ${mixed(58, word)}`],
  ['token', 'Hugging Face', `hf_${mixed(34, letters)}`],
  ['token', 'Hugging Face', `hf_${mixed(34, word)}`],
  ['token', 'Cloudflare', `cfut_${mixed(40, word)}${mixed(8, hex)}`],
  ['token', 'Cloudflare', `CLOUDFLARE_API_TOKEN=${mixed(40, word)}`],
  ['token', 'Cloudflare', `cloudflare-api-token: ${mixed(40, word)}`],
  ['token', 'Cloudflare', `CF_API_TOKEN=${mixed(40, word)}`],
  ['token', 'Cloudflare', `-H "cf-aig-authorization: Bearer ${mixed(40, word)}"`],
  ['token', 'DigitalOcean', `dop_v1_${mixed(64, hex)}`],
  ['token', 'Docker', `dckr_pat_${mixed(27, word)}`],
  ['token', 'Shopify', `shpat_${mixed(32, hex)}`],
  ['token', 'SendGrid', `SG.${mixed(22, word)}.${mixed(43, word)}`],
  ['token', 'HashiCorp Vault', `hvs.${mixed(95, word)}`],
  ['token', 'Databricks', `dapi${mixed(32, hex)}`],
];

const github = samples.find(([, issuer]) => issuer === 'GitHub')![2];

/** What is no key, though it has something of one. */
const harmless: Record<string, string> = {
  'AWS’s documented key': `aws_access_key_id = AKIAIOSFODNN7EXAMPLE`,
  'AWS’s documented secret': 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'a variable': 'aws_secret_access_key = os.environ["AWS_SECRET_ACCESS_KEY"]',
  'a long name': `secretAccessKey: ${mixed(40, letters)}`,
  'a long word of another language': `CLOUDFLARE_API_TOKEN=${mixed(38, `${letters}_`)}`,
  'a path': `secret_key: /${'a1/'.repeat(12)}bcd.pem`,
  'a secret of a workflow': 'aws-secret-access-key: ${{ secrets.AWS_SECRET_ACCESS_KEY }}',
  'a header that is filled in': 'cf-aig-authorization: Bearer ${process.env.CF_AIG_TOKEN_FOR_THE_GATEWAY_1}',
  'a placeholder': `GITHUB_TOKEN=ghp_${'x'.repeat(36)}`,
  'a placeholder of another kind': `ghp_${'0123456789'.repeat(4).slice(0, 36)}`,
  'a name in capitals': 'const ASIAPACIFICREGIONALOFFICE = 1;',
  'a longer word': `xAKIA${mixed(16, upper32)}`,
  'code that reads keys': "if (!pem.startsWith('-----BEGIN PRIVATE KEY-----')) throw new Error('not a key');",
  'a certificate': pem('CERTIFICATE'),
  'a public key': pem('PUBLIC KEY'),
  'the token of jwt.io': [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9',
    'eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ',
    'SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
  ].join('.'),
  'a test key': `sk_test_${mixed(24, word)}`,
  'a slug': 'https://example.com/risk-assessment-for-the-desk-sk-and-other-things-that-go-on-and-on',
  'a hash': `sha512-${createHash('sha512').update('x').digest('base64')}`,
  'a commit': createHash('sha1').update('x').digest('hex'),
  'a picture': `data:image/png;base64,${mixed(20_000, base64)}`,
  nothing: '',
};

describe('a key in a text', () => {
  for (const [kind, issuer, sample] of samples)
    it(`is found: ${issuer || kind}, ${sample.slice(0, 12)}…`, () => {
      for (const text of [sample, `before\n\n  "${sample}"\nafter`, `key:${sample}`, `"before\\n${sample}"`])
        assert.deepEqual(
          findKeys(text).map((found) => [found.kind, found.issuer]),
          [[kind, issuer]],
          text.slice(0, 60),
        );
    });

  for (const [name, text] of Object.entries(harmless))
    it(`is not seen in ${name}`, () => assert.deepEqual(findKeys(text), []));

  it('is told by its line, whatever the line ends; of each kind the first', () => {
    const aws = samples[0]![2];
    for (const end of ['\n', '\r\n', '\r'])
      assert.deepEqual(findKeys(['one', 'two', github, '', aws, github].join(end)), [
        { kind: 'token', issuer: 'GitHub', line: 3 },
        { kind: 'awsAccessKey', issuer: '', line: 5 },
      ]);
    assert.equal(findKeys(aws)[0]?.line, 1);
  });

  it('is found behind any number of placeholders', () => {
    const text = `${harmless['a placeholder']}\n`.repeat(1000) + github;
    assert.deepEqual(findKeys(text), [{ kind: 'token', issuer: 'GitHub', line: 1001 }]);
  });

  it('takes time that grows with the text, not faster, on the worst of texts', () => {
    const worst = [
      'eyJ',
      '-eyJ',
      'eyJhbGciOiJIUzI1.',
      'sk-',
      '-----BEGIN PRIVATE KEY-----',
      '-----BEGIN ',
      'secret_key=',
      `secret_key: string = "`,
      'secret-key        ',
      'cf-aig-authorization: bearer ',
      'cloudflare_api_token=',
      'AKIA',
      'ABSK',
      'a',
      '8Q~',
      '-',
      mixed(9999, base64),
    ];
    assertGrowsWithLength(worst, findKeys);
  });
});
