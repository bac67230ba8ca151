import assert from 'node:assert/strict';
import { followable } from '../../../../src/markdown/links';
import { accessibleText } from '../../../../src/webview/kit/accessibleText';
import { withPage } from '../dom';
import { drawn, elementsOf } from './drawn';

describe('links in a reply', () => {
  withPage();
  const followed = [
    'https://example.com/a?b#c',
    'http://127.0.0.1:8080',
    'mailto:a@example.com',
    'HTTPS://EXAMPLE.COM',
  ];
  for (const address of followed) {
    it(`are followed: ${address}`, () => assert.equal(typeof followable(address), 'string'));
  }

  const refused = [
    'command:workbench.action.files.newUntitledFile',
    'COMMAND:x',
    ' command:x',
    'com\nmand:x',
    'javascript:alert(1)',
    'java\tscript:alert(1)',
    'JavaScript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,<script>1</script>',
    'data:image/svg+xml,<svg/>',
    'file:///etc/passwd',
    'vscode://a.b/c',
    'vscode-insiders://a',
    'vscode-resource://x',
    'vscode-webview://x',
    'blob:https://a/b',
    'about:blank',
    'ftp://example.com',
    'ws://a',
    'tel:1',
    'ms-settings:',
    '//example.com',
    '/etc/passwd',
    'README.md',
    '#top',
    '',
    '\\\\host\\share',
    'https:',
    'http://',
    'view-source:https://a',
    'filesystem:https://a/b',
    'https://docs.example.net@evil.example',
    'https://a:b@docs.example.net/',
  ];
  for (const address of refused) {
    it(`are not: ${JSON.stringify(address)}`, () => assert.equal(followable(address), undefined));
    it(`make no element of it: ${JSON.stringify(address)}`, () => {
      const source = `[text](<${address.replaceAll('\n', '')}>) <${address}> ![pic](<${address.replaceAll('\n', '')}>)`;
      const drawn = elements(source);
      assert.deepEqual(
        drawn.filter((element) => element.hasAttribute('href')),
        [],
      );
    });
  }

  it('that are refused show their text and their address', () => {
    assert.equal(text('[press](command:rm)'), 'press (command:rm)');
    assert.equal(text('<command:rm>'), 'command:rm');
  });

  it('are told apart from file names', () => {
    assert.deepEqual(
      elements('README.md main.rs a@b.co //x.com').map(({ localName }) => localName),
      ['p'],
    );
    assert.deepEqual(
      elements('see https://example.com.').map(({ localName }) => localName),
      ['p', 'a'],
    );
  });

  it('to pictures are words', () => {
    assert.equal(text('![a *cat*](http://x/c.png)'), 'Picture: a *cat* (http://x/c.png)');
    assert.equal(text('![](http://x/c.png)'), 'Picture: http://x/c.png');
    assert.deepEqual(
      elements('![a](http://x/c.png)').map(({ localName }) => localName),
      ['p', 'span', 'a'],
    );
  });
});

describe('HTML in a reply', () => {
  withPage();
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '<b onclick=x>',
    '<!-- c -->',
    '<iframe src="//x">',
  ];
  for (const source of hostile) {
    it(`is text: ${source}`, () => {
      assert.equal(text(source), source);
      assert.ok(elements(source).every(({ localName }) => localName === 'p'));
    });
  }
});

function text(source: string): string {
  return accessibleText([...drawn(source)]).trim();
}

function elements(source: string): readonly HTMLElement[] {
  return elementsOf(drawn(source));
}
