// A long reply on the page: however it comes, few of its elements stand side by side, so that the browser lays out few.
import assert from 'node:assert/strict';
import { ReplyText } from '../../../../src/webview/reply/replyText';
import { place, withPage } from '../dom';
import { strings } from '../strings';

const replies = {
  'small lists': '- an item with **bold** words and `code`\n- another\n\nA paragraph.\n\n',
  'prose and code': '## A step\n\nSome prose, which wraps.\n\n```ts\nconst a = f();\n```\n\n- one\n- two\n\n',
};

describe('a long reply', () => {
  withPage();

  /** The page after all of `parts` is drawn. */
  const drawn = (parts: readonly string[]) => {
    const page = place();
    const reply = new ReplyText({ strings, onCode: () => undefined, canReplace: false }, () => undefined);
    reply.attach(page);
    for (const part of parts) {
      reply.append(part);
      reply.draw(Infinity);
    }
    reply.end();
    while (!reply.draw(Infinity));
    return page;
  };

  for (const [name, piece] of Object.entries(replies)) {
    const text = piece.repeat(Math.ceil(60_000 / piece.length));
    for (const [how, parts] of [
      ['shown at once', [text]],
      ['that streams', text.match(/[^]{1,400}/g) ?? []],
    ] as const)
      it(`of ${name}, ${how}, is laid out in stretches`, () => {
        const page = drawn(parts);
        const stretches = [...page.querySelectorAll('.stretch')];
        assert.ok(stretches.length >= 4, `${stretches.length} stretches`);
        for (const each of [page, ...stretches]) {
          const besides = [...each.children].filter(({ className }) => className !== 'stretch');
          // As many as begin a stretch, and those of one region, which has up to 8 KB.
          assert.ok(besides.length < 600, `${besides.length} side by side`);
        }
      });
  }

  it('that is short has none', () => {
    assert.equal(drawn([replies['prose and code'].repeat(10)]).querySelectorAll('.stretch').length, 0);
  });
});
