// An update has taken files of the version that runs: whoever asks for what was in them is told so.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { project } from '../vscode/project';
import { quickPickRow, runCommandFromPalette } from './gestures';
import { type Scene, openScene, selectText } from './scene';
import { notification, screenshot, webviewFrame } from './sights';

describe('an extension whose files are gone in part', () => {
  let scene: Scene;
  let extension: string;
  before(async () => {
    extension = mkdtempSync(path.join(os.tmpdir(), 'in-part-'));
    for (const name of ['package.json', 'package.nls.json', 'dist', 'l10n', 'media'])
      cpSync(path.join(project, name), path.join(extension, name), { recursive: true });
    for (const part of ['activity', 'check', 'askAbout']) rmSync(path.join(extension, 'dist', `${part}.js`));
    scene = await openScene({ extension, credentials: false });
  });
  after(async () => {
    await scene.close();
    rmSync(extension, { recursive: true, force: true });
  });

  const says = (what: string) => `Couldn’t load a part of the extension, so “${what}” is not available.`;
  /** One notification, with the button that helps. */
  const toldOnce = async (what: string) => {
    const told = notification(scene.workbench, says(what));
    await told.getByRole('button', { name: 'Reload Window' }).waitFor();
    assert.equal(await told.count(), 1);
    await runCommandFromPalette(scene.workbench, 'Notifications: Clear All Notifications');
  };

  it('says so when nothing but its beginning is left, and goes on once the rest is there again', async () => {
    const shell = path.join(extension, 'dist', 'shell.js');
    renameSync(shell, `${shell}.gone`);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Ask…');
    await toldOnce('Ask…');
    renameSync(`${shell}.gone`, shell);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Ask…');
    await quickPickRow(scene.workbench, 'AWS access keys, stored in VS Code').waitFor();
    await scene.workbench.page.keyboard.press('Escape');
  });

  it('says so in the place of Activity, and beside it', async () => {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Show Activity');
    await toldOnce('Activity');
    const frame = await webviewFrame(scene.workbench, `body:has-text("${says('Activity')}")`);
    assert.match(await frame.locator('body').innerText(), /Reload the window/);
    await screenshot(scene.workbench, 'missing-activity');
  });

  for (const command of ['Check Connection', 'Ask About Selection…'])
    it(`says so for ${command}`, async () => {
      await selectText(scene, 'selected');
      await runCommandFromPalette(scene.workbench, `Bedrock: ${command}`);
      await toldOnce(command);
    });
});
