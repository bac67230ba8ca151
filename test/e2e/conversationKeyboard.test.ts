// A conversation by the keyboard alone, in English and in Japanese: the mouse is never used, and what has the focus is
// found by the name that a screen reader says.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { until } from '../limits';
import { composerFrame, ended, field, messagesOf, turnOf } from './composer';
import { quickInput, quickPickRow } from './gestures';
import { haiku, haikuName, sonnet, sonnetName } from './models';
import { type Scene, gate, openScene, selectText } from './scene';
import { screenshot, webviewFrame } from './sights';
import { english, japanese } from './words';

const code = 'Here:\n\n```ts\nexport const answer = 42;\n```\n';

for (const words of [english, japanese])
  describe(`a conversation by the keyboard alone (${words.language})`, () => {
    let scene: Scene;
    let frame: Frame;
    before(async () => {
      scene = await openScene(words.language === 'en' ? {} : { locale: words.language });
      await scene.workbench.agent.closeAllTabs();
    });
    after(() => scene.close());

    const { said, title } = words;
    const press = (...keys: readonly string[]) =>
      keys.reduce<Promise<unknown>>(
        (before, key) => before.then(() => scene.workbench.page.keyboard.press(key)),
        Promise.resolve(),
      );
    const type = (text: string) => scene.workbench.page.keyboard.type(text);
    /** Not by Ctrl+A: in a webview, VS Code selects all some time after the key. */
    const erase = async () => {
      const { length } = await field(frame).inputValue();
      await press(...Array.from({ length }, () => 'Backspace'));
    };
    const replies = (model: string, ...texts: readonly string[]) => {
      for (const text of texts) scene.gateway.script(model, { deltas: [text] });
    };
    const last = () => scene.gateway.log.at(-1)!;
    const run = async (command: string) => {
      const name = `Bedrock: ${title(command)}`;
      await quickInput(scene.workbench).waitFor({ state: 'hidden' });
      const row = quickPickRow(scene.workbench, name).and(scene.workbench.page.locator('.focused'));
      const isFound = async () => {
        try {
          await press('F1');
          await quickInput(scene.workbench).locator('input').first().waitFor({ timeout: 5000 });
          await type(name);
          await row.waitFor({ timeout: 5000 });
          return true;
        } catch {
          return false;
        }
      };
      // What the command before did last may have been to give the focus to the editor, which closes the palette; and a
      // page that is being loaded may swallow the key.
      await until(isFound, `“${name}” is in the palette`);
      await press('Enter');
    };
    /** Chooses from the pick that is open by its beginning. */
    const take = async (label: string) => {
      await quickInput(scene.workbench).locator('input').first().waitFor();
      await type(label);
      await quickPickRow(scene.workbench, label).and(scene.workbench.page.locator('.focused')).waitFor();
      await press('Enter');
    };
    /** What a screen reader says of what has the focus in the panel. */
    const focused = () =>
      frame.evaluate(() => {
        const element = document.activeElement;
        return element?.ariaLabel ?? element?.textContent ?? '';
      });
    const isFocused = (name: string) =>
      until(async () => (await focused()) === name, `“${name}” has the focus`);
    /** Presses a key until something of this name has the focus. */
    const goTo = async (name: string, key = 'Shift+Tab') => {
      const passed: string[] = [];
      for (let times = 0; times < 30; times++) {
        await press(key);
        passed.push(await focused());
        if (passed.at(-1) === name) return;
      }
      throw new Error(`${key} does not come to “${name}”, but to ${passed.join(', ')}`);
    };

    const compose = async () => {
      await run('showReply');
      await isFocused(said('Prompt'));
    };

    it('asks, and goes on in the composer', async () => {
      replies(sonnet, 'First reply.');
      await run('ask');
      await quickInput(scene.workbench).locator('input').first().waitFor();
      await type('First prompt.');
      await press('Enter');
      frame = await composerFrame(scene);
      await ended(frame, 'First prompt.');
      await compose();
      replies(sonnet, 'Second reply.');
      await type('Second prompt.');
      await press('Enter');
      await ended(frame, 'Second prompt.');
      assert.equal(messagesOf(last()).length, 3);
      await isFocused(said('Prompt'));
    });

    it('breaks lines, and brings back the last prompt', async () => {
      await press('ArrowUp');
      assert.equal(await field(frame).inputValue(), 'Second prompt.');
      await press('ArrowUp');
      assert.equal(await field(frame).inputValue(), 'First prompt.');
      await press('ArrowDown', 'ArrowDown');
      await type('one');
      await press('Shift+Enter');
      await type('two');
      assert.equal(await field(frame).inputValue(), 'one\ntwo');
      await erase();
    });

    it('queues, takes back from the queue, and stops', async () => {
      const half = gate();
      scene.gateway.script(sonnet, {
        deltas: ['A long', ' reply.'],
        hold: (at) => (at === 1 ? half.opened : Promise.resolve()),
      });
      await type('Third prompt.');
      await press('Enter');
      await turnOf(frame, 'Third prompt.').getByText('A long').waitFor();
      await type('Queued prompt.');
      await press('Enter');
      await frame.locator('.queue', { hasText: 'Queued prompt.' }).waitFor();
      await goTo(`${said('Remove')}: Queued prompt.`);
      await screenshot(scene.workbench, `keyboard-queue-${words.language}`);
      await press('Shift+Tab');
      await isFocused(`${said('Edit')}: Queued prompt.`);
      await press('Enter');
      await isFocused(said('Prompt'));
      assert.equal(await field(frame).inputValue(), 'Queued prompt.');
      await press('Escape');
      await turnOf(frame, 'Third prompt.').getByText(said('Stopped'), { exact: true }).waitFor();
      half.open();
      await erase();
    });

    it('sends again, asks another model, and switches between the versions', async () => {
      replies(sonnet, 'The third, again.');
      await goTo(said('Send Again'));
      await press('Enter');
      await frame.locator('#panel').getByText('The third, again.').waitFor();
      await ended(frame, 'Third prompt.');
      assert.equal(last().headers['cf-aig-skip-cache'], 'true');
      replies(haiku, 'Of another model.');
      await run('askAnotherModel');
      await take(haikuName);
      await frame.locator('#panel').getByText('Of another model.').waitFor();
      const turn = await ended(frame, 'Third prompt.');
      assert.equal(await turn.locator('.versions').innerText(), '‹3 / 3›');
      await compose();
      await press('Alt+[');
      await frame.locator('#panel').getByText('The third, again.').waitFor();
      await press('Alt+]');
      await frame.locator('#panel').getByText('Of another model.').waitFor();
      // By the buttons too, which stay under the finger.
      await goTo(said('Previous version'));
      await press('Enter');
      await frame.locator('#panel').getByText('The third, again.').waitFor();
      await isFocused(said('Previous version'));
      await press('Enter');
      await frame.locator('#panel').getByText('A long').waitFor();
      await isFocused(said('Next version'));
    });

    it('edits an earlier prompt, or does not', async () => {
      await compose();
      const turnInFocus = () =>
        frame.locator('article').evaluateAll((all) => all.findIndex((each) => each.matches(':focus-within')));
      // Each key goes through VS Code, so it takes a moment. The third prompt may be at the top already.
      for (let turn = -1; turn !== 0;) {
        const before = turn;
        await press('Alt+ArrowUp');
        await until(async () => (turn = await turnInFocus()) !== before, 'the focus goes up');
      }
      await press('Tab');
      await isFocused(said('Edit'));
      await press('Enter');
      await isFocused(said('Prompt'));
      assert.equal(await field(frame).inputValue(), 'First prompt.');
      await frame.locator('.editing').waitFor();
      await goTo(said('Cancel'));
      await press('Enter');
      await isFocused(said('Prompt'));
      assert.equal(await field(frame).inputValue(), '');
    });

    it('chooses the model of the next prompt', async () => {
      await goTo(`${sonnetName}. ${said('Model of this conversation. Click to choose another.')}`, 'Tab');
      await press('Enter');
      await take(haikuName);
      await frame.locator('#composer .model', { hasText: haikuName }).waitFor();
      await isFocused(`${haikuName}. ${said('Model of this conversation. Click to choose another.')}`);
    });

    it('takes code out, by its menu and by commands', async () => {
      replies(haiku, code);
      await compose();
      await type('Code, please.');
      await press('Enter');
      await ended(frame, 'Code, please.');
      await goTo(said('More actions'));
      await press('Enter');
      await isFocused(said('New File'));
      await press('ArrowDown');
      await isFocused(said('Save As…'));
      await press('Escape');
      await isFocused(said('More actions'));
      await selectText(scene, 'const answer = 41;', 'ts');
      await run('insertCode');
      await until(
        async () =>
          (await scene.workbench.agent.documentText().catch(() => '')) === 'export const answer = 42;',
        'the code is there',
      );
    });

    it('finds conversations, and opens them', async () => {
      await run('newConversation');
      // Behind the editor, VS Code had unloaded it.
      await scene.workbench.page.locator('.tab.active', { hasText: said('Bedrock Reply') }).waitFor();
      frame = await webviewFrame(scene.workbench, '.empty');
      await isFocused(said('Prompt'));
      await run('showHistory');
      const row = scene.workbench.page.locator('.part.sidebar .monaco-list-row', {
        hasText: 'First prompt.',
      });
      await row.waitFor();
      await scene.workbench.page.locator('.part.sidebar .monaco-list:focus').waitFor();
      // The group, then its latest conversation. A list that is drawn anew may lose a key.
      const chosen = row.and(scene.workbench.page.locator('.focused'));
      await until(async () => {
        await press('Home', 'ArrowDown');
        return chosen.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        );
      }, 'the conversation is chosen');
      await press('Enter');
      await turnOf(frame, 'First prompt.').waitFor();
      await run('showHistory');
      await press('Shift+F10');
      await screenshot(scene.workbench, `keyboard-history-${words.language}`);
      await press('Escape');
      await run('searchHistory');
      await quickInput(scene.workbench).getByPlaceholder(said('Words of prompts and replies')).waitFor();
      await type('again third');
      // At once: not one of the rows is taken that were there before.
      await press('Enter');
      await frame.locator('#panel').getByText('The third, again.').waitFor();
    });
  });
