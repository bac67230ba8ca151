// The texts that are attached to a prompt: where they stand in it, and what many of them take.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textOf } from '../../../src/core/model/content';
import {
  type Attachment,
  attachedTexts,
  areSameAttachments,
  joinAttachments,
} from '../../../src/history/attachment';
import { promptContent, quotedLines, quotedTexts, sentPrompt } from '../../../src/prompt/promptContent';
import { requestIn } from '../history/turns';
import { assertQuick } from '../swift';

const attached = (name: string, text: string): Attachment => ({ id: name, name, text, sources: [] });
const wholeOf = (prompt: Parameters<typeof promptContent>[0]) => textOf({ content: promptContent(prompt) });
/** Files of so many KB each. */
const files = (count: number, kb: number) =>
  Array.from({ length: count }, (_, index) =>
    attached(`${index}.txt`, `${index}.txt\n\`\`\`\n${'a line of a text\n'.repeat(kb * 60)}\`\`\``),
  );

describe('the texts that are attached to a prompt', () => {
  it('stand below what is typed, a blank line before each, and where they stand is told', () => {
    const cases: readonly (readonly [typed: string, texts: readonly string[], whole: string])[] = [
      ['Why?', [], 'Why?'],
      [' Why? \n', [], ' Why? \n'],
      ['Why?', ['one'], 'Why?\n\none'],
      [' Why? \n', ['one\ntwo\n', 'three\r\nfour'], 'Why?\n\none\ntwo\n\nthree\r\nfour'],
      ['', ['one', 'two'], 'one\n\ntwo'],
      [' \n ', ['\n\none\n', ' two\n'], 'one\n\n two\n'],
      ['Why?', ['one', ' \n'], 'Why?\n\none\n\n \n'],
      ['Why?', [' \n', 'one'], 'Why?\n\none'],
    ];
    for (const [typed, texts, whole] of cases) {
      const prompt = { text: typed, attachments: texts.map((text, index) => attached(`${index}`, text)) };
      assert.equal(wholeOf(prompt), whole);
      const lines = whole.split(/\r\n?|\n/);
      quotedLines(prompt).forEach(({ first, last }, index) => {
        const text = texts[index]!.trim().replaceAll('\r\n', '\n');
        assert.equal(
          lines
            .slice(first - 1, last)
            .join('\n')
            .trim(),
          text,
        );
      });
    }
  });

  it('come apart again as they were put together, whatever they are', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r\n', '`', '\ud800', '🙂') });
    fc.assert(
      fc.property(piece, fc.array(piece, { maxLength: 4 }), (typed, texts) => {
        const prompt = { text: typed, attachments: texts.map((text, index) => attached(`${index}`, text)) };
        const request = requestIn({ id: 'r', prompt: wholeOf(prompt) });
        const sent = sentPrompt({ ...request, quotedTexts: quotedTexts(prompt) });
        assert.equal(wholeOf(sent).trim(), wholeOf(prompt).trim());
        assert.ok(sent.attachments.length <= texts.length);
        if (texts.every((text) => text.trim())) {
          assert.equal(sent.text.trim(), typed.trim().toWellFormed());
          assert.deepEqual(
            attachedTexts(sent.attachments).map(({ name, text }) => [name, text.trim()]),
            texts.map((text, index) => [`${index}`, text.trim().toWellFormed()]),
          );
        }
      }),
    );
  });

  it('are the user’s words if the request says impossible places for them', () => {
    const request = { ...requestIn({ id: 'r', prompt: 'Why?\n\none\n\ntwo' }) };
    const quoted = (start: number, end: number, sources = 0) => ({ name: 'x', start, end, sources });
    for (const places of [
      [quoted(6, 9)],
      [quoted(6, 99)],
      [quoted(9, 6)],
      [quoted(6, 14), quoted(6, 14)],
      [quoted(11, 14), quoted(6, 9)],
      [quoted(6, 14, 1)],
    ])
      assert.deepEqual(sentPrompt({ ...request, quotedTexts: places }), {
        ...{ text: 'Why?\n\none\n\ntwo', attachments: [] },
      });
    const both = sentPrompt({ ...request, quotedTexts: [quoted(6, 9), quoted(11, 14)] });
    assert.deepEqual(
      [both.text, attachedTexts(both.attachments).map(({ text }) => text)],
      ['Why?', ['one', 'two']],
    );
  });

  it('take time that grows with their length, not faster', () => {
    const attachments = files(400, 20);
    assertQuick(3, {
      'to be put together': () => promptContent({ text: 'Why?', attachments }),
      'to be found in it': () => quotedLines({ text: 'Why?', attachments }),
    });
  });

  it('are attached in time that grows with their number, not with all that is attached before', () => {
    const attach = () => {
      let all: readonly Attachment[] = [];
      for (const file of files(400, 20)) all = joinAttachments(all, [file]);
      return all;
    };
    assertQuick(5, { 'to be attached': attach });
    assert.equal(attach().length, 400);
  });

  it('are the same only with the same text and name', () => {
    const one = attached('a', 'text');
    assert.ok(areSameAttachments([one], [{ ...one, id: 'x' }]));
    assert.ok(!areSameAttachments([one], [{ ...one, name: 'b' }]));
    assert.ok(!areSameAttachments([one], [{ ...one, text: 'texu' }]));
    assert.deepEqual(joinAttachments([one], [{ ...one, id: 'x' }, attached('a', 'other')]).length, 2);
  });
});
