// The journal of a running reply: wherever a crash cuts it off, what is before is read.
import assert from 'node:assert/strict';
import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises';
import type { ReplyEvent } from '../../../src/core/model/reply';
import { Journal, readJournal } from '../../../src/history/journal';
import { until } from '../../limits';
import { historyForEachTest } from './directories';
import { done, textEvent } from './turns';

const texts = ['Erste „Zeile“\n', '日本語の返答。', '🙂🙂', ' \\ "quoted" \u2028', '\u0000\ud800'];
const events: readonly ReplyEvent[] = [
  { type: 'attempt', number: 1, operation: 'converse-stream' },
  { type: 'response', status: 200, requestIds: { logId: 'log' } },
  { type: 'reasoning', text: 'Hm. ' },
  ...texts.map(textEvent),
  { type: 'usage', usage: { input: 1, output: 2, cacheRead: 0, cacheWrite: 0 } },
];

describe('the journal of a reply', () => {
  const history = historyForEachTest();
  const fileOf = () => history().directory.running('c', 'a');
  const fail = (error: unknown) => {
    throw error;
  };
  const begin = () => new Journal(fileOf(), { window: 'w', startedAt: 1000 }, fail);

  it('holds everything that a reply is shown by', async () => {
    const journal = begin();
    events.forEach((event) => journal.push(event, 1500));
    await journal.close();
    const found = await readJournal(fileOf());
    assert.equal(found?.window, 'w');
    const { text, reasoning, startedAt, firstTextAt, requestIds, usage, attempts, outcome } = found.reply;
    // JSON.stringify escapes half a character.
    assert.deepEqual([text, reasoning], [texts.join(''), 'Hm. ']);
    assert.deepEqual([startedAt, firstTextAt, attempts, outcome], [1000, 1500, 1, undefined]);
    assert.deepEqual([requestIds, usage?.output], [{ logId: 'log' }, 2]);
  });

  it('is read up to the last whole line, at whichever byte it ends', async () => {
    const journal = begin();
    // Each in a line of its own.
    for (const text of texts) {
      journal.push(textEvent(text), 1500);
      journal.push({ type: 'reasoning', text: 'Hm. ' }, 1500);
    }
    await journal.close();
    const whole = await readFile(fileOf());
    const all = texts.join('');
    let longest = 0;
    for (let end = 0; end <= whole.length; end++) {
      await writeFile(fileOf(), whole.subarray(0, end));
      const found = await readJournal(fileOf());
      assert.ok(found && all.startsWith(found.reply.text), `cut at ${end}`);
      assert.ok(found.reply.text.length >= longest, `cut at ${end}`);
      longest = found.reply.text.length;
    }
    assert.equal(longest, all.length);
  });

  it('goes on after a line that was not finished', async () => {
    const journal = begin();
    await journal.begun;
    await appendFile(fileOf(), '{"at":1,"event":{"type":"te');
    journal.push(textEvent('More.'), 1500);
    await journal.close();
    assert.equal((await readJournal(fileOf()))?.reply.text, 'More.');
  });

  it('has a text on disk soon, without a further event', async () => {
    const journal = begin();
    journal.push(textEvent('A word.'), 1500);
    await until(async () => (await readJournal(fileOf()))?.reply.text === 'A word.', 'it is written');
    await journal.remove();
  });

  it('is gone when it is removed, also if a text was waiting', async () => {
    const journal = begin();
    journal.push(textEvent('A word.'), 1500);
    await journal.remove();
    assert.equal(await readJournal(fileOf()), undefined);
  });

  it('does not hold what only the window needs', async () => {
    const journal = begin();
    journal.push(done, 1500);
    await journal.close();
    assert.ok(!(await readFile(fileOf(), 'utf8')).includes('end_turn'));
  });

  it('is read without a head, and with hostile lines, as far as it can be', async () => {
    const lines = [
      ...['null', '[]', '{"at":1}', '{"at":"1","event":{"type":"text","text":"x"}}', '{"startedAt":1e300}'],
      ...['{"at":1,"event":{"type":"toString"}}', '{"at":1,"event":{"type":"text","text":1}}'],
      '{"at":1,"event":{"type":"ended","outcome":{"kind":"later"}}}',
      '{"at":1,"event":{"type":"attempt","number":1,"operation":"later"}}',
      '{"at":1,"event":{"type":"attempt","number":1,"operation":"converse","because":"toString"}}',
      '{"at":1,"event":{"type":"guardrail","policies":[null]}}',
      '{"at":1,"event":{"type":"usage","usage":{"input":"x"}}}',
      '{"at":1,"event":{"type":"text","text":"Good."}}',
    ];
    await begin().close();
    await writeFile(fileOf(), lines.join('\n'));
    const found = await readJournal(fileOf());
    assert.equal(found?.window, '');
    const { text, attempts, outcome, usage, guardrailPolicies } = found.reply;
    const rest = [outcome, usage, guardrailPolicies];
    assert.deepEqual([text, attempts, ...rest], ['Good.', 0, undefined, undefined, undefined]);
    assert.ok(found.reply.startedAt > 1000);
  });

  it('may be empty', async () => {
    await begin().close();
    await truncate(fileOf());
    assert.equal((await readJournal(fileOf()))?.reply.text, '');
  });
});
