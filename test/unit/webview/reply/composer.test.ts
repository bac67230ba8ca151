// The composer on the page: what is typed in it, also in the place of earlier prompts.
import assert from 'node:assert/strict';
import type { ComposerView, EditsView } from '../../../../src/protocol/composer';
import type { ReplyToHost } from '../../../../src/protocol/reply';
import { Pictures } from '../../../../src/webview/reply/attachments/pictures';
import type { ComposerPage } from '../../../../src/webview/reply/composer';
import { withPage } from '../dom';
import { composerView, strings } from '../strings';

/** It listens to the page as soon as it is loaded. */
let module: { readonly ComposerPage: typeof ComposerPage };

class Page {
  readonly told: ReplyToHost[] = [];
  readonly composer: ComposerPage = new module.ComposerPage({
    post: (message) => this.told.push(message),
    pictures: new Pictures((message) => this.told.push(message)),
    prompts: () => [],
    announce: () => undefined,
    onSend: () => undefined,
  });

  constructor(draft = '', edits?: EditsView) {
    this.show(composerView, draft, edits);
  }

  show(view: ComposerView, draft = '', edits?: EditsView): void {
    this.composer.show({ strings, conversation: 'one', view, isRunning: false }, draft, edits);
  }

  get field(): HTMLTextAreaElement {
    return document.querySelector('textarea')!;
  }

  type(text: string): void {
    this.field.value = text;
    this.field.dispatchEvent(new Event('input'));
  }

  press(name: string): void {
    const buttons = [...document.querySelectorAll('button')];
    const button = buttons.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name);
    assert.ok(button, name);
    button.click();
  }

  /** The messages of these types. */
  posted(...types: readonly ReplyToHost['type'][]): readonly ReplyToHost[] {
    return this.told.filter(({ type }) => types.includes(type));
  }
}

describe('the composer on the page', () => {
  withPage();
  beforeEach(async () => (module = await import('../../../../src/webview/reply/composer')));

  it('keeps what is typed in an edit when another begins, or the same again', () => {
    const page = new Page();
    page.type('Typed.');
    page.composer.edit('a', 'Prompt a');
    page.type('Prompt a, edited');
    page.composer.edit('a', 'Prompt a');
    assert.equal(page.field.value, 'Prompt a, edited');
    page.composer.edit('b', 'Prompt b');
    assert.equal(page.field.value, 'Prompt b');
    page.type('Prompt b, edited');
    page.composer.edit('a', 'Prompt a');
    assert.equal(page.field.value, 'Prompt a, edited');
    page.press(strings.cancel);
    assert.equal(page.field.value, 'Typed.');
    page.composer.edit('b', 'Prompt b');
    assert.equal(page.field.value, 'Prompt b, edited');
    assert.deepEqual(page.posted('editPrompt'), [
      { type: 'editPrompt', turn: 'a', text: 'Prompt a', before: 'Typed.' },
      { type: 'editPrompt', turn: 'b', text: 'Prompt b', before: 'Prompt a, edited' },
      { type: 'editPrompt', turn: 'a', text: 'Prompt a, edited', before: 'Prompt b, edited' },
      { type: 'editPrompt', turn: 'b', text: 'Prompt b, edited', before: 'Typed.' },
    ]);
  });

  it('gives an edit up by Escape, and does not stop a reply then', () => {
    const page = new Page('Typed.');
    let heard = 0;
    addEventListener('keydown', () => (heard += 1));
    const escape = () =>
      page.field.dispatchEvent(Object.assign(new Event('keydown', { bubbles: true }), { key: 'Escape' }));
    page.composer.edit('a', 'Prompt a');
    escape();
    assert.deepEqual([page.field.value, heard], ['Typed.', 0]);
    escape();
    assert.deepEqual([page.field.value, heard], ['Typed.', 1]);
  });

  it('tells the host all of an edit before that is cancelled', () => {
    const page = new Page();
    page.composer.edit('a', 'Prompt a');
    page.type('Edited');
    page.press(strings.cancel);
    assert.deepEqual(page.told.slice(1), [
      { type: 'draft', conversation: 'one', text: 'Edited' },
      { type: 'cancelEdit', conversation: 'one' },
    ]);
  });

  it('has what was typed before an edit again when that is sent, however soon', () => {
    const page = new Page('Typed.');
    page.composer.edit('a', 'Prompt a');
    page.type('Edited');
    page.press(strings.send);
    assert.equal(page.field.value, 'Typed.');
    assert.equal(document.querySelector('.editing'), null);
    assert.deepEqual(page.posted('submit'), [{ type: 'submit', conversation: 'one', text: 'Edited' }]);
  });

  it('goes on with the edits of an earlier session', () => {
    const rewrites = [{ turn: 'b', text: 'Prompt b, edited' }];
    const page = new Page('Prompt a, edited', { editing: { turn: 'a', before: 'Typed.' }, rewrites });
    assert.ok(document.querySelector('.editing'));
    page.composer.edit('b', 'Prompt b');
    assert.equal(page.field.value, 'Prompt b, edited');
    page.press(strings.cancel);
    assert.equal(page.field.value, 'Typed.');
    page.composer.edit('a', 'Prompt a');
    assert.equal(page.field.value, 'Prompt a, edited');
  });

  it('edits again what was not sent, beside what was typed since', () => {
    const page = new Page();
    page.type('Since');
    page.composer.putBack('one', 'Prompt a, edited', 'a');
    assert.equal(page.field.value, 'Prompt a, edited');
    assert.deepEqual(page.posted('editPrompt'), [
      { type: 'editPrompt', turn: 'a', text: 'Prompt a, edited', before: 'Since' },
    ]);
    page.composer.putBack('one', 'Not sent');
    page.composer.putBack('one', 'Prompt b, edited', 'b');
    page.composer.putBack('one', 'Before', 'a');
    assert.equal(page.field.value, 'Before\nPrompt a, edited');
    page.press(strings.cancel);
    assert.equal(page.field.value, 'Not sent\nSince');
    page.composer.edit('b', 'Prompt b');
    assert.equal(page.field.value, 'Prompt b, edited');
    page.composer.putBack('another', 'Elsewhere');
    assert.equal(page.field.value, 'Prompt b, edited');
  });

  it('does not make a queued prompt a part of an edit', () => {
    const prompts = [{ id: 'q', text: 'Queued' }];
    const page = new Page();
    page.show({ ...composerView, queues: [{ note: 'Held', prompts, canSend: true }] });
    page.composer.edit('a', 'Prompt a');
    page.type('Edited');
    page.press(`${strings.edit}: Queued`);
    assert.equal(page.field.value, '');
    assert.deepEqual(
      page.told.slice(-2).map(({ type }) => type),
      ['cancelEdit', 'editQueued'],
    );
    page.press(`${strings.sendNow}: Queued`);
    assert.deepEqual(page.told.at(-1), { type: 'sendQueued', conversation: 'one', prompt: 'q' });
    page.composer.edit('a', 'Prompt a');
    assert.equal(page.field.value, 'Edited');
  });
});
