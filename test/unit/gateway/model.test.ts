import assert from 'node:assert/strict';
import { type Ask, standInReply } from '../../gateway/model.js';
import { pieces } from '../../gateway/reply.js';
import { assertQuick } from '../swift.js';

const asked = (text: string, limits: Partial<Ask['prompt']> = {}): Ask => ({
  model: 'some.model-v1:0',
  region: 'us-east-1',
  operation: 'converse-stream',
  identity: 'nobody',
  prompt: {
    messages: [{ role: 'user', text }],
    system: '',
    maxTokens: undefined,
    stopSequences: [],
    ...limits,
  },
  turn: 1,
  number: undefined,
  root: 'http://127.0.0.1:1',
});
const reply = (text: string, limits?: Partial<Ask['prompt']>) =>
  standInReply(asked(text, limits)).deltas.join('');

describe("the stand-in's reply", () => {
  it('says first that no model was asked', () =>
    assert.match(reply('x'), /^# Stand-in reply \(no AI model was asked\)\n/));

  it('counts characters, words and lines', () => {
    assert.ok(reply('one two 🎉\r\nthree').includes('| 16 | 4 | 2 | 0 | no |'));
  });

  it('outlines functions, types and headings of several languages', () => {
    const text = reply(
      [
        '# Title',
        'export async function first() {}',
        'const second = async (x) => x;',
        'def third(a):',
        'func (s *Server) fourth() {',
        'pub fn fifth() {',
        '  public static void sixth(String[] a) {',
        'export interface Seventh {',
        'no such thing',
      ].join('\n'),
    );
    const outline = /## Outline\n\n([^]*?)\n\n##/.exec(text)![1];
    assert.equal(
      outline,
      [
        '- `heading Title`',
        ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].map((name) => `- \`function ${name}\``),
        '- `type Seventh`',
      ].join('\n'),
    );
  });

  it('falls back to the first lines', () => {
    assert.match(reply('\nalpha `x`\n\nbeta'), /## Outline\n\n- `alpha 'x'`\n- `beta`\n/);
  });

  it("gives the prompt's code back in a fence that nothing inside can close", () => {
    assert.ok(reply('a ``` b ```` c').includes('\n`````\na ``` b ```` c\n`````\n'));
  });

  it('gives back only the code when the prompt fences it', () => {
    assert.ok(reply('Explain:\n\n````ts\nlet a = `x`;\n````\n').includes('\n\n```ts\nlet a = `x`;\n```\n\n'));
  });

  it('gives back a part of what is very long, and says so', () => {
    const text = reply('🎉'.repeat(20_000));
    assert.ok(text.length < 25_000);
    assert.match(text, /20000 characters more/);
    assert.ok(text.isWellFormed());
  });

  it('is quick with text that patterns might dwell on', () => {
    const text = `${' '.repeat(290)}x\n`.repeat(3000) + '`'.repeat(100_000) + '#'.repeat(100_000);
    assertQuick(5, { 'a reply': () => reply(text) });
  });

  it('obeys maxTokens and stop sequences', () => {
    const short = standInReply(asked('x', { maxTokens: 3 }));
    assert.deepEqual([short.deltas.join(''), short.stopReason], ['# Stand-in r', 'max_tokens']);
    const stopped = standInReply(asked('x', { stopSequences: ['nowhere', '(no AI'] }));
    assert.deepEqual([stopped.deltas.join(''), stopped.stopReason], ['# Stand-in reply ', 'stop_sequence']);
    assert.equal(standInReply(asked('x')).stopReason, 'end_turn');
  });
});

describe('pieces of a reply', () => {
  it('join to the text and never split a code point', () => {
    const text = 'a🎉b'.repeat(1000);
    const cut = pieces(text);
    assert.equal(cut.join(''), text);
    assert.ok(cut.every((piece) => piece.isWellFormed()));
    assert.ok(cut.length > 100 && cut.length <= 401);
  });

  it('split Markdown anywhere, a fence included', () => {
    const cut = pieces('```js\nlet a;\n```\n'.repeat(20));
    assert.ok(cut.some((piece) => /(^|[^`])`{1,2}$/.test(piece)));
  });

  it('of nothing are none', () => assert.deepEqual(pieces(''), []));
});
