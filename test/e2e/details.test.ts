// Details under a reply and under a failure, by keyboard: what was signed beside what was sent, and a command to try
// it with.
import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { standInKeys, standInToken } from '../gateway';
import { until } from '../limits';
import { type Scene, endedPanel, openScene, send } from './scene';
import { runCommandFromPalette } from './gestures';
import { copied, webviewFrame } from './sights';

describe('Details', () => {
  let scene: Scene;
  before(async () => {
    scene = await openScene();
    await scene.workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  after(() => scene.close());

  /** With Tab to the word, and the space bar. */
  async function unfold(frame: Frame): Promise<Locator> {
    await runCommandFromPalette(scene.workbench, 'Bedrock: Show Reply');
    const summary = frame.locator('article').last().locator('.details > summary');
    await summary.waitFor();
    for (let tabs = 0; tabs < 40; tabs += 1) {
      if (await summary.evaluate((element) => element === document.activeElement)) break;
      await scene.workbench.page.keyboard.press('Tab');
    }
    await scene.workbench.page.keyboard.press('Space');
    const details = frame.locator('article').last().locator('.details');
    await details.locator('.attempt').first().waitFor();
    // What was unfolded is read from where it stands, though the end of the reply was followed.
    const top = await summary.evaluate((element) => element.getBoundingClientRect().top);
    assert.ok(top >= 0, `${top} px`);
    return details;
  }

  it('unfolds under a reply: one path, signed for AWS and sent to the gateway', async () => {
    await send(scene, 'A prompt whose wire is looked at.');
    const frame = await endedPanel(scene, 'whose wire is looked at');
    assert.equal(await frame.locator('.attempt').count(), 0, 'nothing is told before it is asked for');
    const details = await unfold(frame);
    const [entry] = scene.gateway.log;
    const { signed, sent } = await frame.evaluate(() => {
      const part = (address: Element | undefined, name: string) => address?.querySelector(name);
      const [one, other] = document.querySelectorAll('.address');
      const read = (address: Element | undefined) => ({
        beginning: part(address, '.beginning')?.textContent,
        end: part(address, '.end')?.textContent,
        top: part(address, '.end')?.getBoundingClientRect().top,
        left: part(address, '.end')?.getBoundingClientRect().left,
      });
      return { signed: read(one), sent: read(other) };
    });
    assert.equal(signed.beginning, 'POST https://bedrock-runtime.us-east-1.amazonaws.com');
    assert.equal(`${sent.beginning}${sent.end}`, `POST ${new URL(scene.gateway.url).origin}${entry!.url}`);
    assert.equal(signed.end, sent.end);
    assert.ok(signed.top === sent.top || signed.left === sent.left, 'they are lined up');
    await details.getByText('First byte', { exact: true }).waitFor();
    await details.getByText('Response headers').waitFor();
    const text = await details.innerText();
    assert.match(text, /cf-aig-authorization\s+Bearer …/);
    assert.ok(!text.includes(standInToken) && !text.includes(standInKeys.accessKeyId));
  });

  it('copies the command for curl, and says so', async () => {
    const frame = await endedPanel(scene, 'whose wire is looked at');
    await frame.getByRole('button', { name: 'Copy as curl, for AWS' }).focus();
    await scene.workbench.page.keyboard.press('Enter');
    await frame.getByRole('button', { name: 'Copied' }).waitFor();
    const curl = /^curl 'https:\/\/bedrock-runtime\.us-east-1\.amazonaws\.com\/model\//m;
    const command = await copied(scene.workbench, curl);
    assert.match(command, /--aws-sigv4 'aws:amz:us-east-1:bedrock'/);
    assert.doesNotMatch(command, /whose wire/);
  });

  it('stays unfolded when the panel is loaded anew', async () => {
    // The page of before is there for a moment longer.
    const before = await endedPanel(scene, 'whose wire is looked at');
    await before.evaluate(() => document.body.classList.add('before'));
    await runCommandFromPalette(scene.workbench, 'Developer: Reload Webviews');
    await webviewFrame(scene.workbench, 'body:not(.before) .details[open] .attempt');
  });

  it('stands under code, which is copied as it is shown', async () => {
    await send(scene, 'const copied = `as ${it} is`;\n\n  // even indented\n', 'js');
    const frame = await endedPanel(scene, 'even indented');
    const code = frame.locator('article').last().locator('.markdown .code').last();
    const shown = await code.locator('pre').innerText();
    assert.match(shown, /^const copied = .*\n\n {2}\/\/ even indented/);
    await scene.workbench.agent.writeClipboard('nothing yet');
    await code.getByRole('button', { name: 'Copy code' }).click();
    assert.equal(await copied(scene.workbench, /^(?!nothing yet)/), shown);
  });

  it('unfolds under a failure, attempt below attempt, and overflows no narrow panel', async () => {
    await scene.workbench.agent.updateSetting('bedrockGateway.model', 'stand-in.unavailable');
    await send(scene, 'A prompt that finds nobody free.');
    const frame = await endedPanel(scene, 'finds nobody free');
    const details = await unfold(frame);
    const titles = await details.locator('.attempt h3').allInnerTexts();
    assert.deepEqual(
      titles.map((title) => title.replace(/ · [\d.,]+ ms$/, '')),
      [1, 2, 3].map((number) => `Attempt ${number} · converse-stream · 503`),
    );
    const { page } = scene.workbench;
    await page.setViewportSize({ width: 660, height: 900 });
    // The workbench lays itself out after the window has its size.
    const inner = () => frame.evaluate(() => document.documentElement.clientWidth);
    await until(async () => (await inner()) < 420, 'the panel is narrow');
    const width = await frame.evaluate(() => ({
      inner: document.documentElement.clientWidth,
      scroll: document.documentElement.scrollWidth,
      over: [...document.querySelectorAll('.attempt *')].filter(
        (element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1,
      ).length,
    }));
    assert.deepEqual({ ...width, scroll: width.inner, over: 0 }, width);
  });
});
