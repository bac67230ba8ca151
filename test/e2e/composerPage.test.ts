// The composer on the page, alone: however much is in it, and to whoever cannot see it.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { ComposerView, QuestionView, QueueView } from '../../src/protocol/composer';
import type { State } from '../../src/protocol/reply';
import { composerView, strings } from '../unit/webview/strings';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, runningTurn, snapshotOf } from './replyPageAlone';

const streaming: State = { phase: 'streaming', elapsed: 0, note: '', stats: [], attempts: 1 };

const textFacts = { kind: 'text', facts: '2 KB · about 500 tokens', detail: '' } as const;
const later = { id: 'q', text: 'Later' };
const question = (text: string): QuestionView => ({
  ...{ id: 'asked', prompt: 'Is it still good?', text },
  buttons: ['Send', 'Send Without Log Bodies', 'Cancel'],
});
const queue = (note: string, prompts: QueueView['prompts']): QueueView => ({ note, prompts, canSend: false });

describe('the composer on the page', () => {
  let browser: Browser;
  before(async () => (browser = await openBrowser()));
  after(() => browser.close());

  const open = (turn = runningTurn('turn', { state: streaming })) =>
    ReplyPageAlone.open(browser, snapshotOf([turn]));
  const show = (alone: ReplyPageAlone, view: Partial<ComposerView>) =>
    alone.tell({ type: 'composer', conversation: 'one', view: { ...composerView, ...view } });

  it('keeps its text field in sight in a small panel, whatever it holds', async () => {
    const alone = await open();
    const { page } = alone;
    await page.setViewportSize({ width: 360, height: 600 });
    const name = `${'a_long_name_'.repeat(12)}.ts:1–20`;
    const many = (count: number) =>
      Array.from({ length: count }, (_, at) => ({ id: `${at}`, text: name, name, ...textFacts }));
    await show(alone, {
      questions: [question(`The prompt seems to contain ${'a GitHub token (line 3), '.repeat(8)}. Send it?`)],
      ...{ queues: [queue('Sent after this reply', many(25))], attachments: many(200), selection: name },
      ...{
        model: name,
        size: { text: '1 of 2 tokens · $0.1 so far · next ≥ $0.1', detail: '', level: 'over', advice: name },
      },
    });
    await page.locator('textarea').fill('line\n'.repeat(100));
    const all = (await page.locator('#composer').boundingBox())!;
    assert.ok(all.y >= 0, JSON.stringify(all));
    const box = (await page.locator('textarea').boundingBox())!;
    assert.ok(box.y >= 0 && box.y + box.height <= 600, JSON.stringify(box));
    await page.locator('.question .primary').click({ trial: true });
    const send = (await page.locator('#composer .row .primary').boundingBox())!;
    assert.ok(send.x + send.width <= 360 && send.y + send.height <= 600, JSON.stringify(send));
    const { scrollWidth, clientWidth } = await page
      .locator('#composer')
      .evaluate(({ scrollWidth: all, clientWidth: seen }) => ({ scrollWidth: all, clientWidth: seen }));
    assert.equal(scrollWidth, clientWidth);
    // The last one can be reached.
    await page
      .getByRole('button', { name: `${strings.remove}: ${name}` })
      .last()
      .click();
    await alone.close();
  });

  it('is read out: what is queued, a size that does not fit, and a prompt that comes back', async () => {
    const alone = await open();
    const { page } = alone;
    const readOut = () => page.locator('.unseen').allInnerTexts();
    const size = { text: '', detail: '', level: 'over', advice: 'It does not fit.' } as const;
    await show(alone, { queues: [queue('Sent after this reply:', [later])], size });
    assert.match((await readOut()).join(), /Sent after this reply: Later\s+It does not fit\./);
    await show(alone, { queues: [queue('Not sent:', [later])], size });
    assert.match((await readOut()).join(), /Not sent: Later$/);
    await alone.tell({ type: 'promptBack', conversation: 'one', text: 'Later' });
    assert.match((await readOut()).join(), new RegExp(`${strings.promptBack}$`));
    assert.equal(await page.locator('textarea').inputValue(), 'Later');
    await alone.close();
  });

  it('asks a question about a prompt, reads it out, and tells the host which button was pressed', async () => {
    const alone = await open();
    const { page } = alone;
    await page.locator('textarea').focus();
    await show(alone, { questions: [question('A key is in it. Send it?')] });
    assert.match(
      await page.locator('.unseen').innerText(),
      /A key is in it\. Send it\? Send, Send Without Log Bodies, Cancel$/,
    );
    const asked = page.getByRole('region', { name: 'A key is in it. Send it?' });
    assert.equal(await asked.locator('.text').innerText(), 'Is it still good?');
    await page.locator('textarea:focus').waitFor();
    // The second click of two may be meant for a question that was there before.
    const send = asked.getByRole('button', { name: 'Send', exact: true });
    await send.dispatchEvent('click', { detail: 2 });
    await asked.getByRole('button', { name: 'Send Without Log Bodies' }).press('Enter');
    assert.deepEqual(alone.posted('answer'), [{ type: 'answer', question: 'asked', button: 1 }]);
    await show(alone, {});
    await page.locator('textarea:focus').waitFor();
    await alone.close();
  });

  it('gives the focus on when the button that has it is gone', async () => {
    const alone = await open(runningTurn('turn', { state: streaming, version: { index: 2, count: 2 } }));
    const { page } = alone;
    await show(alone, { queues: [queue('Sent after this reply', [later])] });
    await page.getByRole('button', { name: `${strings.remove}: Later` }).press('Enter');
    await show(alone, {});
    await page.locator('textarea:focus').waitFor();
    await page.locator('.status button').focus();
    await alone.tell({ type: 'state', turn: 'turn', state: { ...streaming, phase: 'ended' } });
    await page.locator('h2:focus').waitFor();
    await page.getByRole('button', { name: strings.previousVersion }).focus();
    await alone.tell(snapshotOf([runningTurn('other', { version: { index: 1, count: 2 } })]));
    await page.locator(`[aria-label="${strings.nextVersion}"]:focus`).waitFor();
    await alone.close();
  });
});
