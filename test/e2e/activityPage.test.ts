// The page of Activity with 100,000 requests of before: few of them are on it, it is used by keys, and what somebody
// looks at or types stays as it is while a prompt is sent.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame } from 'playwright-core';
import { type ActivityRecord, recordLine } from '../../src/core/activity/record';
import { activityOf } from './activityFiles';
import { runCommandFromPalette } from './gestures';
import { type Scene, endedPanel, openScene, send } from './scene';
import { screenshot, webviewFrame } from './sights';

const many = 100_000;

describe('the page of Activity', () => {
  let scene: Scene;
  let frame: Frame;
  before(async () => {
    scene = await openScene({ fresh: true });
    await remember(scene, many);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Show Activity');
    frame = await webviewFrame(scene.workbench, '.usage tbody tr');
  });
  after(() => scene.close());

  it('goes from tab to tab by arrow keys', async () => {
    await frame.locator('select.period').selectOption('all');
    await frame.getByRole('tab', { name: 'By Model' }).focus();
    await scene.workbench.page.keyboard.press('ArrowLeft');
    await frame.locator('.canvas .row', { hasText: 'log-99999' }).waitFor();
    assert.equal(await focused(frame), 'tab-requests');
    assert.equal(await frame.locator('.list').getAttribute('aria-rowcount'), String(many + 1));
    assert.ok((await frame.locator('.canvas .row').count()) < 60);
  });

  it('opens a row by keys, closes it with Escape, and has the focus where it was', async () => {
    const { keyboard } = scene.workbench.page;
    await frame.locator('.list').focus();
    await keyboard.press('End');
    await frame.locator('.canvas .row[aria-selected="true"]', { hasText: 'log-0' }).waitFor();
    await keyboard.press('PageUp');
    await keyboard.press('Enter');
    const pane = frame.locator('.pane');
    await pane.getByRole('button', { name: 'Copy Log ID' }).waitFor();
    const opened = await pane.locator('.pairs').innerText();
    await keyboard.press('ArrowDown');
    await frame.waitForFunction(
      (before) => document.querySelector<HTMLElement>('.pane .pairs')?.innerText !== before,
      opened,
    );
    const [title, sent, outcome] = await pane.locator('h2, .pairs dd').allTextContents();
    assert.deepEqual((await pane.locator('.pairs dt').allTextContents()).slice(0, 2), ['Sent', 'Outcome']);
    const heard = await frame.locator('.unseen p').allTextContents();
    assert.equal(heard.at(-1), `${title}, ${sent}, ${outcome}`);
    await keyboard.press('Escape');
    await pane.waitFor({ state: 'hidden' });
    assert.equal(await focused(frame), 'list');
  });

  it('keeps in its place what is looked at while another request comes in', async () => {
    await frame.locator('.list').evaluate((list) => (list.scrollTop = 50_000 * 22 + 5));
    await frame.locator('.canvas .row', { hasText: 'log-49999' }).waitFor();
    const before = await places(frame);
    await send(scene, 'A prompt while somebody looks at those of before.');
    await endedPanel(scene);
    await frame.locator(`.list[aria-rowcount="${many + 2}"]`).waitFor();
    await frame.locator('#row50001', { hasText: 'log-49999' }).waitFor();
    assert.deepEqual(await places(frame), before);
  });

  it('comes back to what was looked at when its panel was hidden', async () => {
    const { agent } = scene.workbench;
    const before = await places(frame);
    await agent.executeCommand('workbench.action.togglePanel');
    while (!frame.isDetached()) await wait(20);
    await agent.executeCommand('workbench.action.togglePanel');
    frame = await webviewFrame(scene.workbench, '#row50001');
    await frame.locator('#row50001', { hasText: 'log-49999' }).waitFor();
    assert.deepEqual(await places(frame), before);
  });

  it('filters by what is typed, and clears it', async () => {
    const { keyboard } = scene.workbench.page;
    const typed = frame.getByRole('searchbox', { name: 'Part of a log ID' });
    await typed.focus();
    await keyboard.type('log-4242');
    await frame.getByText('Requests: 11 of 100,001').first().waitFor();
    assert.equal(await typed.inputValue(), 'log-4242');
    assert.equal(await focused(frame), 'logId');
    // What a screen reader is told.
    await frame.locator('.unseen p', { hasText: 'Requests: 11 of 100,001' }).waitFor({ state: 'attached' });
    await frame.locator('select.outcome').selectOption('failed');
    await frame.getByText('Requests: 1 of 100,001').first().waitFor();
    await frame.getByRole('button', { name: 'Clear Filter' }).click();
    await frame.getByRole('combobox', { name: 'Sent from' }).selectOption('VS Code Chat');
    await frame.getByText('Requests: 1,000 of 100,001').first().waitFor();
    await frame.locator('#row0 .model', { hasText: 'Chat' }).waitFor();
    await screenshot(scene.workbench, 'activity-chat');
    await frame.getByRole('button', { name: 'Clear Filter' }).click();
    await frame.getByText('Requests: 100,001').first().waitFor();
    assert.equal(await typed.inputValue(), '');
    assert.equal(await focused(frame), 'model');
  });

  it('sorts a table by its headings, by keys, with the total in sight', async () => {
    await frame.getByRole('tab', { name: 'By Model' }).click();
    const heading = frame.locator('thead th', { hasText: 'Requests' });
    await heading.getByRole('button').focus();
    await scene.workbench.page.keyboard.press('Enter');
    await frame.locator('thead th[aria-sort="descending"]', { hasText: 'Requests' }).waitFor();
    assert.equal(await focused(frame), 'sort');
    const inSight = await frame.evaluate(() => {
      const total = document.querySelector('tfoot td')?.getBoundingClientRect();
      return !!total && total.bottom <= innerHeight && total.height > 0;
    });
    assert.ok(inSight);
    // In a narrow window the table scrolls, the page does not.
    await scene.workbench.page.setViewportSize({ width: 500, height: 800 });
    await frame.waitForFunction(() => innerWidth < 560);
    const width = await frame.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(width <= 0, `${width} px too wide`);
  });
});

/** So many requests, one a second until a minute ago, in the file of each day. */
async function remember(scene: Scene, count: number): Promise<void> {
  const { gateway } = scene;
  const directory = activityOf(scene);
  const last = Date.now() - 60_000;
  const days = new Map<string, string[]>();
  for (let index = 0; index < count; index += 1) {
    const record: ActivityRecord = {
      ...{ at: last - (count - index) * 1000, id: `request-${index}`, conversation: `conversation-${index}` },
      ...(index % 100 === 7 ? { surface: 'chat', initiator: 'github.copilot-chat' } : { surface: 'ask' }),
      ...{ model: `stand-in.model-${index % 4}`, region: 'us-east-1', gateway: gateway.url },
      ...{ authentication: 'accessKeys', attempts: 1, input: 100, output: 20, usd: 0.001, total: 900 },
      ...(index % 10 === 5
        ? { outcome: 'failed', failure: 'throttled' }
        : { outcome: 'done', stopReason: 'end_turn' }),
      ...{ firstText: 300, cache: index % 10 === 0 ? 'HIT' : 'MISS', logId: `log-${index}` },
    };
    const day = new Date(record.at).toISOString().slice(0, 10);
    const lines = days.get(day) ?? [];
    if (lines.length === 0) days.set(day, lines);
    lines.push(recordLine(record));
  }
  await mkdir(directory, { recursive: true });
  for (const [day, lines] of days) await writeFile(path.join(directory, `${day}.jsonl`), lines.join(''));
}

/** What has the focus: its ID, or else its class. */
function focused(frame: Frame): Promise<string> {
  return frame.evaluate(() => {
    const { id, className } = document.activeElement ?? document.body;
    return id === '' ? className : id;
  });
}

/** Where each row is that is in sight, px. */
function places(frame: Frame): Promise<readonly string[]> {
  return frame.evaluate(() => {
    const list = document.querySelector('.list')!.getBoundingClientRect();
    const top = document.querySelector('.headings')!.getBoundingClientRect().bottom;
    return [...document.querySelectorAll('.canvas .row')].flatMap((row) => {
      const place = row.getBoundingClientRect();
      return place.bottom > top && place.top < list.bottom
        ? [`${row.querySelector('.logId')?.textContent} ${place.top}`]
        : [];
    });
  });
}
