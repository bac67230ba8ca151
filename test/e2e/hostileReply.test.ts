// A reply that tries to run, to fetch and to hang. Asserted on the browser's own request log.
import assert from 'node:assert/strict';
import { type Scene, endedPanel, openScene, send } from './scene';
import { screenshot } from './sights';

/** VS Code itself, and what it keeps in the page. Whatever else is asked for was asked for by the reply. */
const ours = /^(https?:\/\/(127\.0\.0\.1|localhost):\d+\/(?!canary)|data:|blob:|vscode-|devtools:)/;
/** What the panel is made of; VS Code's service worker answers it from the disk. */
const resources =
  /\.vscode-resource\.vscode-cdn\.net\/.*\/(media\/panel\.css|dist\/(preact|markdown|webview)\.js)$/;

describe('a hostile reply', () => {
  let scene: Scene;
  const dialogs: string[] = [];

  before(async () => {
    scene = await openScene();
    scene.workbench.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  const ask = async (model: string) => {
    await scene.workbench.agent.updateSetting('bedrockGateway.model', model);
    await send(scene, `Be hostile, ${model}`);
    return endedPanel(scene, `Be hostile, ${model}`);
  };

  it('runs nothing and fetches nothing', async () => {
    const frame = await ask('stand-in.hostile-v1:0');
    await screenshot(scene.workbench, 'hostile');
    assert.match(await frame.locator('.markdown').innerText(), /<script>fetch/, 'it is shown as text');
    const elements = await frame
      .locator('article')
      .evaluate((article) =>
        [
          ...article.querySelectorAll(
            'script, img, svg, iframe, object, embed, video, audio, link, style, meta, base, form, details:not(.reasoning, .details)',
          ),
        ].map(({ tagName }) => tagName),
      );
    assert.deepEqual(elements, []);
    const links = await frame
      .locator('article a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    assert.deepEqual(
      links.filter((href) => !/^https?:|^mailto:/.test(href)),
      [],
    );
    assert.deepEqual(scene.gateway.canary, []);
    const requests = scene.workbench.requests();
    assert.ok(
      requests.some((address) => resources.test(address)),
      'the log sees what webviews ask for',
    );
    assert.deepEqual(
      requests.filter((address) => !ours.test(address) && !resources.test(address)),
      [],
    );
    assert.deepEqual(dialogs, []);
  });

  it('asks before a link is opened, and opens none of itself', async () => {
    scene.gateway.script('linking', { deltas: ['See [the site](https://example.com/page).'] });
    const frame = await ask('linking');
    await frame.locator('article a').click();
    const dialog = scene.workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('https://example.com/page').waitFor();
    await scene.workbench.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.ok(!scene.workbench.requests().some((address) => address.includes('example.com')));
  });

  it('hangs nothing with 10,000 nested quotes', async () => {
    const frame = await ask('stand-in.nested-quotes');
    await frame.getByText('so deep').first().waitFor();
    // The page still answers.
    assert.equal(await frame.evaluate(() => 1 + 1), 2);
  });
});
