// What a person does with the code of a reply: by buttons, by the palette and by keys.
import assert from 'node:assert/strict';
import { mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import { until } from '../limits';
import { quickInput, runCommandFromPalette } from './gestures';
import { sonnet as model } from './models';
import { clickNotificationButton, dialog, notification, screenshot, statusBarItem } from './sights';
import { type Scene, endedPanel, openScene, selectText, send } from './scene';

const reply =
  'First:\n\n```ts title="src/first.ts"\nlet first = 1;\n```\n\nThen:\n\n```ts\nif (last) {\n  last();\n}\n```\n';

describe('the code of a reply', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
    scene.gateway.script(model, { deltas: [reply] });
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  /** A reply to a prompt about the text of a file, all of which is selected. */
  const ask = async (text: string): Promise<Frame> => {
    await send(scene, text);
    return endedPanel(scene, text.split('\n').at(-1));
  };
  const block = (frame: Frame, at: number) => frame.locator('.code').nth(at);
  const press = async (frame: Frame, at: number, name: string) =>
    block(frame, at).getByRole('button', { name, exact: true }).click();
  /** By keys alone, from the button before. */
  const chooseByKeys = async (frame: Frame, at: number, name: string) => {
    await block(frame, at).getByRole('button', { name: 'Copy code' }).focus();
    await scene.workbench.page.keyboard.press('Tab');
    await scene.workbench.page.keyboard.press('Enter');
    const item = frame.getByRole('menuitem', { name });
    await item.waitFor();
    while (!(await item.evaluate((each) => each === document.activeElement)))
      await scene.workbench.page.keyboard.press('ArrowDown');
    await scene.workbench.page.keyboard.press('Enter');
  };
  const textIs = (expected: string) =>
    until(
      async () => {
        const text = await scene.workbench.agent.documentText().catch(() => undefined);
        return text === expected;
      },
      `the text is ${JSON.stringify(expected)}`,
    );
  /** The focus comes to the editor a moment after the text. */
  const undo = async () => {
    // Not to the diff, which may still be closing.
    await scene.workbench.page
      .locator('.part.editor .monaco-editor.focused:not(.monaco-diff-editor *)')
      .first()
      .waitFor();
    await scene.workbench.page.keyboard.press('Control+Z');
  };
  const box = () => quickInput(scene.workbench).locator('input').first();
  const problem = () => quickInput(scene.workbench).locator('.quick-input-message');

  it('is inserted by its button, and one undo takes it back', async () => {
    const frame = await ask('about insertion');
    await scene.workbench.agent.select([0, 5, 0, 5]);
    await press(frame, 0, 'Insert');
    await textIs('aboutlet first = 1; insertion');
    await undo();
    await textIs('about insertion');
    await screenshot(scene.workbench, 'code');
  });

  it('is inserted at every cursor by the palette; of two blocks, the last', async () => {
    await ask('one\n  two\nthree');
    await scene.workbench.agent.select([0, 3, 0, 3], [1, 5, 1, 5], [2, 0, 2, 5]);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Insert Code from Reply');
    await textIs(
      'oneif (last) {\n  last();\n}\n  twoif (last) {\n    last();\n  }\nif (last) {\n  last();\n}',
    );
    await undo();
    await textIs('one\n  two\nthree');
  });

  it('is that of the block in use', async () => {
    const frame = await ask('about use');
    await block(frame, 0).locator('pre').click();
    await runCommandFromPalette(scene.workbench, 'Bedrock: New File with Code from Reply');
    await textIs('let first = 1;');
    await frame.locator('.prompt').last().click();
    await runCommandFromPalette(scene.workbench, 'Bedrock: New File with Code from Reply');
    await textIs('if (last) {\n  last();\n}');
  });

  it('takes the place of the unchanged selection, by keys', async () => {
    const frame = await ask('  replaced');
    await chooseByKeys(frame, 1, 'Replace Selection');
    await textIs('  if (last) {\n    last();\n  }');
    await undo();
    await textIs('  replaced');
  });

  it('takes the place of a selection that has moved by a diff and Ctrl+Enter, or not by Escape', async () => {
    const { agent, page } = scene.workbench;
    const frame = await ask('moved');
    await agent.select([0, 0, 0, 0]);
    // A key may be there before the selection is: it would take the place of the text.
    await statusBarItem(scene.workbench, /^Ln 1, Col 1$/).waitFor();
    await page.keyboard.type('above');
    await page.keyboard.press('Enter');
    await textIs('above\nmoved');
    const isDiff = async () =>
      (await agent.tabs()).some(({ label, active }) => active && label.includes('code from'));
    await press(frame, 0, 'More actions');
    await frame.getByRole('menuitem', { name: 'Replace Selection' }).click();
    await until(isDiff, 'the diff is shown');
    await page
      .locator('.monaco-diff-editor .modified .view-line', { hasText: 'let first' })
      .first()
      .waitFor();
    await screenshot(scene.workbench, 'code-diff');
    await page.locator('.monaco-diff-editor .modified .view-line', { hasText: 'let first' }).first().click();
    await page.keyboard.press('Escape');
    await until(async () => !(await isDiff()), 'the diff is gone');
    await textIs('above\nmoved');
    await press(frame, 0, 'More actions');
    await frame.getByRole('menuitem', { name: 'Replace Selection' }).click();
    await until(isDiff, 'the diff is shown again');
    await page
      .locator('.monaco-diff-editor .modified .view-line', { hasText: 'let first' })
      .first()
      .waitFor();
    await page.keyboard.press('Control+Enter');
    await textIs('above\nlet first = 1;');
    await until(async () => !(await isDiff()), 'the diff is gone again');
    await undo();
    await textIs('above\nmoved');
  });

  it('is not inserted into a read-only document, which is named; a new file is offered', async () => {
    const frame = await ask('about reading');
    await scene.workbench.agent.openVirtual('some-scheme:/folder/virtual.txt', 'old');
    await press(frame, 1, 'Insert');
    await notification(scene.workbench, '“virtual.txt (some-scheme)” is read-only').waitFor();
    await clickNotificationButton(scene.workbench, 'is read-only', 'New File');
    await textIs('if (last) {\n  last();\n}');
  });

  it('is saved under the name that it has, and under no hostile one', async () => {
    const { workbench } = scene;
    await writeFile(path.join(workbench.folder, 'README.md'), '');
    await mkdir(path.join(workbench.folder, '.git'), { recursive: true });
    await symlink(workbench.dataDirectory, path.join(workbench.folder, 'out')).catch(() => undefined);
    const frame = await ask('about saving');
    await press(frame, 0, 'More actions');
    await screenshot(workbench, 'code-menu');
    await frame.getByRole('menuitem', { name: 'Save As…' }).click();
    await box().waitFor();
    assert.equal(await box().inputValue(), 'src/first.ts');
    const refused: Readonly<Record<string, RegExp>> = {
      '../first.ts': /could leave the workspace folder/,
      '/etc/first.ts': /relative to the workspace folder/,
      '.git/hooks/pre-commit': /\.git/,
      'NUL.ts': /device/,
      'first.ts.': /ends with a dot/,
      'readme.md': /“README\.md” already exists/,
      'out/first.ts': /“out” leads out/,
    };
    for (const [name, sentence] of Object.entries(refused)) {
      await box().fill(name);
      await problem().filter({ hasText: sentence }).waitFor();
      await workbench.page.keyboard.press('Enter');
      assert.ok(await box().isVisible(), name);
    }
    await screenshot(workbench, 'code-save');
    await box().fill('src/first.ts');
    await workbench.page.keyboard.press('Enter');
    await textIs('let first = 1;\n');
    assert.equal(await readFile(path.join(workbench.folder, 'src', 'first.ts'), 'utf8'), 'let first = 1;\n');
    assert.deepEqual(await readdir(path.join(workbench.folder, '.git')), []);
  });

  it('is saved where tools may run it only after a question, and overwrites nothing without a diff', async () => {
    const { workbench } = scene;
    const frame = await ask('about tools');
    const saveAs = async (name: string) => {
      await press(frame, 1, 'More actions');
      await frame.getByRole('menuitem', { name: 'Save As…' }).click();
      await box().fill(name);
      await workbench.page.keyboard.press('Enter');
    };
    await saveAs('.vscode/tasks.json');
    const question = dialog(workbench, 'Save “.vscode/tasks.json”?');
    await question.waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    await assert.rejects(readFile(path.join(workbench.folder, '.vscode', 'tasks.json')), { code: 'ENOENT' });
    const file = path.join(workbench.folder, 'existing.ts');
    await writeFile(file, 'old\n');
    await saveAs('existing.ts');
    await workbench.page.locator('.monaco-diff-editor').first().waitFor();
    assert.equal(await readFile(file, 'utf8'), 'old\n');
    await runCommandFromPalette(workbench, 'Bedrock: Apply Proposed Edit');
    const expected = 'if (last) {\n  last();\n}\n';
    await until(async () => (await readFile(file, 'utf8')) === expected, 'the file is saved');
    await undo();
    await textIs('old\n');
    await workbench.agent.executeCommand('workbench.action.files.revert');
  });

  it('says so where there is none', async () => {
    scene.gateway.script(model, { deltas: ['No code here.'] });
    await selectText(scene, 'about nothing');
    await scene.workbench.agent.startCommand('bedrockGateway.sendSelection');
    await endedPanel(scene, 'about nothing');
    await runCommandFromPalette(scene.workbench, 'Bedrock: Insert Code from Reply');
    await notification(scene.workbench, 'The reply has no code block.').waitFor();
  });
});
