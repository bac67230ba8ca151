// What a person downloads: nothing but what runs and what is read, and little of it.
import assert from 'node:assert/strict';
import { stat } from 'node:fs/promises';
import { brokenLinks, codeSpans, linksIn } from '../unit/docs';
import { type Entry, entriesOf, vsix } from './vsix';

/** Everything that is shipped. A file that is new here is new on everybody's disk. */
const shipped = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/changelog.md',
  'extension/dist/activity.js',
  'extension/dist/activityWebview.js',
  'extension/dist/askAbout.js',
  'extension/dist/attach.js',
  'extension/dist/chat.js',
  'extension/dist/check.js',
  'extension/dist/checkWebview.js',
  'extension/dist/code.js',
  'extension/dist/comparison.js',
  'extension/dist/docs/activity.md',
  'extension/dist/docs/chat.md',
  'extension/dist/docs/check.md',
  'extension/dist/docs/conversations.md',
  'extension/dist/docs/credentials.md',
  'extension/dist/docs/failures.md',
  'extension/dist/docs/gateway.md',
  'extension/dist/docs/prompts.md',
  'extension/dist/docs/settings.md',
  'extension/dist/engine.js',
  'extension/dist/extension.js',
  'extension/dist/historySearch.js',
  'extension/dist/markdown.js',
  'extension/dist/notices.txt',
  'extension/dist/panel.js',
  'extension/dist/preact.js',
  'extension/dist/preflight.js',
  'extension/dist/prices.js',
  'extension/dist/problems.js',
  'extension/dist/profiles.js',
  'extension/dist/setUp.js',
  'extension/dist/shell.js',
  'extension/dist/webview.js',
  'extension/l10n/bundle.l10n.ja.json',
  'extension/media/activity.css',
  'extension/media/history.svg',
  'extension/media/icon.png',
  'extension/media/panel.css',
  'extension/package.json',
  'extension/package.nls.ja.json',
  'extension/package.nls.json',
  'extension/readme.md',
];

const kilobyte = 1024;

describe('the package', () => {
  let file: string;
  let said: string;
  let entries: Entry[];
  before(async () => {
    ({ file, said } = await vsix());
    entries = await entriesOf(file);
  });

  it('holds exactly what is listed here, and what several parts of the code share', () => {
    const names = entries.map(({ name }) => name).sort();
    const shared = names.filter((name) => /^extension\/dist\/shared-[A-Z0-9]{8}\.js$/.test(name));
    assert.ok(shared.length > 0);
    assert.deepEqual(
      names.filter((name) => !shared.includes(name)),
      shipped,
    );
  });

  it('is made without a warning', () => {
    // npm has warnings of its own, about the machine that it runs on.
    assert.doesNotMatch(said.replace(/^npm .*$/gm, ''), /warning|error/i);
  });

  it('shows no picture in its README that VS Code would show broken', () => {
    const readme = entries.find(({ name }) => name === 'extension/readme.md')!.content();
    assert.match(readme, /^# Bedrock via AI Gateway\n/);
    assert.doesNotMatch(readme, /!\[|<img/);
  });

  it('has no link in README and changelog that VS Code would not open, and names documents that are there', () => {
    const [readme, changelog] = ['readme', 'changelog'].map((page) =>
      entries.find(({ name }) => name === `extension/${page}.md`)!.content(),
    ) as [string, string];
    assert.ok(readme.split('\n').length <= 150);
    const links = linksIn(readme + changelog).map(({ target }) => target);
    assert.deepEqual(
      links.filter((target) => !target.startsWith('https:')),
      [],
    );
    const named = codeSpans(readme).filter((code) => code.startsWith('dist/docs/'));
    const shippedDocuments = shipped.filter((name) => name.startsWith('extension/dist/docs/'));
    assert.deepEqual(named.map((document) => `extension/${document}`).sort(), shippedDocuments);
  });

  it('has documents whose links lead to each other, and no picture', () => {
    const contentOf = (file: string) => entries.find(({ name }) => name === file)?.content();
    for (const name of shipped.filter((each) => each.startsWith('extension/dist/docs/'))) {
      assert.deepEqual(brokenLinks(name, contentOf), []);
      assert.doesNotMatch(contentOf(name) ?? '', /!\[|<img/, name);
    }
  });

  it('weighs 620 KB at most', async () => {
    const { size } = await stat(file);
    console.log(`      It weighs ${(size / kilobyte).toFixed(0)} KB.`);
    assert.ok(size <= 620 * kilobyte, `${size} bytes`);
  });

  it('has an entry of 40 KB at most, which is all that activation loads', () => {
    const { size } = entries.find(({ name }) => name === 'extension/dist/extension.js')!;
    console.log(`      The entry weighs ${(size / kilobyte).toFixed(1)} KB.`);
    assert.ok(size <= 40 * kilobyte, `${size} bytes`);
  });
});
