// What the manifest promises, and what the extension then does.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import type { BedrockGatewayApi } from '../../src/api';

interface Manifest {
  contributes: {
    commands: { command: string }[];
    configuration: { properties: Record<string, { scope: string; default: unknown }> }[];
  };
}

const found = vscode.extensions.getExtension<BedrockGatewayApi>('bedrock-gateway.bedrock-gateway');

describe('the manifest', () => {
  it('is that of the extension that runs here', async () => {
    assert.ok(found);
    await found.activate();
    assert.ok(found.isActive);
  });

  it('lists every command that is registered, and none that is not', async () => {
    const { contributes } = found?.packageJSON as Manifest;
    const promised = contributes.commands.map(({ command }) => command).sort();
    const registered = (await vscode.commands.getCommands(true))
      .filter((command) => command.startsWith('bedrockGateway.') && !command.includes('.editor'))
      // VS Code makes some for each view.
      .filter((command) => !/^bedrockGateway\.(activity|history)\./.test(command))
      .sort();
    assert.deepEqual(registered, promised);
  });

  it('loads its entry alone at activation: the AWS SDK and the panel stay on the disk', () => {
    // Tests in this host share its module cache; this file runs before any that sends a prompt.
    const own = path.join(found!.extensionPath, 'dist') + path.sep;
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(own));
    assert.deepEqual(
      loaded.map((file) => path.relative(own, file)),
      ['extension.js'],
    );
  });

  it('gives every setting the default that VS Code then has', () => {
    const { contributes } = found?.packageJSON as Manifest;
    for (const { properties } of contributes.configuration)
      for (const [key, { default: expected }] of Object.entries(properties))
        assert.deepEqual(vscode.workspace.getConfiguration().inspect(key)?.defaultValue, expected, key);
  });
});
