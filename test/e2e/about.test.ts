// Asking about what is selected, through the workbench: what is picked and typed there, and what then arrives.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Entry } from '../gateway';
import { until } from '../limits';
import { choose, chooseFromEditorMenu, quickInput, quickPickRow, runCommandFromPalette } from './gestures';
import { type Scene, openScene, panelFrame, selectText } from './scene';
import { clickNotificationButton, screenshot } from './sights';

const command = 'Bedrock: Ask About Selection…';
const code = 'const twice = (n) => n * 2;\n// ${file} $& `it`\nconst last = 1;\n';

describe('ask about a selection', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  const input = () => quickInput(scene.workbench).locator('input').first();
  const press = (key: string) => scene.workbench.page.keyboard.press(key);

  /** Opens the pick, as the palette does, and waits for its rows. */
  async function openPick(): Promise<void> {
    await runCommandFromPalette(scene.workbench, command);
    await rowsShown();
  }

  /** The rows of the pick; of them, VS Code keeps some that it does not show. */
  const rowsShown = () =>
    quickInput(scene.workbench).getByText('Saved prompts').filter({ visible: true }).first().waitFor();

  /** Their labels, without the lines below them. */
  const labels = () =>
    quickInput(scene.workbench)
      .locator('.monaco-list-row:visible')
      .evaluateAll((rows) =>
        // VS Code adds rows where it has room, not in their order.
        rows
          .sort((one, other) => Number(one.dataset['index']) - Number(other.dataset['index']))
          .map((row) => row.querySelector('.label-name')?.textContent ?? ''),
      );

  const box = (prompt: string) =>
    quickInput(scene.workbench).locator('.quick-input-message').filter({ hasText: prompt }).waitFor();

  /** Does something, and tells what the model was sent for it. */
  async function sentBy(act: () => Promise<unknown>): Promise<string> {
    const before = scene.gateway.log.length;
    await act();
    const entry = await scene.gateway.waitFor(({ number, finished }) => number === before + 1 && finished);
    assert.equal(entry.signature, 'accepted');
    return sentText(entry);
  }

  const askTyped = (question: string) =>
    sentBy(async () => {
      await openPick();
      await input().fill(question);
      await press('Enter');
    });

  it('sends a typed question by the right mouse button, with the selection below it', async () => {
    await selectText(scene, code, 'js');
    const sent = await sentBy(async () => {
      await chooseFromEditorMenu(scene.workbench, 'Bedrock', 'Ask About Selection…');
      await rowsShown();
      await input().fill('What is $(x) for, ${file}?');
      await quickPickRow(scene.workbench, 'Ask “What is $(x) for, ${file}?”').waitFor();
      await press('Enter');
    });
    const [file] = /file\d+\.js/.exec(sent)!;
    assert.equal(sent, `What is $(x) for, \${file}?\n\n${file}:1-3\n\`\`\`javascript\n${code}\`\`\``);
    const frame = await panelFrame(scene, 'What is $(x) for');
    const turn = frame.locator('article', { hasText: 'What is $(x) for' }).last();
    assert.match(await turn.locator('.prompt .chip').innerText(), new RegExp(`${file}:1-3`));
    assert.equal(await turn.locator('.prompt .words').innerText(), 'What is $(x) for, ${file}?');
    await screenshot(scene.workbench, 'about-panel');
    // To edit it, the question is in the field, and the selection above it.
    await turn.locator('.prompt').getByRole('button', { name: 'Edit' }).click();
    await frame.locator('#composer .chip', { hasText: `${file}:1-3` }).waitFor();
    assert.equal(await frame.locator('#composer textarea').inputValue(), 'What is $(x) for, ${file}?');
    await frame.locator('#composer').getByRole('button', { name: 'Cancel' }).click();
  });

  it('shows what is attached, the saved prompts and the questions asked before', async () => {
    await selectText(scene, code, 'js');
    await askTyped('Asked before?');
    await openPick();
    await quickInput(scene.workbench)
      .getByText(/^Ask About file\d+\.js:1-3$/)
      .waitFor();
    await quickPickRow(scene.workbench, 'Asked before?').getByText('Recent').waitFor();
    const shown = await labels();
    // The last used comes first; tests before this one may have used some.
    const builtIn = ['Explain', 'Fix Problems', 'Review', 'Simplify', 'Translate…', 'Write Tests'];
    assert.deepEqual(shown.slice(0, 6).sort(), builtIn);
    assert.equal(shown[6], 'Asked before?');
    await screenshot(scene.workbench, 'about-pick');
    await press('Escape');
  });

  it('asks a recent question again, of another selection', async () => {
    await selectText(scene, 'another line', 'txt');
    await askTyped('Is $(x) ${file}?');
    await selectText(scene, 'one line', 'txt');
    const sent = await sentBy(async () => {
      await openPick();
      await choose(scene.workbench, 'Is $(x) ${file}?');
    });
    assert.match(sent, /^Is \$\(x\) \$\{file\}\?\n\nfile\d+\.txt:1\n```plaintext\none line\n```$/);
    await openPick();
    const again = (await labels()).filter((label) => label.startsWith('Is $(x)'));
    assert.equal(again.length, 1);
    await press('Escape');
  });

  it('takes a prompt by its name or the beginning of it, and anything else as it was typed', async () => {
    await selectText(scene, 'x', 'js');
    const active = quickInput(scene.workbench).locator('.monaco-list-row.focused .label-name');
    await openPick();
    await input().fill('rev');
    await quickPickRow(scene.workbench, 'Ask “rev”').waitFor();
    await active.getByText('Review', { exact: true }).waitFor();
    assert.deepEqual(await labels(), ['Ask “rev”', 'Review']);
    await screenshot(scene.workbench, 'about-beginning');
    await input().fill('reviews of what?');
    await active.getByText('Ask “reviews of what?”', { exact: true }).waitFor();
    await input().fill('review');
    assert.match(await sentBy(() => press('Enter')), /^Review this javascript code\./);
    await openPick();
    await input().fill('rev');
    await quickPickRow(scene.workbench, 'Ask “rev”').waitFor();
    await active.getByText('Review', { exact: true }).waitFor();
    await press('ArrowUp');
    await active.getByText('Ask “rev”', { exact: true }).waitFor();
    assert.match(await sentBy(() => press('Enter')), /^rev\n\n/);
  });

  it('lets Enter come right after the last key', async () => {
    await selectText(scene, 'x', 'js');
    const sent = await sentBy(async () => {
      await openPick();
      // Faster than the rows can follow.
      await scene.workbench.page.keyboard.type('Explain y, quickly', { delay: 0 });
      await press('Enter');
    });
    assert.match(sent, /^Explain y, quickly\n\n/);
    for (const [typed, meant] of [
      ['rev', /^Review this/],
      ['write', /^Write unit tests/],
    ] as const) {
      const prompt = await sentBy(async () => {
        await openPick();
        await scene.workbench.page.keyboard.type(typed, { delay: 0 });
        await press('Enter');
      });
      assert.match(prompt, meant);
    }
  });

  it('keeps what was typed when the pick is left, and sends nothing', async () => {
    await selectText(scene, 'x', 'js');
    const before = scene.gateway.log.length;
    await openPick();
    await input().fill('Half a quest');
    await quickPickRow(scene.workbench, 'Ask “Half a quest”').waitFor();
    // Losing the focus closes nothing.
    await scene.workbench.page.locator('.sidebar .composite.title').click();
    assert.equal(await input().inputValue(), 'Half a quest');
    await input().focus();
    await press('Escape');
    await quickInput(scene.workbench).waitFor({ state: 'hidden' });
    await openPick();
    const row = quickPickRow(scene.workbench, 'Half a quest');
    await row.getByText('not sent').waitFor();
    await row.hover();
    await row.getByRole('button', { name: 'Edit before asking' }).click();
    await quickPickRow(scene.workbench, 'Ask “Half a quest”').waitFor();
    assert.equal(await input().inputValue(), 'Half a quest');
    await input().press('End');
    await scene.workbench.page.keyboard.type('ion?');
    const sent = await sentBy(() => press('Enter'));
    assert.match(sent, /^Half a question\?\n/);
    await openPick();
    assert.ok(!(await labels()).includes('Half a quest'), 'what was typed on is no draft any more');
    await press('Escape');
    assert.equal(scene.gateway.log.length, before + 1);
  });

  it('joins several selections in the order of the document, each in a fence longer than any in it', async () => {
    const text = 'first\n```js\ninner\n```\nlast `````` end\n\ttabs\t\r\n';
    await selectText(scene, text, 'md');
    await scene.workbench.agent.select([4, 0, 6, 0], [0, 0, 4, 0]);
    const sent = await askTyped('Both?');
    const [file] = /file\d+\.md/.exec(sent)!;
    // The document has the line ends that VS Code gave it.
    assert.equal(
      sent.replaceAll('\r\n', '\n'),
      `Both?\n\n${file}:1-4\n\`\`\`\`markdown\nfirst\n\`\`\`js\ninner\n\`\`\`\n\`\`\`\`\n\n` +
        `${file}:5-6\n${'`'.repeat(7)}markdown\nlast \`\`\`\`\`\` end\n\ttabs\t\n${'`'.repeat(7)}`,
    );
  });

  it('fills in every variable of a saved prompt, once, and previews the very text', async () => {
    const { agent } = scene.workbench;
    await agent.updateSetting('bedrockGateway.prompts', {
      Everything:
        'L ${language} F ${file} D ${diagnostics} I ${input:a name}|${input:another}|${input:a name} ' +
        'U ${unknown} S ${selection}\nEnd',
      Explain: false,
    });
    const file = await selectText(scene, `${code}after();\n`, 'js');
    const home = path.join(scene.workbench.folder, 'inner.js');
    await agent.setProblems(
      { place: [2, 6, 2, 10], message: `Not in '${home}'\nnor here`, source: 'lint', severity: 1 },
      { place: [0, 6, 0, 11], message: 'Wrong', source: 'ts', code: 2304, severity: 0 },
      { place: [3, 0, 3, 0], message: 'At the very end', severity: 3 },
      { place: [3, 0, 3, 5], message: 'Begins where the selection ends', severity: 0 },
    );
    await agent.select([0, 0, 3, 0]);
    await openPick();
    assert.ok(!(await labels()).includes('Explain'), 'false hides a prompt');
    const row = quickPickRow(scene.workbench, 'Everything');
    await row.hover();
    await row.getByRole('button', { name: 'Preview what is sent' }).click();
    const before = scene.gateway.log.length;
    await box('a name');
    await input().fill('$& ${file}');
    await press('Enter');
    await box('another');
    await press('Enter');
    await box('The prompt needs a value here.');
    await input().fill('two');
    await press('Enter');
    await scene.workbench.page.getByText('Prompt Preview.md').first().waitFor();
    const send = scene.workbench.page.locator('.codelens-decoration a', { hasText: 'Send' });
    await send.waitFor();
    await screenshot(scene.workbench, 'about-preview');
    const shown = await agent.documentText();
    assert.equal(scene.gateway.log.length, before, 'nothing is sent for a preview');
    const sent = await sentBy(() => send.click());
    assert.equal(sent, shown);
    const name = path.basename(file);
    assert.equal(
      sent,
      `L javascript F ${name} D \n\n- ${name}:1: error ts(2304): Wrong\n` +
        `- ${name}:3: warning lint: Not in 'inner.js' nor here\n` +
        `- ${name}:4: hint: At the very end\n\n I $& \${file}|two|$& \${file} ` +
        `U \${unknown} S \n\n${name}:1-3\n\`\`\`javascript\n${code}\`\`\`\nEnd`,
    );
    const previews = async () => (await agent.tabs()).filter(({ label }) => label === 'Prompt Preview.md');
    await until(async () => (await previews()).length === 0, 'the preview closes when it is sent');
    await agent.updateSetting('bedrockGateway.prompts', undefined);
  });

  it('previews a typed question by keyboard, and sends it by keyboard or not at all', async () => {
    const { agent, page } = scene.workbench;
    await selectText(scene, 'x = 1', 'py');
    const before = scene.gateway.log.length;
    await openPick();
    await input().fill('By keyboard?');
    await quickPickRow(scene.workbench, 'Ask “By keyboard?”').waitFor();
    await press('Shift+Tab');
    await page.locator('.quick-input-titlebar a:focus, .quick-input-widget :focus').first().waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    for (let tries = 0; !(await focused()).startsWith('Preview what is sent'); tries += 1) {
      assert.ok(tries < 6, 'the button can be reached by Tab');
      await press((await focused()).startsWith('Edit saved') ? 'ArrowLeft' : 'Shift+Tab');
    }
    await press('Enter');
    await page.getByText('Prompt Preview.md').first().waitFor();
    const shown = await agent.documentText();
    assert.match(shown, /^By keyboard\?\n\nfile\d+\.py:1\n```python\nx = 1\n```$/);
    await page.keyboard.type('nothing can be written here');
    assert.equal(await agent.documentText(), shown);
    assert.equal(scene.gateway.log.length, before);
    assert.equal(await sentBy(() => press('Control+Enter')), shown);
  });

  /** A preview of a typed question, by the mouse. */
  async function openPreview(question: string): Promise<void> {
    await openPick();
    await input().fill(question);
    const row = quickPickRow(scene.workbench, `Ask “${question}”`);
    await row.hover();
    await row.getByRole('button', { name: 'Preview what is sent' }).click();
    await scene.workbench.page.locator('.codelens-decoration a', { hasText: 'Send' }).waitFor();
  }

  it('sends a preview wherever its tab was moved, and once however often it is told to', async () => {
    const { agent } = scene.workbench;
    await selectText(scene, 'x', 'py');
    const before = scene.gateway.log.length;
    await openPreview('Moved?');
    await agent.executeCommand('workbench.action.splitEditor');
    await agent.executeCommand('workbench.action.closeActiveEditor');
    await agent.executeCommand('workbench.action.moveEditorToNextGroup');
    const shown = await agent.documentText();
    assert.match(shown, /^Moved\?/);
    const send = () => agent.executeCommand('bedrockGateway.sendPreview');
    assert.equal(await sentBy(() => Promise.all([send(), send()])), shown);
    // What comes after all that was sent.
    await selectText(scene, 'x', 'py');
    await askTyped('Afterwards?');
    assert.equal(scene.gateway.log.length, before + 2);
  });

  it('sends nothing when an answer that a prompt needs is not given', async () => {
    await selectText(scene, 'Guten Tag', 'txt');
    const before = scene.gateway.log.length;
    await openPick();
    await choose(scene.workbench, 'Translate…');
    await box('Language to translate to');
    await input().fill('French, perhaps');
    await press('Escape');
    await quickInput(scene.workbench).waitFor({ state: 'hidden' });
    assert.equal(scene.gateway.log.length, before);
    const sent = await sentBy(async () => {
      await openPick();
      await choose(scene.workbench, 'Translate…');
      await box('Language to translate to');
      assert.equal(await input().inputValue(), 'French, perhaps', 'what was typed is there again');
      await input().fill('French');
      await press('Enter');
    });
    assert.match(sent, /^Translate this to French\./);
  });

  it('sends what was selected when the command was called, whatever becomes of the document', async () => {
    await selectText(scene, 'as it was', 'txt');
    await openPick();
    await scene.workbench.agent.executeCommand('editor.action.transformToUppercase');
    assert.equal(await scene.workbench.agent.documentText(), 'AS IT WAS');
    await input().fill('Of before?');
    assert.match(await sentBy(() => press('Enter')), /as it was/);
  });

  it('names no document by a path of this machine', async () => {
    const { agent, folder } = scene.workbench;
    const ask = async () => {
      await agent.selectAll();
      const sent = await askTyped('Named?');
      assert.ok(!sent.includes(path.dirname(folder)), 'no path');
      return sent.split('\n')[2];
    };
    await mkdir(path.join(folder, 'deep', 'er'), { recursive: true });
    await writeFile(path.join(folder, 'deep', 'er', 'in.txt'), 'inside');
    await agent.openFile(path.join(folder, 'deep', 'er', 'in.txt'));
    assert.equal(await ask(), 'deep/er/in.txt:1');
    const outside = path.join(scene.workbench.dataDirectory, 'outside.txt');
    await writeFile(outside, 'outside');
    await agent.openFile(outside);
    assert.equal(await ask(), 'outside.txt:1');
    await agent.openText('nowhere');
    assert.match((await ask())!, /^Untitled-\d+:1$/);
    await agent.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await agent.openVirtual(`old:${folder}/deep/er/in.txt?HEAD`, 'older');
    assert.equal(await ask(), 'in.txt (old):1');
  });

  it('asks about cells of a notebook, or of what is selected in one', async () => {
    const { agent, folder, page } = scene.workbench;
    const cell = (type: string, source: string) => ({
      cell_type: type,
      metadata: {},
      source: [source],
      ...(type === 'code' && { outputs: [], execution_count: null }),
    });
    const cells = [cell('markdown', '# Title'), cell('code', 'a = 1\nb = 2'), cell('code', 'c = 3')];
    const metadata = { language_info: { name: 'python' } };
    const file = path.join(folder, 'book.ipynb');
    await writeFile(file, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
    await agent.openNotebook(file);
    await page.locator('.notebookOverlay .code-cell-row').first().waitFor();
    await agent.selectCells([0, 2]);
    const several = await askTyped('Cells?');
    await screenshot(scene.workbench, 'about-notebook');
    assert.equal(
      several,
      'Cells?\n\nbook.ipynb, cell 1:1\n```markdown\n# Title\n```\n\n' +
        'book.ipynb, cell 2:1-2\n```python\na = 1\nb = 2\n```',
    );
    // Into the editor of the last cell, and there a word.
    await page.locator('.notebookOverlay .code-cell-row .view-lines').last().click();
    const edited = () => agent.documentText().catch(() => 'no editor is active yet');
    await until(async () => (await edited()) === 'c = 3', 'the cell is edited');
    await agent.select([0, 0, 0, 1]);
    assert.equal(await askTyped('A word?'), 'A word?\n\nbook.ipynb, cell 3:1\n```python\nc\n```');
    const prompt = await sentBy(() =>
      runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt'),
    );
    assert.equal(prompt, 'c');
  });

  it('knows the selection while the panel has the focus', async () => {
    await selectText(scene, 'behind the panel', 'txt');
    await askTyped('First?');
    const frame = await panelFrame(scene, 'First?');
    await frame.locator('.prompt').first().click();
    assert.match(await askTyped('Second?'), /behind the panel/);
  });

  it('offers to ask without one when nothing is selected', async () => {
    await selectText(scene, 'nothing of this is selected');
    await scene.workbench.agent.select([0, 0, 0, 0]);
    await runCommandFromPalette(scene.workbench, command);
    await clickNotificationButton(scene.workbench, 'No text is selected', 'Ask…');
    const sent = await sentBy(async () => {
      await input().fill('Without');
      await press('Enter');
    });
    assert.equal(sent, 'Without');
  });

  it('names the setting when it is wrong, and takes a question all the same', async () => {
    await scene.workbench.agent.updateSetting('bedrockGateway.prompts', { Wrong: 5 });
    await selectText(scene, 'x', 'js');
    await runCommandFromPalette(scene.workbench, command);
    await quickInput(scene.workbench).getByText('Ask About').waitFor();
    await scene.workbench.page
      .getByText('The setting bedrockGateway.prompts cannot be used.')
      .first()
      .waitFor();
    await input().fill('All the same?');
    assert.match(await sentBy(() => press('Enter')), /^All the same\?/);
    await scene.workbench.agent.updateSetting('bedrockGateway.prompts', undefined);
  });

  it('says which prompts the workspace brings, and puts them last', async () => {
    const { agent } = scene.workbench;
    await agent.updateSetting('bedrockGateway.prompts', { Theirs: 'x', Explain: 'y' }, 'workspace');
    const hidden = ['Fix Problems', 'Simplify', 'Write Tests', 'Translate…'];
    const none = Object.fromEntries(hidden.map((name) => [name, false]));
    await agent.updateSetting('bedrockGateway.prompts', { ...none, Mine: 'z' });
    await selectText(scene, 'x', 'js');
    await openPick();
    for (const label of ['Explain', 'Theirs'])
      await quickPickRow(scene.workbench, label).getByText('from this workspace').waitFor();
    const shown = await labels();
    // Theirs takes the place of no prompt that the user knows.
    assert.deepEqual(shown.slice(0, 3).sort(), ['Explain', 'Mine', 'Review']);
    assert.deepEqual(shown.slice(3, 5).sort(), ['Explain', 'Theirs']);
    await screenshot(scene.workbench, 'about-workspace');
    // Its name must be typed completely, since it may have been chosen to catch questions.
    const active = quickInput(scene.workbench).locator('.monaco-list-row.focused .label-name');
    await input().fill('their');
    await active.getByText('Ask “their”', { exact: true }).waitFor();
    assert.deepEqual(await labels(), ['Ask “their”', 'Theirs']);
    await press('ArrowDown');
    await active.getByText('Theirs', { exact: true }).waitFor();
    await input().fill('theirs');
    await active.getByText('Theirs', { exact: true }).waitFor();
    assert.match(await sentBy(() => press('Enter')), /^x\n\n/);
    await agent.updateSetting('bedrockGateway.prompts', undefined, 'workspace');
    await agent.updateSetting('bedrockGateway.prompts', undefined);
  });
});

function sentText({ body }: Entry): string {
  const { messages } = JSON.parse(body) as { messages: { content: { text: string }[] }[] };
  assert.equal(messages.length, 1);
  return messages[0]!.content.map(({ text }) => text).join('');
}
