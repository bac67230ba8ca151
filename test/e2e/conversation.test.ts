// A conversation in the reply panel: follow-ups, versions and the queue. What the gateway got decides.
import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { until } from '../limits';
import { ask, composerFrame, ended, field, messagesOf, turnOf } from './composer';
import { choose, runCommandFromPalette } from './gestures';
import { haiku, haikuName, sonnet, sonnetName } from './models';
import { type Scene, gate, openScene, send } from './scene';
import { notification, screenshot } from './sights';

describe('a conversation', () => {
  let scene: Scene;
  let frame: Frame;
  const last = () => scene.gateway.log.at(-1)!;
  /** The model says these texts, one after the other. */
  const replies = (model: string, ...texts: readonly string[]) => {
    for (const text of texts) scene.gateway.script(model, { deltas: [text] });
  };
  before(async () => {
    scene = await openScene();
    await scene.workbench.agent.closeAllTabs();
  });
  after(() => scene.close());

  it('begins with a selection, and goes on from the composer', async () => {
    replies(sonnet, 'First reply.');
    await send(scene, 'First prompt.');
    frame = await composerFrame(scene);
    await ended(frame, 'First prompt.');
    replies(sonnet, 'Second reply.');
    await ask(scene, frame, 'Second prompt.');
    await ended(frame, 'Second prompt.');
    assert.deepEqual(messagesOf(last()), [
      'user: First prompt.',
      'assistant: First reply.',
      'user: Second prompt.',
    ]);
    assert.equal(await field(frame).inputValue(), '');
    replies(sonnet, 'Third reply.');
    await ask(scene, frame, 'Third prompt.');
    await ended(frame, 'Third prompt.');
    assert.equal(messagesOf(last()).length, 5);
    await screenshot(scene.workbench, 'conversation');
  });

  it('makes a version of an edited prompt, which is sent with what was before it alone', async () => {
    await turnOf(frame, 'Second prompt.').getByRole('button', { name: 'Edit' }).click();
    assert.equal(await field(frame).inputValue(), 'Second prompt.');
    await scene.workbench.page.keyboard.press('End');
    await scene.workbench.page.keyboard.type(' Edited.');
    replies(sonnet, 'Reply to the edited.');
    await scene.workbench.page.keyboard.press('Enter');
    const turn = await ended(frame, 'Second prompt. Edited.');
    assert.deepEqual(messagesOf(last()), [
      'user: First prompt.',
      'assistant: First reply.',
      'user: Second prompt. Edited.',
    ]);
    assert.equal(await turn.locator('.versions').innerText(), '‹2 / 2›');
    assert.equal(await frame.locator('article').count(), 2);
    await screenshot(scene.workbench, 'conversation-version');
  });

  it('shows the other version with what followed it', async () => {
    await frame.getByRole('button', { name: 'Previous version' }).click();
    await turnOf(frame, 'Third prompt.').waitFor();
    assert.equal(await frame.locator('article').count(), 3);
    replies(sonnet, 'Fourth reply.');
    await ask(scene, frame, 'Fourth prompt.');
    await ended(frame, 'Fourth prompt.');
    assert.deepEqual(
      messagesOf(last()).filter((message) => message.startsWith('user')),
      ['user: First prompt.', 'user: Second prompt.', 'user: Third prompt.', 'user: Fourth prompt.'],
    );
  });

  it('sends a prompt again past the cache, and asks another model', async () => {
    replies(sonnet, 'Fourth reply, again.');
    await turnOf(frame, 'Fourth prompt.').getByRole('button', { name: 'Send again' }).click();
    await frame.locator('#panel').getByText('Fourth reply, again.').waitFor();
    assert.equal(last().headers['cf-aig-skip-cache'], 'true');
    await ended(frame, 'Fourth prompt.');
    replies(haiku, 'Reply of another model.');
    await turnOf(frame, 'Fourth prompt.').getByRole('button', { name: 'Ask another model…' }).click();
    await choose(scene.workbench, haikuName);
    await frame.locator('#panel').getByText('Reply of another model.').waitFor();
    assert.equal(last().headers['cf-aig-skip-cache'], undefined);
    assert.equal(last().model, haiku);
    const turn = await ended(frame, 'Fourth prompt.');
    assert.equal(await turn.locator('.versions').innerText(), '‹3 / 3›');
    assert.equal(messagesOf(last()).length, 7);
    assert.equal(await frame.locator('#composer .model').innerText(), haikuName);
  });

  it('queues what is typed while a reply runs, and sends it with that reply', async () => {
    const half = gate();
    scene.gateway.script(haiku, {
      deltas: ['A long', ' reply.'],
      hold: (at) => (at === 1 ? half.opened : Promise.resolve()),
    });
    await ask(scene, frame, 'Fifth prompt.');
    await turnOf(frame, 'Fifth prompt.').getByText('A long').waitFor();
    const count = scene.gateway.log.length;
    await ask(scene, frame, 'Sixth prompt.');
    await frame.locator('.queue', { hasText: 'Sixth prompt.' }).waitFor();
    await screenshot(scene.workbench, 'conversation-queue');
    assert.equal(scene.gateway.log.length, count);
    replies(haiku, 'Sixth reply.');
    half.open();
    await ended(frame, 'Sixth prompt.');
    assert.deepEqual(messagesOf(last()).slice(-2), ['assistant: A long reply.', 'user: Sixth prompt.']);
    await until(async () => (await frame.locator('.queue').count()) === 0, 'the queue is empty');
  });
});

describe('beside a conversation', () => {
  let scene: Scene;
  let frame: Frame;
  before(async () => {
    scene = await openScene({
      settings: { 'bedrockGateway.models': { [haiku]: { label: haikuName, contextWindow: 60 } } },
    });
    await scene.workbench.agent.closeAllTabs();
  });
  after(() => scene.close());

  it('stands its size for the model, and what it costs', async () => {
    scene.gateway.script(sonnet, { deltas: ['The quick brown fox jumps over the lazy dog.'] });
    await send(scene, 'Which sentence has all letters?');
    frame = await composerFrame(scene);
    await ended(frame, 'Which sentence has all letters?');
    const size = frame.locator('#composer .size');
    await size.getByText('so far').waitFor();
    assert.match(
      await size.innerText(),
      /^\d+ of 1 million tokens · \$0\.\d+ so far · next (≥ \$0\.\d+|prompt: < \$0\.0001)$/,
    );
    const before = await size.innerText();
    await field(frame).click();
    await scene.workbench.page.keyboard.type('And a few words more');
    await until(async () => (await size.innerText()) !== before, 'what is typed counts');
    await field(frame).fill('');
  });

  it('are compared two models at a glance, with the words that differ', async () => {
    scene.gateway.script(haiku, { deltas: ['The quick red fox jumps over the lazy cat.'] });
    await frame.getByRole('button', { name: 'Ask another model…' }).click();
    await choose(scene.workbench, haikuName);
    await frame.locator('#panel').getByText('red fox').waitFor();
    const turn = await ended(frame, 'Which sentence');
    await turn.locator('.comparison > summary').click();
    const rows = turn.locator('.comparison tr');
    await rows.nth(6).waitFor();
    const cells = (await rows.allInnerTexts()).map((row) => row.split(/\t/).map((cell) => cell.trim()));
    const column = (index: number) => cells.map((row) => row[index] ?? '');
    assert.deepEqual(column(1).slice(0, 2), ['1', sonnetName]);
    assert.deepEqual(column(2).slice(0, 2), ['2', haikuName]);
    assert.match(column(1).slice(2).join(' '), /^≈ \$[\d.]+ [\d.]+ s [\d.]+ s \d+ 9/);
    const words = (tag: string) => turn.locator(`.differences ${tag}`).allInnerTexts();
    assert.deepEqual(
      [await words('del'), await words('ins')],
      [
        ['brown', 'dog'],
        ['red', 'cat'],
      ],
    );
    await screenshot(scene.workbench, 'conversation-compare');
  });

  it('comes advice when it does not fit, and a new conversation with its end', async () => {
    for (const prompt of ['One more.', 'Another one.']) {
      scene.gateway.script(haiku, { deltas: ['Yes.'] });
      await ask(scene, frame, prompt);
      await ended(frame, prompt);
    }
    await field(frame).fill('word '.repeat(40));
    await frame.locator('.size-advice.over').waitFor();
    await screenshot(scene.workbench, 'conversation-over');
    const take = frame.locator('.size-advice button');
    const count = Number(/\d+/.exec(await take.innerText())![0]);
    assert.ok(count >= 1 && count < 3, String(count));
    await take.click();
    await until(async () => (await frame.locator('article').count()) === count, 'the last turns are there');
    assert.equal(await field(frame).inputValue(), 'word '.repeat(40));
    scene.gateway.script(haiku, { deltas: ['Still here.'] });
    await field(frame).fill('Are you there?');
    await scene.workbench.page.keyboard.press('Enter');
    await ended(frame, 'Are you there?');
    assert.equal(messagesOf(scene.gateway.log.at(-1)!).length, 2 * count + 1);
  });

  it('says the status bar that a reply ended out of sight, until it is looked at', async () => {
    const half = gate();
    scene.gateway.script(sonnet, {
      deltas: ['Seen', ' later.'],
      hold: (at) => (at === 1 ? half.opened : Promise.resolve()),
    });
    await send(scene, 'Out of sight');
    await turnOf(frame, 'Out of sight').getByText('Seen').waitFor();
    await scene.workbench.agent.closeTab('Bedrock Reply');
    half.open();
    const item = scene.workbench.page.locator('.statusbar-item [aria-label*="a reply has ended"]');
    await item.waitFor();
    await item.click();
    await turnOf(await composerFrame(scene), 'Out of sight').waitFor();
    await item.waitFor({ state: 'detached' });
  });

  it('stays its model when another is selected, which is offered to it', async () => {
    frame = await composerFrame(scene);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Select Model…');
    await choose(scene.workbench, haikuName);
    const offer = notification(scene.workbench, `The open conversation goes on with ${sonnetName}.`);
    await offer.waitFor();
    assert.equal(await frame.locator('#composer .model').innerText(), sonnetName);
    await offer.getByRole('button', { name: `Use ${haikuName} There` }).click();
    await frame.locator('#composer .model', { hasText: haikuName }).waitFor();
  });
});
