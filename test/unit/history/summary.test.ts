// What a list shows of a conversation.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DocumentBlock, ImageBlock } from '../../../src/core/model/content';
import { promptEntry, replyEntry } from '../../../src/history/entries';
import { SummaryBuilder, isSummary, promptTitle, requestTitle } from '../../../src/history/summary';
import { type RequestIn, done, requestIn, textEvent, turnIn } from './turns';

describe('the title of a conversation', () => {
  it('is the first line of its prompt that has words', () => {
    for (const [prompt, title] of [
      ['Sort this', 'Sort this'],
      ['\n\n  Sort   this \nand that', 'Sort   this'],
      ['```ts\nconst x = 1;\n```', '```ts'],
      ['---\n# A heading #1\ntext', 'A heading #1'],
      ['並べ替えて', '並べ替えて'],
      ['a\tb\u0007c', 'a b c'],
      ['!!!', '!!!'],
      ['', ''],
      [' \n\t', ''],
    ] as const)
      assert.equal(promptTitle(prompt), title, JSON.stringify(prompt));
  });

  it('is short, on one line and well-formed, whatever the prompt is', () => {
    assert.ok(promptTitle('x'.repeat(5000)).length <= 121);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (prompt) => {
        const title = promptTitle(prompt);
        assert.ok(title.length <= 121 && !/[\r\n]/.test(title));
        assert.equal(title, title.toWellFormed());
      }),
    );
    assert.ok(promptTitle('🙂'.repeat(200)).isWellFormed());
  });
});

const diagram: ImageBlock = {
  ...{ type: 'image', format: 'png', name: 'diagram.png' },
  data: { sha256: 'a'.repeat(64), size: 1000 },
};
const report: DocumentBlock = {
  ...{ type: 'document', format: 'pdf', name: 'report.pdf' },
  data: { sha256: 'b'.repeat(64), size: 2000 },
};

describe('the title of a prompt', () => {
  it('is its text, else the names of what is attached', () => {
    const titleOf = (prompt: string, ...blobs: NonNullable<RequestIn['blobs']>) =>
      requestTitle(requestIn({ id: 'a', prompt, blobs }));
    assert.equal(titleOf('What is this?', diagram), 'What is this?');
    assert.equal(titleOf('', diagram, report), 'diagram.png, report.pdf');
    assert.equal(titleOf(' ', { ...diagram, name: '' }), 'png');
    assert.equal(titleOf(''), '');
  });
});

describe('a summary', () => {
  it('has the pictures and documents of all prompts, each once', () => {
    const builder = new SummaryBuilder('c');
    for (const [id, blobs] of Object.entries({ a: [diagram], b: [diagram, report], d: [] }))
      builder.add(promptEntry(requestIn({ id, prompt: '', blobs }), 1000));
    const made = builder.summary(7);
    assert.deepEqual(made?.blobs, [diagram.data, report.data]);
    assert.equal(made.title, 'diagram.png');
    assert.ok(isSummary(JSON.parse(JSON.stringify(made))));
    for (const blobs of [null, {}, [1], [{ sha256: '../x', size: 1 }], [{ ...diagram.data, size: -1 }]])
      assert.ok(!isSummary({ ...made, blobs }), JSON.stringify(blobs));
  });

  it('adds up the costs that are known, and counts the others', () => {
    const turns = ['a', 'b', 'c'].map((id) => turnIn({ id, prompt: `Prompt ${id}` }, textEvent('.'), done));
    const entries = turns.flatMap((turn) => [promptEntry(turn.request, 1000), replyEntry(turn)]);
    const costs = [
      { type: 'cost', turn: 'a', usd: 0.5 },
      { type: 'cost', turn: 'c', usd: 0 },
    ] as const;
    const builder = new SummaryBuilder('c');
    assert.equal(builder.summary(7), undefined);
    [...entries, ...costs].forEach((entry) => builder.add(entry));
    const whole = builder.summary(7);
    entries.forEach((entry) => builder.add(entry));
    assert.deepEqual(builder.summary(7), whole);
    const other = new SummaryBuilder('x');
    entries.forEach((entry) => other.add(entry));
    assert.equal(other.summary(7), undefined);
    assert.deepEqual(whole, {
      ...{ id: 'c', title: 'Prompt a', model: 'anthropic.claude-x', at: 1000, turns: 3 },
      ...{ usd: 0.5, unpriced: 1, isPinned: false, size: 7 },
    });
    assert.ok(isSummary(JSON.parse(JSON.stringify(whole))));
  });
});
