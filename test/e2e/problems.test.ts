// The light bulb at a problem of VS Code's own TypeScript: explained, and fixed by a diff.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../limits';
import { messagesOf, turnOf, composerFrame } from './composer';
import { sonnet as model } from './models';
import { type Scene, gate, openScene } from './scene';
import { project } from '../vscode/project';
import { clickNotificationButton, notification, screenshot } from './sights';

const wrong = 'const count: number = "three";\nconsole.log(count);\n';
const right = 'const count: number = 3;\nconsole.log(count);\n';

describe('a problem in an editor', () => {
  let scene: Scene;
  before(async () => {
    // With VS Code's own extensions, of which one is TypeScript; its server comes from npm here.
    const library = path.join(project, 'node_modules', 'typescript', 'lib');
    scene = await openScene({
      ...{ own: true, withoutPrograms: false },
      settings: { 'typescript.tsdk': library, 'js/ts.tsdk.path': library },
    });
    const file = path.join(scene.workbench.folder, 'main.ts');
    await writeFile(file, wrong);
    await scene.workbench.agent.openFile(file);
  });
  after(() => scene.close());

  const lightBulb = async (label: string) => {
    const { page, agent } = scene.workbench;
    await page.locator('.squiggly-error').first().waitFor();
    await agent.select([0, 8, 0, 8]);
    await until(async () => {
      await page.keyboard.press('Control+.');
      const item = page.locator('.action-widget .monaco-list-row', { hasText: label });
      const isThere = await item.waitFor({ timeout: 3000 }).then(
        () => true,
        () => false,
      );
      if (isThere) await item.click();
      else await page.keyboard.press('Escape');
      return isThere;
    }, `the light bulb offers “${label}”`);
  };

  it('is explained', async () => {
    scene.gateway.script(model, { deltas: ['A text is no number.'] });
    await lightBulb('Explain with Bedrock');
    const frame = await composerFrame(scene);
    await turnOf(frame, 'Explain these problems').getByText('A text is no number.').waitFor();
    const [sent] = messagesOf(scene.gateway.log.at(-1)!);
    assert.match(sent!, /- main\.ts:1: error ts\(2322\): Type 'string' is not assignable to type 'number'\./);
    assert.ok(sent!.includes(wrong));
  });

  it('is fixed by a diff, and one undo takes it back', async () => {
    const { page, agent } = scene.workbench;
    scene.gateway.script(model, { deltas: ['```ts\n', right, '```\n\nThe number is one now.'] });
    await agent.executeCommand('workbench.action.focusFirstEditorGroup');
    await lightBulb('Fix with Bedrock');
    await page.locator('.monaco-diff-editor .modified .view-line', { hasText: '3;' }).first().waitFor();
    await screenshot(scene.workbench, 'problem-fix');
    assert.equal(await agent.documentTextOf('main.ts'), wrong);
    await page.keyboard.press('Control+Enter');
    await until(async () => (await agent.documentTextOf('main.ts')) === right, 'it is applied');
    await agent.openFile(path.join(scene.workbench.folder, 'main.ts'));
    await page.keyboard.press('Control+Z');
    await until(async () => (await agent.documentTextOf('main.ts')) === wrong, 'one undo takes it back');
  });

  it('is fixed without taking the focus from somebody who has gone on', async () => {
    const { page, agent } = scene.workbench;
    const rest = gate();
    scene.gateway.script(model, {
      deltas: ['```ts\n', right, '```\n'],
      hold: (at) => (at === 1 ? rest.opened : Promise.resolve()),
    });
    const count = scene.gateway.log.length;
    await agent.executeCommand('workbench.action.focusFirstEditorGroup');
    await lightBulb('Fix with Bedrock');
    await until(() => Promise.resolve(scene.gateway.log.length > count), 'the fix is asked for');
    await agent.select([1, 0, 1, 0]);
    rest.open();
    const ready = notification(scene.workbench, 'The fix of “main.ts” is ready.');
    await ready.waitFor();
    assert.equal(await page.locator('.monaco-diff-editor').count(), 0);
    await clickNotificationButton(scene.workbench, 'The fix of', 'Show Diff');
    await page.locator('.monaco-diff-editor .modified .view-line', { hasText: '3;' }).first().waitFor();
    await agent.executeCommand('bedrockGateway.discardEdit');
    await page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
  });

  it('is not offered when the setting is off', async () => {
    const { page, agent } = scene.workbench;
    await agent.updateSetting('bedrockGateway.editor.codeActions', false);
    await page.locator('.squiggly-error').first().waitFor();
    await agent.select([0, 8, 0, 8]);
    await page.keyboard.press('Control+.');
    await page.locator('.action-widget .monaco-list-row').first().waitFor();
    assert.equal(await page.locator('.action-widget', { hasText: 'Bedrock' }).count(), 0);
  });
});
