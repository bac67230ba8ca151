// The chips of what goes along with a prompt, by keyboard and to a screen reader.
import assert from 'node:assert/strict';
import { render } from 'preact';
import type { AttachmentView } from '../../../../../src/protocol/attachments';
import { AttachmentChips } from '../../../../../src/webview/reply/attachments/attachmentChips';
import { place, withPage } from '../../dom';
import { strings } from '../../strings';

const view = (id: string, more: Partial<AttachmentView> = {}): AttachmentView => ({
  ...{ id, name: `${id}.pdf`, kind: 'document', facts: '1 MB', detail: '' },
  ...more,
});

describe('the chips of attachments', () => {
  withPage();
  let done: string[] = [];
  let page: HTMLElement;
  beforeEach(() => {
    done = [];
    page = place();
  });

  const draw = (ids: readonly string[], { isSent = false } = {}) =>
    render(
      <AttachmentChips
        attachments={ids.map((id) => view(id, id === 'p' ? { sha256: 'abc', detail: 'Scaled down' } : {}))}
        strings={strings}
        pictures={{
          attach: (_, sha256) => {
            done.push(`attach ${sha256}`);
            return () => done.push('detach');
          },
          open: ({ name }) => done.push(`large ${name}`),
        }}
        open={(id) => done.push(`open ${id}`)}
        {...(!isSent && { remove: (id) => done.push(`remove ${id}`) })}
      />,
      page,
    );
  const drawNamed = (name: string) =>
    render(
      <AttachmentChips
        attachments={[view('a', { name })]}
        strings={strings}
        pictures={{ attach: () => () => undefined, open: () => undefined }}
        open={() => undefined}
      />,
      page,
    );
  const chips = () => [...page.querySelectorAll<HTMLElement>('.open')];
  const focused = () => chips().indexOf(document.activeElement as HTMLElement);
  const press = (key: string, more: object = {}) => {
    const event = Object.assign(new Event('keydown', { bubbles: true, cancelable: true }), { key, ...more });
    document.activeElement!.dispatchEvent(event);
    return event.defaultPrevented;
  };

  it('are one stop of Tab, from which the arrow keys lead to the others', async () => {
    draw(['a', 'b', 'c']);
    assert.deepEqual(
      chips().map(({ tabIndex }) => tabIndex),
      [0, -1, -1],
    );
    chips()[0]!.focus();
    const visited = [
      'ArrowRight',
      'ArrowDown',
      'ArrowDown',
      'Home',
      'End',
      'ArrowUp',
      'ArrowLeft',
      'ArrowLeft',
    ].map((key) => {
      assert.ok(press(key));
      return focused();
    });
    assert.deepEqual(visited, [1, 2, 2, 0, 2, 1, 0, 0]);
    press('ArrowRight');
    await Promise.resolve();
    draw(['a', 'b', 'c']);
    assert.deepEqual(
      chips().map(({ tabIndex }) => tabIndex),
      [-1, 0, -1],
    );
    // The one with the focus is gone.
    draw(['a', 'c']);
    assert.deepEqual(
      chips().map(({ tabIndex }) => tabIndex),
      [0, -1],
    );
  });

  it('are removed by Delete and Backspace, and the focus goes on at once', () => {
    draw(['a', 'b', 'c']);
    chips()[1]!.focus();
    press('Delete');
    assert.equal(focused(), 2);
    press('Backspace');
    assert.equal(focused(), 1);
    assert.deepEqual(done, ['remove b', 'remove c']);
    assert.ok(!press('Delete', { ctrlKey: true }) && !press('x') && !press('Enter'));
    assert.equal(done.length, 2);
  });

  it('are removed by the key where the focus is, also on the button that removes', () => {
    draw(['a', 'b', 'c']);
    const buttons = [...page.querySelectorAll<HTMLElement>('.chip > .quiet')];
    assert.deepEqual(
      buttons.map((button) => [button.getAttribute('aria-label'), button.tabIndex]),
      ['a', 'b', 'c'].map((id) => [`${strings.remove}: ${id}.pdf`, -1]),
    );
    buttons[1]!.focus();
    press('Delete');
    buttons[0]!.click();
    assert.deepEqual(done, ['remove b', 'remove a']);
  });

  it('say all that there is to say', () => {
    draw(['a', 'p']);
    assert.equal(page.querySelector('ul')?.getAttribute('aria-label'), strings.attachments);
    assert.deepEqual(
      chips().map((chip) => [
        chip.getAttribute('aria-label'),
        chip.getAttribute('aria-keyshortcuts'),
        chip.title,
      ]),
      [
        ['a.pdf. 1 MB', 'Delete', 'a.pdf\n1 MB'],
        ['p.pdf. 1 MB. Scaled down', 'Delete', 'p.pdf\n1 MB\nScaled down'],
      ],
    );
  });

  it('open what they stand for', () => {
    draw(['a', 'p']);
    for (const chip of chips()) chip.click();
    assert.deepEqual(done, ['attach abc', 'open a', 'large p.pdf']);
  });

  it('of a prompt that was sent stay', () => {
    draw(['a', 'p'], { isSent: true });
    chips()[0]!.focus();
    assert.ok(!press('Delete'));
    press('ArrowRight');
    assert.equal(focused(), 1);
    assert.equal(page.querySelectorAll('.chip > .quiet').length, 0);
    assert.equal(chips()[0]!.getAttribute('aria-keyshortcuts'), null);
  });

  it('show a name whole, and its end apart, so that it stays when the rest is shortened', () => {
    for (const name of ['', 'a', 'short.ts', `${'long '.repeat(30)}😀1234567.ts`, '😀'.repeat(40)]) {
      drawNamed(name);
      const shown = page.querySelector('.name')!;
      assert.equal(shown.textContent, name);
      for (const part of shown.childNodes) assert.ok(part.textContent!.isWellFormed());
    }
  });

  it('have a sign of what they are, if their names tell', () => {
    const signs = {
      'report.pdf': 'pdf',
      'src/main.ts:12–40': 'ts',
      'a.tar.gz, 1 more': 'gz',
      '.env': 'env',
      'v1.2 notes': '≡',
      'a.longest': '≡',
      Makefile: '≡',
    };
    for (const [name, sign] of Object.entries(signs)) {
      drawNamed(name);
      assert.equal(page.querySelector('.sign')?.textContent, sign, name);
    }
  });
});
