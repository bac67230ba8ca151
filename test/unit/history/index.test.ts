// The list of conversations. It is only a cache: whatever becomes of it, the conversations' files decide.
import assert from 'node:assert/strict';
import { appendFile, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { HistoryIndex } from '../../../src/history/historyIndex';
import { replaceFile } from '../../../src/platform/node/files';
import { type HistoryWindow, historyForEachTest } from './directories';
import { done, textEvent, turnIn } from './turns';

describe('the index of the history', () => {
  const history = historyForEachTest();
  const converse = async ({ replies, index }: HistoryWindow, id: string, prompt = `Prompt of ${id}`) => {
    const request = { id: `${id}-${Math.random().toString(36).slice(2)}`, conversation: id, prompt };
    await replies.begin(turnIn(request));
    await replies.end(turnIn(request, textEvent('A reply.'), done));
    await index.update(id);
  };
  const titlesIn = async (index: HistoryIndex) => (await index.read()).map(({ title }) => title).sort();
  const file = () => readFile(history().directory.index, 'utf8');
  const verified = async (index: HistoryIndex) => {
    await index.read();
    const found = await index.verify();
    return { found, titles: await titlesIn(index) };
  };

  it('has what each window writes, and reads only what is new', async () => {
    const { openWindow } = history();
    const [first, second] = [openWindow(), openWindow()];
    await converse(first, 'a');
    await converse(second, 'b');
    for (const { index } of [first, second, openWindow()])
      assert.deepEqual(await titlesIn(index), ['Prompt of a', 'Prompt of b']);
    await converse(first, 'c');
    assert.deepEqual(await titlesIn(second.index), ['Prompt of a', 'Prompt of b', 'Prompt of c']);
  });

  it('says what a list shows of a conversation, and its size', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    await converse(window, 'a');
    await window.store.append('a', { type: 'title', title: 'Renamed' }, { type: 'pinned', pinned: true });
    await window.index.update('a');
    const [summary] = await openWindow().index.read();
    const { size } = await stat(directory.conversation('a'));
    assert.deepEqual(
      { ...summary },
      {
        id: 'a',
        title: 'Renamed',
        model: 'anthropic.claude-x',
        at: 1000,
        turns: 1,
        unpriced: 1,
        isPinned: true,
        size,
      },
    );
  });

  it('reads of a conversation only what was added to it, and all of it if its file is another one', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    await converse(window, 'a');
    const file = directory.conversation('a');
    const before = await readFile(file);
    // In place, so that it can be seen whether the beginning is read again.
    const handle = await open(file, 'r+');
    await handle.write(Buffer.alloc(before.length - 1, ' '));
    await handle.close();
    await converse(window, 'a', 'Another prompt');
    const [summary] = await window.index.read();
    assert.deepEqual([summary?.title, summary?.turns], ['Prompt of a', 2]);
    await replaceFile(file, before.toString());
    await window.index.update('a');
    const [again] = await window.index.read();
    assert.deepEqual([again?.turns, again?.size], [1, before.length]);
  });

  it('is made anew when it was deleted', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    for (const id of ['a', 'b', 'c']) await converse(window, id);
    await rm(directory.index);
    const { index } = openWindow();
    assert.deepEqual(await titlesIn(index), []);
    assert.ok(index.needsVerifying);
    assert.deepEqual(await verified(index), {
      found: true,
      titles: ['Prompt of a', 'Prompt of b', 'Prompt of c'],
    });
    assert.ok(!index.needsVerifying);
    assert.deepEqual(await verified(openWindow().index), {
      found: false,
      titles: ['Prompt of a', 'Prompt of b', 'Prompt of c'],
    });
  });

  it('is read in spite of damaged and hostile lines', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    await converse(window, 'a');
    const [summary] = await window.index.read();
    const hostile = [
      ...['', 'null', '[]', '1,2', '{"id":"a"}', '{"id":"a","title":1}', '\u0000', '{"id":"../../x"}'],
      JSON.stringify({ ...summary, at: 1e300 }),
      JSON.stringify({ ...summary, usd: '1' }),
      JSON.stringify({ ...summary, id: 'x/y' }),
      JSON.stringify({ ...summary, id: 'not-there' }),
    ];
    await appendFile(directory.index, hostile.map((line) => `${line}\n`).join(''));
    assert.deepEqual(await titlesIn(openWindow().index), ['Prompt of a']);
    assert.deepEqual(await titlesIn(window.index), ['Prompt of a']);
  });

  it('loses no line after one that a crash has left unfinished', async () => {
    const { openWindow, directory } = history();
    const [first, second] = [openWindow(), openWindow()];
    await converse(first, 'a');
    await appendFile(directory.index, '{"id":"b","title":"日');
    await second.index.read();
    await converse(first, 'c');
    for (const { index } of [first, second, openWindow()])
      assert.deepEqual(await titlesIn(index), ['Prompt of a', 'Prompt of c']);
  });

  it('has no title of a deleted conversation', async () => {
    const { openWindow } = history();
    const [first, second] = [openWindow(), openWindow()];
    await converse(first, 'a', 'Secret title');
    await converse(second, 'b');
    await second.index.read();
    await first.store.remove(['a']);
    await first.index.remove('a');
    assert.ok(!(await file()).includes('Secret'));
    assert.deepEqual(await titlesIn(second.index), ['Prompt of b']);
    // A change of it that comes too late, here and in the other window.
    await Promise.all([first.index.update('a'), second.index.update('a')]);
    assert.ok(!(await file()).includes('Secret'));
  });

  it('has no title of a conversation that is deleted while it is written', async () => {
    const { openWindow } = history();
    const [first, second] = [openWindow(), openWindow()];
    for (let round = 0; round < 20; round++) {
      await converse(first, 'a', 'Secret title');
      const updates = [first, second, openWindow()].map(({ index }) => index.update('a'));
      await first.store.remove(['a']);
      await Promise.all([first.index.remove('a'), ...updates]);
      // Windows that replace the file at the same time may undo each other's work: the next change is the end of it.
      await first.index.remove('a');
      assert.ok(!(await file()).includes('Secret'));
    }
  });

  it('finds again what another window’s replacement has lost', async () => {
    const { openWindow, directory } = history();
    const [first, second] = [openWindow(), openWindow()];
    await converse(first, 'a');
    await first.index.read();
    await converse(second, 'b');
    // As if the line of b had come between the other window's reading and writing.
    const lines = (await file()).split('\n').filter((line) => line.includes('"id":"a"'));
    await rm(directory.index);
    await writeFile(directory.index, `${lines.join('\n')}\n`);
    await second.index.read();
    assert.ok(second.index.needsVerifying);
    assert.deepEqual(await verified(second.index), { found: true, titles: ['Prompt of a', 'Prompt of b'] });
  });

  it('mends a summary that does not fit its file', async () => {
    const { openWindow } = history();
    const window = openWindow();
    await converse(window, 'a');
    await window.store.append('a', { type: 'title', title: 'Renamed before a crash' });
    assert.deepEqual(await verified(openWindow().index), { found: true, titles: ['Renamed before a crash'] });
  });

  it('does not look again and again at a file without a prompt', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    await converse(window, 'a');
    await writeFile(directory.conversation('empty'), '{"type":"title","title":"Alone"}\n');
    await verified(window.index);
    await window.index.read();
    assert.ok(!window.index.needsVerifying);
    assert.deepEqual(await verified(window.index), { found: false, titles: ['Prompt of a'] });
  });

  it('is written anew when it has many more lines than conversations', async () => {
    const { openWindow } = history();
    const window = openWindow();
    await converse(window, 'a');
    for (let count = 0; count < 210; count++) await window.index.update('a');
    const long = (await file()).length;
    assert.deepEqual(await titlesIn(window.index), ['Prompt of a']);
    assert.ok((await file()).length < long / 100);
    assert.deepEqual(await titlesIn(window.index), ['Prompt of a']);
  });

  it('has all conversations after windows have written and compacted at the same time', async () => {
    const { openWindow } = history();
    const windows = [openWindow(), openWindow(), openWindow()];
    await Promise.all(
      windows.map(async (window, number) => {
        for (let count = 0; count < 15; count++) {
          await converse(window, `w${number}-${count}`, `Prompt ${number}-${count}`);
          if (count % 5 === 4) {
            await window.store.remove([`w${number}-${count}`]);
            await window.index.remove(`w${number}-${count}`);
          }
        }
      }),
    );
    for (const { index } of windows) assert.equal((await verified(index)).titles.length, 36);
  });
});
