// The main job inside VS Code, by commands alone, once for each way of authenticating. Runs in several worlds
// (test/vscode/hostWorlds.ts): behind a proxy, among hostile AWS_* variables.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Authentication } from '../../src/core/model/request';
import type { BedrockGatewayApi } from '../../src/api';
import { type Entry, standInApiKey, standInKeys, standInToken } from '../gateway';
import { until } from '../limits';

const url = process.env['STAND_IN_URL'] ?? '';
const root = new URL(url).origin;

/** What the stand-in got, asked past every proxy by another way than the extension's: a plain fetch. */
async function entries(): Promise<Entry[]> {
  return (await (await fetch(`${root}/__log`)).json()) as Entry[];
}

async function entryWith(text: string): Promise<Entry> {
  let found: Entry | undefined;
  const isThere = async () => {
    found = (await entries()).find(({ body, finished }) => finished && body.includes(text));
    return found !== undefined;
  };
  await until(isThere, 'the prompt is with the stand-in');
  return found!;
}

async function set(setting: string, value: unknown): Promise<void> {
  await vscode.workspace
    .getConfiguration('bedrockGateway')
    .update(setting, value, vscode.ConfigurationTarget.Global);
}

async function api(): Promise<BedrockGatewayApi> {
  const extension = vscode.extensions.getExtension<BedrockGatewayApi>('bedrock-gateway.bedrock-gateway');
  assert.ok(extension);
  return extension.activate();
}

const ways = {
  // What the others need is stored from here on: a prompt carries what its way takes, and no more.
  accessKeys: { ...standInKeys, apiKey: standInApiKey, gatewayToken: standInToken },
  apiKey: {},
  profile: { profile: 'in the host' },
  gateway: { accessKeyId: '', secretAccessKey: '', apiKey: '' },
} as const satisfies Record<Authentication, unknown>;

describe('a prompt', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'aws-'));
    // They say where ~/.aws is; the files of whoever runs the tests are not looked at.
    process.env['AWS_CONFIG_FILE'] = path.join(folder, 'config');
    process.env['AWS_SHARED_CREDENTIALS_FILE'] = path.join(folder, 'credentials');
    const { accessKeyId, secretAccessKey } = standInKeys;
    await writeFile(
      path.join(folder, 'credentials'),
      `[in the host]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    );
    await set('gateway.url', url);
    await set('aws.region', 'us-east-1');
    await set('model', 'anthropic.claude-sonnet-4-5-20250929-v1:0');
  });

  for (const authentication of ['accessKeys', 'profile', 'apiKey', 'gateway'] as const) {
    it(`is sent and answered, authenticated by ${authentication}`, async () => {
      await (await api()).setCredentials({ authentication, ...ways[authentication] });
      const text = `Prompt of ${authentication}, number ${Date.now()}`;
      const document = await vscode.workspace.openTextDocument({ content: text });
      const editor = await vscode.window.showTextDocument(document);
      editor.selection = new vscode.Selection(document.positionAt(0), document.positionAt(text.length));
      await vscode.commands.executeCommand('bedrockGateway.sendSelection');

      const entry = await entryWith(text);
      assert.equal(entry.status, 200);
      assert.equal(entry.region, 'us-east-1');
      assert.equal(entry.model, 'anthropic.claude-sonnet-4-5-20250929-v1:0');
      assert.equal(entry.headers['cf-aig-authorization'], `Bearer ${standInToken}`);
      assert.match(entry.headers['user-agent'] ?? '', /^bedrock-gateway\/\d/);
      const ofAws = Object.keys(entry.headers).filter((name) =>
        /^(authorization|x-amz-.*|amz-sdk-.*)$/.test(name),
      );
      if (authentication === 'gateway') {
        assert.equal(entry.authentication, 'storedKeys');
        assert.deepEqual(ofAws, []);
      } else if (authentication === 'apiKey') {
        assert.equal(entry.authentication, 'apiKey');
        assert.deepEqual(ofAws, ['authorization']);
        assert.equal(entry.headers['authorization'], `Bearer ${standInApiKey}`);
      } else {
        assert.equal(entry.signature, 'accepted');
        assert.match(entry.headers['authorization'] ?? '', new RegExp(standInKeys.accessKeyId));
        assert.deepEqual(ofAws.sort(), ['authorization', 'x-amz-date']);
      }
      assert.equal(vscode.window.activeTextEditor, editor, 'the editor keeps the focus');
    });
  }

  it('has loaded the AWS SDK by now', () => {
    assert.ok(Object.keys(require.cache).some((file) => /dist[\\/]engine\.js$/.test(file)));
  });

  after(() => rm(folder, { recursive: true }));
  after(() =>
    vscode.commands.executeCommand('workbench.action.closeAllEditors').then(undefined, () => undefined),
  );
});
