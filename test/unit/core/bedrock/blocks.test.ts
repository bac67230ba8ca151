// The blocks of a reply, in whatever pieces they come.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BlockReader } from '../../../../src/core/bedrock/bodies/blockReader';
import { AnswerUnreadable, ReplyTooLarge } from '../../../../src/core/model/errors';
import { type ContentBlock, type ToolUseBlock, textBlock } from '../../../../src/core/model/content';
import { blocksOf } from '../../../../src/core/model/replyBlocks';
import { type Reply, newReply, reduceReply } from '../../../../src/core/model/reply';

function reading() {
  let reply: Reply = newReply(0);
  const reader = new BlockReader((part) => (reply = reduceReply(reply, part, 1)));
  return { reader, reply: () => reply };
}

const text = fc.string({ minLength: 1, unit: 'binary' });
const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/);
const toolUse: fc.Arbitrary<ToolUseBlock> = fc.record({
  type: fc.constant('toolUse' as const),
  id: name,
  name,
  input: fc
    .dictionary(fc.string(), fc.jsonValue())
    .map((input) => JSON.parse(JSON.stringify(input)) as object),
}) as fc.Arbitrary<ToolUseBlock>;
const reasoning: fc.Arbitrary<ContentBlock> = fc.oneof(
  fc.record({ type: fc.constant('reasoning' as const), text: fc.string(), signature: text }),
  fc.record({
    ...{ type: fc.constant('reasoning' as const), text: fc.constant('') },
    redacted: fc.base64String({ minLength: 4 }),
  }),
);
const block: fc.Arbitrary<ContentBlock> = fc.oneof(text.map(textBlock), reasoning, toolUse);

/** The use of a tool that can't be read. */
interface UnreadableUse {
  readonly type: 'unreadable';
  readonly id?: string;
  readonly name?: string;
  readonly json: string;
}
const unreadable: fc.Arbitrary<UnreadableUse> = fc.oneof(
  toolUse.map(({ id, name, input }) => ({
    ...{ type: 'unreadable' as const, id, name, json: JSON.stringify(input).slice(0, -1) },
  })),
  fc.record({ type: fc.constant('unreadable' as const), id: name, name, json: fc.constant('[1]') }),
  fc.record({ type: fc.constant('unreadable' as const), id: name, json: fc.constant('{}') }),
);

/** Splits a text at random places; never into no piece at all. */
const split = (whole: string, cuts: readonly number[]): readonly string[] => {
  const at = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((start, index) => whole.slice(start, at[index]));
};

function send(
  reader: BlockReader,
  blocks: readonly (ContentBlock | UnreadableUse)[],
  { cuts, stops }: { readonly cuts: readonly number[]; readonly stops: boolean },
): void {
  for (const [index, each] of blocks.entries()) {
    if (each.type === 'text') for (const piece of split(each.text, cuts)) reader.text(index, piece);
    else if (each.type === 'reasoning') {
      for (const piece of split(each.text, cuts)) reader.reasoning(index, { text: piece });
      const { signature = '', redacted } = each;
      for (const piece of split(signature, cuts)) if (piece) reader.reasoning(index, { signature: piece });
      if (redacted !== undefined) reader.reasoning(index, { redacted });
    } else if (each.type === 'toolUse' || each.type === 'unreadable') {
      const { id, name } = each;
      reader.toolUse(index, { id, name });
      const json = each.type === 'toolUse' ? JSON.stringify(each.input) : each.json;
      for (const piece of split(json, cuts)) reader.toolInput(index, piece);
    }
    if (stops) reader.stop();
  }
}

describe('the blocks of a reply', () => {
  it('are the same, in whatever pieces they come', () => {
    fc.assert(
      fc.property(
        fc.array(block),
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.boolean(),
        (blocks, cuts, stops) => {
          const { reader, reply } = reading();
          send(reader, blocks, { cuts, stops });
          reader.end('end_turn');
          assert.deepEqual(blocksOf(reply()), structuredClone(blocks));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('are complete, whatever uses of tools that can’t be read stand between them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(block, text.map(textBlock), unreadable)),
        fc.array(fc.nat(), { maxLength: 6 }),
        fc.boolean(),
        (blocks, cuts, stops) => {
          const { reader, reply } = reading();
          send(reader, blocks, { cuts, stops });
          reader.end('end_turn');
          const readable = blocks.filter((each) => each.type !== 'unreadable');
          assert.deepEqual(blocksOf(reply()), structuredClone(readable));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('of a plain reply are one text, without a mark', () => {
    const { reader, reply } = reading();
    for (const piece of ['Fo', '', 'ur']) reader.text(0, piece);
    reader.stop();
    reader.end('end_turn');
    assert.equal(reply().blocks, undefined);
    assert.deepEqual(blocksOf(reply()), [textBlock('Four')]);
  });

  it('stand apart in the text if the model has thought in between, and not if it has not', () => {
    const { reader, reply } = reading();
    reader.text(0, 'I');
    reader.text(1, ' look.');
    reader.reasoning(2, { text: 'Hm', signature: 's' });
    reader.text(3, 'Found.');
    reader.end('end_turn');
    assert.equal(reply().text, 'I look.\n\nFound.');
    assert.deepEqual(blocksOf(reply()), [
      ...[textBlock('I'), textBlock(' look.'), { type: 'reasoning', text: 'Hm', signature: 's' }],
      textBlock('Found.'),
    ]);
  });

  it('have whole characters in their texts, though a piece ends in the middle of one', () => {
    const { reader, reply } = reading();
    reader.text(0, 'A\ud83d');
    reader.reasoning(1, { text: 'Hm', signature: 's' });
    reader.text(2, '\ude00B');
    reader.end('end_turn');
    assert.deepEqual(blocksOf(reply()), [
      ...[textBlock('A\ufffd'), { type: 'reasoning', text: 'Hm', signature: 's' }, textBlock('\ufffdB')],
    ]);
  });

  it('leave out thinking that has not ended: nothing proves that it is the model’s', () => {
    const { reader, reply } = reading();
    reader.reasoning(0, { text: 'Hm' });
    assert.deepEqual([reply().reasoning, blocksOf(reply())], ['Hm', []]);
  });

  it('take no input of a tool for {}, and nothing else that is no object', () => {
    const { reader, reply } = reading();
    reader.toolUse(0, { id: 'a', name: 'none' });
    reader.stop();
    reader.toolUse(1, { id: 'b', name: 'list' });
    reader.toolInput(1, '[1]');
    assert.throws(() => reader.end('tool_use'), AnswerUnreadable);
    assert.deepEqual(blocksOf(reply()), [{ type: 'toolUse', id: 'a', name: 'none', input: {} }]);
  });

  it('have no tool use whose input the token limit broke off', () => {
    const { reader, reply } = reading();
    reader.text(0, 'I look.');
    reader.toolUse(1, { id: 'a', name: 'read' });
    reader.toolInput(1, '{"path": "/a/b');
    reader.end('max_tokens');
    assert.deepEqual(blocksOf(reply()), [textBlock('I look.')]);
  });

  it('have no tool use without a name, and say so if the model waits for it', () => {
    for (const start of [{ id: 'a' }, { name: 'n' }, { id: 1, name: 'n' }]) {
      const { reader, reply } = reading();
      reader.toolUse(0, { id: undefined, name: undefined, ...start });
      reader.toolInput(0, '{}');
      assert.throws(() => reader.end('tool_use'), AnswerUnreadable);
      assert.deepEqual(blocksOf(reply()), []);
    }
  });

  const piece = 'x'.repeat(4 * 1024 * 1024);
  const endless: Readonly<Record<string, (reader: BlockReader, count: number) => void>> = {
    'the input of a tool': (reader, count) => {
      if (count === 0) reader.toolUse(0, { id: 'a', name: 'n' });
      reader.toolInput(0, piece);
    },
    'one tool after the other': (reader, count) => {
      reader.toolUse(count, { id: `a${count}`, name: piece });
      reader.toolInput(count, '{}');
    },
    'a signature': (reader) => reader.reasoning(0, { signature: piece }),
    'thinking that is hidden': (reader) => reader.reasoning(0, { redacted: piece }),
    'one signature after the other': (reader, count) => reader.reasoning(count, { signature: piece }),
    'a thousand short uses of tools': (reader, count) => {
      for (let each = 0; each < 11; each++) reader.toolUse(count * 11 + each, { id: `a${count}`, name: 'n' });
    },
    'a thousand uses of tools that can’t be read, and texts between them': (reader, count) => {
      for (let each = 0; each < 11; each++) {
        reader.text(`${count} ${each} text`, 'A');
        reader.toolUse(count * 11 + each, { id: `a${count}`, name: 'n' });
        reader.toolInput(count * 11 + each, '{');
      }
    },
    'a thousand short thoughts': (reader, count) => {
      for (let each = 0; each < 11; each++) reader.reasoning(count * 11 + each, { signature: 's' });
    },
  };
  for (const [what, add] of Object.entries(endless))
    it(`come to an end that have none: ${what}`, () => {
      const { reader } = reading();
      assert.throws(() => {
        for (let count = 0; count < 100; count++) add(reader, count);
      }, ReplyTooLarge);
    });

  it('of thousands of texts are few, and their text is whole', () => {
    const { reader, reply } = reading();
    for (let index = 0; index < 5000; index++) reader.text(index, `${index} `);
    reader.end('end_turn');
    const texts = blocksOf(reply()).map((each) => (each.type === 'text' ? each.text : ''));
    assert.equal(texts.length, 1000);
    assert.equal(texts.join(''), Array.from({ length: 5000 }, (_, index) => `${index} `).join(''));
  });
});
