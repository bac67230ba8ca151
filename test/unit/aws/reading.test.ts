// What ~/.aws says, read as AWS's CLI and SDKs read it, oddly written as it may be.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Home, openHome } from '../../aws/home';
import { type Files, readFiles } from '../../../src/aws/files';
import { assertSwift } from '../swift';
import { parseIni } from '../../../src/aws/ini';
import { incompleteIn } from '../../../src/aws/profile';
import { findProfile } from '../../../src/aws/readProfile';

const roleArn = 'arn:aws:iam::111122223333:role/Developer';
const keys = 'aws_access_key_id = AKIAX\naws_secret_access_key = a/b+c==\n';

describe('~/.aws', () => {
  let home: Home | undefined;
  afterEach(async () => {
    await home?.close();
    home = undefined;
  });

  async function files(config: string | Uint8Array, credentials: string | Uint8Array = ''): Promise<Files> {
    home = await openHome();
    await home.write('.aws/config', config);
    await home.write('.aws/credentials', credentials);
    return readFiles();
  }
  const said = ({ profiles }: Files) =>
    Object.fromEntries(
      [...profiles].map(([name, { settings }]) => [name, Object.fromEntries(settings)] as const),
    );
  const problemOf = (name: string, files: Files) => {
    const profile = findProfile(name, files);
    const { problem, subject } = (profile && incompleteIn(profile)) ?? {};
    return [problem, subject];
  };

  for (const [what, config, profiles] of [
    ['settings in capitals', '[profile a]\nREGION = x\nRole_Arn=y', { a: { region: 'x', role_arn: 'y' } }],
    ['no blanks, many, and tabs', '[profile\ta]\nk=v\nl \t=\t w \t', { a: { k: 'v', l: 'w' } }],
    ['blanks inside the brackets', '[  profile a  ]\nk = v', { a: { k: 'v' } }],
    ['a colon', '[profile a]\nk: v=w', { a: { k: 'v=w' } }],
    ['equals signs in a value', '[profile a]\nk = a/b+c==', { a: { k: 'a/b+c==' } }],
    [
      'quotation marks of a value',
      `[profile a]\nk = "v"\nl = 'w' # "x"\nm: " y"\nn = ""\no = "p`,
      { a: { k: 'v', l: 'w', m: 'y', o: '"p' } },
    ],
    [
      'what cannot be seen',
      '[\u200bprofile a\u2060]\n\u200bk\u200b = \u202av\u00ad\ufeff\n\u200b\n\u200b# x',
      { a: { k: 'v' } },
    ],
    ['a value of nothing', '[profile a]\nk = v\nk =\nl =\nm = w', { a: { m: 'w' } }],
    ['the later of two values', '[profile a]\nk = v\nK = w', { a: { k: 'w' } }],
    ['two sections of a name', '[profile a]\nk = v\nl = v\n[profile a]\nk = w', { a: { k: 'w', l: 'v' } }],
    ['a section of nothing', '[profile a]\n[profile b]\nk = v', { a: {}, b: { k: 'v' } }],
    ['[profile default] alone', '[profile default]\nk = v\n[default]\nl = w', { default: { k: 'v' } }],
    ['[profile default] last', '[default]\nl = w\n[profile default]\nk = v', { default: { k: 'v' } }],
    ['[default]', '[default]\nk = v', { default: { k: 'v' } }],
    ['no section of another kind', '[a]\nk=v\n[profilea]\nk=v\n[profile]\nk=v\n[preview]\nk=v', {}],
    [
      'comments after a head',
      '[profile a]# x [y]\nk=v\n[profile b]; x\n[profile c] # x',
      { a: { k: 'v' }, b: {}, c: {} },
    ],
    [
      'comments after a value',
      '[profile a]\nk = v # w ; x\nl = v;w#x\nm = # x',
      { a: { k: 'v', l: 'v;w#x' } },
    ],
    ['comments of their own', '# [x\n[profile a]\n;x\n  # y\nk = v\n  ; z\nl = w', { a: { k: 'v', l: 'w' } }],
    ['names in quotation marks', '[profile "a # b]"]\n[profile \'c d\']', { 'a # b]': {}, 'c d': {} }],
    [
      'names as the CLI writes them',
      `[profile 'o'"'"'brien x']\n[profile o'brien]`,
      { "o'brien x": {}, "o'brien": {} },
    ],
    ['lines that are all indented', '  [profile a]\n  k = v\n\n  l = w', { a: { k: 'v', l: 'w' } }],
    [
      'values that go on below',
      '[profile a]\nk = v\n  -w = x # y\n\n\tz\nl = w',
      { a: { k: 'v\n-w = x # y\nz', l: 'w' } },
    ],
    [
      'nested settings',
      '[profile a]\n  s3 =\n    x = 1 # y\n\n    Y = 2\n  k = v\ns4=\n z=3',
      { a: { 's3.x': '1', 's3.y': '2', k: 'v', 's4.z': '3' } },
    ],
    [
      'Windows’ line ends',
      '[profile a]\r\nk = v\r\n[profile b]\r\nk = w\r\n',
      { a: { k: 'v' }, b: { k: 'w' } },
    ],
    ['those of old Macs', '[profile a]\rk = v\r', { a: { k: 'v' } }],
    ['a byte order mark', '\uFEFF[profile a]\nk = v', { a: { k: 'v' } }],
    ['UTF-16', Buffer.from('\uFEFF[profile größe]\r\nk = v', 'utf16le'), { größe: { k: 'v' } }],
    ['what is no Unicode', Buffer.from('[profile größe]\nk = v', 'latin1'), { größe: { k: 'v' } }],
    [
      'quotation marks in a command',
      `[profile a]\ncredential_process = sh -c 'x ; y' "\\" # z" # c ; d`,
      { a: { credential_process: `sh -c 'x ; y' "\\" # z"` } },
    ],
    [
      'a command in quotation marks',
      `[profile a]\ncredential_process = "C:\\a b\\c.exe"`,
      { a: { credential_process: `"C:\\a b\\c.exe"` } },
    ],
    [
      'a command with one of them',
      `[profile a]\ncredential_process = o'brien x # c`,
      { a: { credential_process: `o'brien x` } },
    ],
  ] as const)
    it(`is read with ${what}`, async () => {
      assert.deepEqual(said(await files(config)), profiles);
    });

  it('has no prefixes in the credentials file', async () => {
    const credentials = `[profile a]\nk=v\n[sso-session b]\nk=v\n[sso-sessionc]\nk=v\n[my dev]\nk=v\n[default]\nk=v`;
    const read = said(await files('[default]\nl=w\n[profile my dev]\nk=w\nl=w', credentials));
    assert.deepEqual(read, {
      default: { k: 'v', l: 'w' },
      'my dev': { k: 'v', l: 'w' },
      'sso-sessionc': { k: 'v' },
    });
  });

  it('may have more sections of an SSO session, and of services', async () => {
    const { sessions, services } = await files(
      `[sso-session "a b"]\nSSO_REGION = x\n[services s]\nSTS =\n endpoint_url = x\n` +
        `[sso-session a b]\nsso_start_url = y\n[services s]\nsso =\n endpoint_url = y`,
    );
    assert.deepEqual(
      [...(sessions.get('a b') ?? [])],
      [
        ['sso_region', 'x'],
        ['sso_start_url', 'y'],
      ],
    );
    assert.deepEqual(
      [...(services.get('s') ?? [])],
      [
        ['sts.endpoint_url', 'x'],
        ['sso.endpoint_url', 'y'],
      ],
    );
  });

  it('may hold a command of several lines', async () => {
    const profile = findProfile('a', await files('[profile a]\ncredential_process = x\n  --y\n  --z'));
    assert.ok(profile?.kind === 'process');
    assert.equal(profile.command, 'x --y --z');
  });

  for (const source of ['Environment', 'EC2INSTANCEMETADATA', 'ecsContainer'])
    it(`takes the credential_source ${source}`, async () => {
      const read = await files(`[profile a]\nrole_arn = ${roleArn}\ncredential_source = ${source}`);
      assert.deepEqual(problemOf('a', read), [undefined, undefined]);
    });

  it('names a line that cannot be read where something is missing, and nowhere else', async () => {
    const broken = 'junk\n';
    const role = `role_arn = ${roleArn}\nsource_profile = `;
    const read = await files(
      `[profile a]\n${broken}[profile b]\n${broken}${keys}[profile c]\n${broken}${role}c\n` +
        `[profile d]\n${broken}${role}b\nduration_seconds = long\n[profile e]\ns3 =\n  x\n`,
    );
    assert.deepEqual(problemOf('a', read), ['malformed', '~/.aws/config:2']);
    assert.deepEqual(problemOf('b', read), [undefined, undefined]);
    assert.deepEqual(problemOf('c', read), ['cycle', 'c → c']);
    assert.deepEqual(problemOf('d', read), ['notNumber', 'duration_seconds']);
  });

  for (const line of [
    'export AWS_ACCESS_KEY_ID=AKIAX',
    'set AWS_ACCESS_KEY_ID=AKIAX',
    'SET AWS_ACCESS_KEY_ID=AKIAX',
    '$env:AWS_ACCESS_KEY_ID="AKIAX"',
    '$Env:AWS_ACCESS_KEY_ID = "AKIAX"',
    'declare -x AWS_ACCESS_KEY_ID="AKIAX"',
  ])
    it(`names a shell’s command: ${line}`, async () => {
      assert.deepEqual(problemOf('a', await files('', `[a]\n${line}\n`)), [
        'shellCommand',
        '~/.aws/credentials:2',
      ]);
    });

  for (const line of ['"AccessKeyId": "AKIAX",', 'my access key = AKIAX', '{', 'AKIAX'])
    it(`names what is no setting: ${line}`, async () => {
      assert.deepEqual(problemOf('a', await files('', `[a]\n${line}\n`)), [
        'malformed',
        '~/.aws/credentials:2',
      ]);
    });

  const secret = 'a/b+c==';
  for (const [what, id, key, setting] of [
    ['typographic quotation marks', '“AKIAX”', secret, 'aws_access_key_id'],
    ['single ones', 'AKIAX', `‘${secret}’`, 'aws_secret_access_key'],
    ['one of them', 'AKIAX', `"${secret}`, 'aws_secret_access_key'],
    ['a comma at the end', 'AKIAX,', secret, 'aws_access_key_id'],
    ['one after quotation marks', '"AKIAX",', secret, 'aws_access_key_id'],
    ['a semicolon at the end', 'AKIAX', `${secret};`, 'aws_secret_access_key'],
    ['a blank', 'AKIAX', 'a/b c==', 'aws_secret_access_key'],
    ['a blank of no width', 'AK\u200bIAX', secret, 'aws_access_key_id'],
    ['a blank that does not break', 'AKIAX', 'a\u00a0b', 'aws_secret_access_key'],
    ['a placeholder', '<your key>', secret, 'aws_access_key_id'],
    ['a variable', '$AWS_ACCESS_KEY_ID', secret, 'aws_access_key_id'],
    ['full-width letters', 'ＡＫＩＡＸ', secret, 'aws_access_key_id'],
  ] as const)
    it(`names a value that is none of its kind: ${what}`, async () => {
      const credentials = `[a]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}\n`;
      assert.deepEqual(problemOf('a', await files('', credentials)), ['notPlain', setting]);
    });

  it('takes such a value for no fault where it is not used', async () => {
    const read = await files(`[profile a]\nregion = “x”\n`, `[a]\n${keys}`);
    assert.deepEqual(problemOf('a', read), [undefined, undefined]);
  });

  it('misses the session token of temporary keys', async () => {
    const temporary = keys.replace('AKIAX', 'ASIAX');
    assert.deepEqual(problemOf('a', await files('', `[a]\n${temporary}`)), [
      'settingMissing',
      'aws_session_token',
    ]);
  });

  for (const [what, hostile] of [
    ['escaped quotation marks', (n: number) => `credential_process = ${'"\\'.repeat(n)}`],
    ['quotation marks', (n: number) => `credential_process = ${`"'`.repeat(n)}`],
    ['blanks and a line separator', (n: number) => `k = ${' #'.repeat(n)}\u2028`],
    ['blanks', (n: number) => `k = a${' '.repeat(n)}\u2028x`],
    ['brackets', (n: number) => `[${']'.repeat(n)}x`],
    ['brackets and comments', (n: number) => `[${'] #'.repeat(n)}\u2028x`],
    ['a head of blanks', (n: number) => `[profile${' '.repeat(n)}\u2028${' '.repeat(n)}\u2028]`],
    ['a name of quotation marks', (n: number) => `[profile ${`"'`.repeat(n)}]`],
    ['what cannot be seen', (n: number) => `${'\u200b'.repeat(n)}x${'\u200b '.repeat(n)}y`],
    ['sections', (n: number) => '[profile a]\n'.repeat(n)],
    ['lines that go on', (n: number) => `k = v\n${'  w\n'.repeat(n)}`],
  ] as const)
    it(`is read in time that grows with its length alone: ${what}`, () => {
      const text = `[profile a]\n${hostile(120_000)}`;
      assertSwift(text, () => parseIni(text));
    });

  for (const [config, problem] of [
    ['[profile a]\nregion = x', 'unreadable'],
    [`[profile a]\nrole_arn = ${roleArn}\nsource_profile = base`, 'unreadable'],
    [`[profile a]\nrole_arn = ${roleArn}\nsource_profile = a`, 'cycle'],
    [`[profile a]\n${keys}`, undefined],
  ] as const)
    it(`names a file that cannot be read where something is missing: ${problem}`, async () => {
      home = await openHome({ config });
      await mkdir(path.join(home.folder, '.aws', 'credentials'));
      const [found, subject] = problemOf('a', await readFiles());
      assert.equal(found, problem);
      if (problem === 'unreadable') assert.equal(subject, '~/.aws/credentials');
    });
});
