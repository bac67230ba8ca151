// What is said of a profile, and what its buttons open, in VS Code.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { commands, window } from 'vscode';
import { adviceFor, remedyLabel } from '../../src/advice/advice';
import { identityText } from '../../src/check/results';
import { type FailureKind, failure } from '../../src/core/model/failure';
import { askMfaCode } from '../../src/aws/mfa';
import { openConfig } from '../../src/aws/signIn';
import type { FailureDetails, SettingProblem } from '../../src/core/model/failureDetails';
import { describeProblem } from '../../src/aws/strings';

const refused = { authentication: 'profile', profile: 'dev', source: 'keys' } as const;
const unusedSources = [
  { source: 'login', file: 'config' },
  { source: 'process', file: 'config' },
] as const;

/** The sentence, then what the buttons say. */
function said(kind: FailureKind, facts: FailureDetails): string {
  const { sentence, remedies } = adviceFor(failure(kind, facts));
  return [sentence, ...remedies.map(remedyLabel)].join(' | ');
}

describe('what is said of a profile', () => {
  for (const kind of ['awsSessionExpired', 'awsKeyUnknown', 'awsSecretWrong'] as const) {
    it(`names where keys stand that are refused, and opens that file: ${kind}`, () => {
      const inCredentials = said(kind, { ...refused, file: 'credentials', unusedSources });
      assert.match(inCredentials, /The keys are in ~\/\.aws\/credentials, under \[dev\]\./);
      assert.match(
        inCredentials,
        /Remove them to use the profile’s other credentials: “aws login” in ~\/\.aws\/config, a credential_process in ~\/\.aws\/config\./,
      );
      assert.match(inCredentials, /Open AWS Credentials File/);
      const inConfig = said(kind, { ...refused, file: 'config' });
      assert.match(inConfig, /The keys are in ~\/\.aws\/config, under \[profile dev\]\./);
      assert.match(inConfig, /Open AWS Config File/);
      assert.doesNotMatch(inConfig, /Remove|credentials, under/);
    });

    it(`says nothing of files where the credentials came from elsewhere: ${kind}`, () => {
      const told = said(kind, { authentication: 'profile', profile: 'dev', source: 'role', file: 'config' });
      assert.doesNotMatch(told, /keys are in/);
    });
  }

  it('says until when keys were good, if that is noted and over', () => {
    const facts = { ...refused, file: 'credentials' } as const;
    assert.match(said('awsSessionExpired', { ...facts, expiresAt: 1_000_000_000_000 }), /expired at .*2001/);
    assert.doesNotMatch(
      said('awsSessionExpired', { ...facts, expiresAt: Date.now() + 60_000 }),
      /expired at/,
    );
  });

  for (const [kind, facts] of [
    ['ssoSessionExpired', {}],
    ['ssoRoleDenied', { subject: 'r' }],
    ['profileIncomplete', { problem: 'settingMissing', subject: 'sso_region', file: 'config' }],
    ['credentialProcessFailed', { problem: 'outputNotJson' }],
    ['awsActionNotAllowed', { authentication: 'profile', action: 'bedrock:x', source: 'keys' }],
  ] as const)
    it(`names what was passed over: ${kind}`, () => {
      const over = [{ source: 'keys', file: 'credentials' }] as const;
      const told = said(kind, { profile: 'dev', ...facts, unusedSources: over });
      assert.match(
        told,
        /also names access keys in ~\/\.aws\/credentials\. The extension ignores this, as the AWS CLI does/,
      );
    });

  it('names the section in which something is missing', () => {
    const facts = { profile: 'dev', problem: 'settingMissing', subject: 'aws_secret_access_key' } as const;
    const told = said('profileIncomplete', { ...facts, file: 'credentials' });
    assert.match(told, /aws_secret_access_key is missing\. See \[dev\] in ~\/\.aws\/credentials\./);
    assert.match(told, /Open AWS Credentials File/);
    for (const problem of ['malformed', 'shellCommand', 'unreadable'] satisfies SettingProblem[]) {
      const placed = said('profileIncomplete', { ...facts, problem, file: 'credentials' });
      assert.ok(placed.startsWith(`${describeProblem(problem, facts.subject)} |`), placed);
    }
  });

  it('names the variable that says where a file is, whose path may hold a name', () => {
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/home/ann/keys';
    try {
      const told = said('awsSessionExpired', { ...refused, file: 'credentials' });
      assert.match(told, /are in AWS_SHARED_CREDENTIALS_FILE, under/);
    } finally {
      delete process.env['AWS_SHARED_CREDENTIALS_FILE'];
    }
  });

  it('is what a check tells of it', () => {
    assert.equal(
      identityText({ source: 'keys', file: 'credentials', unusedSources: [unusedSources[1]] }),
      'in ~/.aws/credentials · not used: a credential_process in ~/.aws/config',
    );
    assert.match(
      identityText({ source: 'keys', file: 'config', expiresAt: 1_000_000_000_000 }),
      /expired .*2001/,
    );
    assert.match(identityText({ source: 'role', expiration: Date.now() + 60_000 }), /^until /);
  });
});

describe('the button of a profile’s file', () => {
  // The first editor of a window takes long where the machine is busy.
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'aws-'));
    process.env['AWS_CONFIG_FILE'] = path.join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = path.join(folder, 'credentials');
    await writeFile(path.join(folder, 'config'), '# x\n[profile other]\n[profile dev]\nregion = x\n');
    await writeFile(path.join(folder, 'credentials'), '[a]\n\n\n[dev]\nx = y\n[only]\n');
  });
  after(async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    delete process.env['AWS_CONFIG_FILE'];
    delete process.env['AWS_SHARED_CREDENTIALS_FILE'];
    await rm(folder, { recursive: true });
  });

  for (const [facts, file, line] of [
    [{ profile: 'dev', file: 'credentials' }, 'credentials', 3],
    [{ profile: 'dev', file: 'config' }, 'config', 2],
    [{ profile: 'dev' }, 'config', 2],
    [{ profile: 'only' }, 'credentials', 5],
    [{ profile: 'nobody' }, 'config', 0],
    [{}, 'config', 0],
  ] as const)
    it(`opens the section that is to be mended: ${JSON.stringify(facts)}`, async () => {
      await openConfig(facts);
      const editor = window.activeTextEditor;
      assert.equal(path.basename(editor?.document.fileName ?? ''), file);
      if (line > 0) assert.equal(editor?.selection.active.line, line);
    });
});

describe('the box for the code of a device', () => {
  it('is shown after one that failed', async () => {
    const { signal } = new AbortController();
    const broken = {
      profile: 'dev',
      get serial(): string {
        throw new Error('no serial');
      },
    };
    await assert.rejects(askMfaCode(broken, signal), /no serial/);
    const stopping = new AbortController();
    const asked = askMfaCode({ profile: 'dev', serial: 'x' }, stopping.signal);
    stopping.abort();
    assert.equal(await asked, undefined);
  });
});
