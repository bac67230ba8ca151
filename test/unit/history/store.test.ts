// Conversations on disk: what another session finds there after a crash, and what windows do beside each other.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, readFile, readdir, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { entryLine, promptEntry, replyEntry } from '../../../src/history/entries';
import { ReplyWriter } from '../../../src/history/replyWriter';
import { until } from '../../limits';
import { type HistoryWindow, historyForEachTest } from './directories';
import { done, requestIn, textEvent, turnIn } from './turns';

const prompt = turnIn({ id: 'a' });
const ended = turnIn({ id: 'a' }, textEvent('All of it.'), done);

describe('the history on disk', () => {
  const history = historyForEachTest();
  const fileOf = (id = 'c') => history().directory.conversation(id);
  const outcomesIn = async ({ store }: HistoryWindow, id = 'c') =>
    (await store.read(id))?.turns.map(({ reply }) => `${reply.outcome?.kind} ${reply.text}`);
  const runningFiles = () => history().directory.runningReplies();
  /** Begins a reply, and resolves when this text of it is on disk. */
  const beginWith = async (window: HistoryWindow, text: string) => {
    await window.replies.begin(prompt);
    window.replies.push('a', textEvent(text), 1500);
    const file = history().directory.running('c', 'a');
    await until(async () => (await readFile(file, 'utf8')).includes(text), 'it is written');
  };

  it('has a reply once it has ended, and no journal then', async () => {
    const window = history().openWindow();
    await beginWith(window, 'All of ');
    assert.ok(await window.replies.end(ended));
    assert.deepEqual(await outcomesIn(window), ['done All of it.']);
    assert.deepEqual(await runningFiles(), []);
  });

  it('has the prompt before the reply, however soon that ends', async () => {
    const window = history().openWindow();
    const begun = window.replies.begin(prompt);
    assert.ok(await window.replies.end(ended));
    await begun;
    assert.deepEqual(await outcomesIn(window), ['done All of it.']);
  });

  it('has a prompt whose journal could not be begun, as soon as the disk is fine again, or with its reply', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    const running = path.join(directory.path, 'running');
    await writeFile(running, '');
    const errors: unknown[] = [];
    const replies = new ReplyWriter(window.store, (error) => errors.push(error));
    const other = turnIn({ id: 'b', parent: 'a' });
    await assert.rejects(replies.begin(prompt));
    await assert.rejects(replies.begin(other));
    replies.push('b', textEvent('A part.'), 1500);
    await assert.rejects(replies.storePrompt('b'));
    assert.equal(await window.store.readStored('c'), undefined);
    assert.ok(errors.length > 0);
    await rm(running);
    await replies.storePrompt('b');
    await until(
      async () => (await outcomesIn(window))?.join() === 'undefined A part.',
      'its text is written, too',
    );
    assert.ok(await replies.end(ended));
    await replies.storePrompt('a');
    assert.deepEqual((await outcomesIn(window))?.sort(), ['done All of it.', 'undefined A part.']);
    assert.deepEqual(await runningFiles(), [{ conversation: 'c', turn: 'b' }]);
    await replies.forget();
  });

  it('has a reply that could not be written, once that is tried again', async () => {
    const window = history().openWindow();
    await beginWith(window, 'All of ');
    await rm(fileOf());
    await mkdir(fileOf());
    await assert.rejects(window.replies.end(ended));
    assert.equal((await runningFiles()).length, 1);
    await rmdir(fileOf());
    await window.store.append('c', promptEntry(prompt.request, 1000));
    assert.ok(await window.replies.end(ended));
    assert.ok(!(await window.replies.end(ended)));
    assert.deepEqual([await outcomesIn(window), await runningFiles()], [['done All of it.'], []]);
  });

  it('has a reply whose journal has lost its first line as interrupted', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    await window.store.append('c', promptEntry(prompt.request, 1000));
    const event = JSON.stringify({ at: 1500, event: textEvent('A part.') });
    const file = directory.running('c', 'a');
    await mkdir(path.dirname(file));
    await writeFile(file, `{"win\n${event}\n`);
    assert.deepEqual(await outcomesIn(window), ['cut A part.']);
  });

  it('does not take a reply for interrupted that runs in this window or in another', async () => {
    const { openWindow } = history();
    const [first, second] = [openWindow(), openWindow()];
    await beginWith(first, 'A part.');
    for (const window of [first, second, second])
      assert.deepEqual(await outcomesIn(window), ['undefined A part.']);
    await first.replies.end(ended);
    assert.deepEqual(await outcomesIn(second), ['done All of it.']);
  });

  it('has an interrupted reply after a crash, once, with what had arrived', async () => {
    const { openWindow, crash } = history();
    const first = openWindow();
    await beginWith(first, 'A part.');
    await crash(first);
    const second = openWindow();
    const all = await Promise.all([outcomesIn(second), outcomesIn(openWindow()), outcomesIn(openWindow())]);
    assert.deepEqual(all, Array(3).fill(['cut A part.']));
    assert.deepEqual(await runningFiles(), []);
    assert.deepEqual(await outcomesIn(openWindow()), ['cut A part.']);
    const turn = (await second.store.readStored('c'))?.turns[0];
    assert.ok(turn?.reply.endedAt !== undefined && turn.reply.endedAt >= 1500);
  });

  it('calls a reply of which nothing had arrived failed, also without a journal', async () => {
    const { openWindow, directory } = history();
    await openWindow().store.append('c', promptEntry(prompt.request, 1000));
    assert.deepEqual(await outcomesIn(openWindow()), ['failed ']);
    assert.deepEqual(await directory.conversations(), ['c']);
  });

  it('sees that a window is closed whose process has ended, or whose process ID another has', async () => {
    const { openWindow, directory } = history();
    const child = spawn(process.execPath, ['-e', ''], { stdio: 'ignore' });
    const window = openWindow();
    await window.presence.announce();
    const other = openWindow();
    const file = directory.window(window.presence.id);
    assert.ok(await other.presence.isOpen(window.presence.id));
    await once(child, 'exit');
    for (const text of [String(child.pid), '0', '-1', 'x', '']) {
      await writeFile(file, text);
      assert.ok(!(await other.presence.isOpen(window.presence.id)), text);
    }
    const long = new Date(Date.now() - 60_000);
    await writeFile(directory.window('stale'), String(process.pid));
    await utimes(directory.window('stale'), long, long);
    assert.ok(!(await other.presence.isOpen('stale')));
  });

  it('gives a window that was asleep the time to say that it is open', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    await window.presence.announce();
    const long = new Date(Date.now() - 60_000);
    await utimes(directory.window(window.presence.id), long, long);
    assert.ok(await openWindow().presence.isOpen(window.presence.id));
  });

  it('announces a window again after the history was deleted', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    await window.presence.announce();
    await window.presence.withdraw();
    await directory.removeAll();
    await window.store.append('c', promptEntry(prompt.request, 1000));
    assert.ok(await openWindow().presence.isOpen(window.presence.id));
  });

  it('reads a file that is cut off at any byte', async () => {
    const { openWindow } = history();
    const { store, replies } = openWindow();
    await replies.begin(prompt);
    await replies.end(ended);
    await store.append('c', { type: 'title', title: '日本語の題' });
    const whole = await readFile(fileOf());
    let turns = 0;
    for (let end = 0; end <= whole.length; end++) {
      await writeFile(fileOf(), whole.subarray(0, end));
      const found = await store.readStored('c');
      assert.ok((found?.turns.length ?? 0) >= turns, `cut at ${end}`);
      turns = found?.turns.length ?? 0;
    }
    assert.equal(turns, 1);
  });

  it('appends after a line that somebody left unfinished, also in the middle of a session', async () => {
    const { store } = history().openWindow();
    await store.append('c', promptEntry(prompt.request, 1000));
    await appendFile(fileOf(), entryLine(replyEntry(ended)).slice(0, 40));
    await store.append('c', { type: 'title', title: 'After' }, { type: 'pinned', pinned: true });
    const { title, pinned } = (await store.readStored('c')) ?? {};
    assert.deepEqual([title, pinned], ['After', true]);
  });

  it('keeps long lines of two windows apart', async () => {
    const { openWindow } = history();
    const names = ['first', 'second'];
    // Longer than what Node writes at once.
    const long = 'x'.repeat(3 * 1024 * 1024);
    await Promise.all(
      names.map(async (name) => {
        const { store } = openWindow();
        for (let count = 0; count < 5; count++)
          await store.append('c', promptEntry(requestIn({ id: `${name}-${count}`, prompt: long }), 1000));
      }),
    );
    assert.equal((await openWindow().store.readStored('c'))?.turns.length, 10);
  });

  it('writes nothing to a conversation that another window has deleted', async () => {
    const { openWindow, directory } = history();
    const [first, second] = [openWindow(), openWindow()];
    await beginWith(first, 'A part.');
    await second.store.remove(['c']);
    await first.replies.end(ended);
    await first.store.append('c', { type: 'title', title: 'A title' });
    assert.deepEqual([await directory.conversations(), await runningFiles()], [[], []]);
  });

  it('forgets replies that run, of one conversation or of all', async () => {
    const { openWindow, directory } = history();
    const { replies } = openWindow();
    for (const id of ['a', 'b']) await replies.begin(turnIn({ id, conversation: `in-${id}` }));
    await replies.forget('in-a');
    assert.deepEqual(await directory.runningReplies(), [{ conversation: 'in-b', turn: 'b' }]);
    await replies.forget();
    assert.deepEqual(await directory.runningReplies(), []);
    assert.ok(!(await replies.end(turnIn({ id: 'a', conversation: 'in-a' }, done))));
  });

  it('is rid of what crashes have left, once it is old, and of nothing else', async () => {
    const { openWindow, crash, directory } = history();
    const [crashed, window] = [openWindow(), openWindow()];
    await beginWith(crashed, 'A part.');
    await crash(crashed);
    await window.replies.begin(turnIn({ id: 'b', conversation: 'd' }));
    await window.drafts.write('d', { text: 'Typed', attachments: [], queue: [] });
    const journals = ['ended.x', 'without.prompt'].map((name) =>
      path.join(directory.path, 'running', `${name}.jsonl`),
    );
    const left = [
      ...journals,
      directory.window('gone'),
      `${directory.index}.1.tmp`,
      `${directory.draft('d', 'w')}.1.tmp`,
    ];
    for (const file of left) await writeFile(file, '1');
    await window.store.removeLeftovers();
    for (const file of left) assert.ok(await stat(file));
    const long = new Date(Date.now() - 120_000);
    for (const file of left) await utimes(file, long, long);
    await window.store.removeLeftovers();
    assert.deepEqual(await directory.leftovers(), [directory.window(window.presence.id)]);
    assert.deepEqual(await directory.runningReplies(), [{ conversation: 'd', turn: 'b' }]);
    assert.equal((await directory.drafts()).length, 1);
    assert.deepEqual(await outcomesIn(window), ['cut A part.']);
  });

  it('has no file for what is not an ID, and passes over files of others', async () => {
    const { openWindow, directory } = history();
    await openWindow().store.append('c', promptEntry(prompt.request, 1000));
    const folder = path.dirname(fileOf());
    for (const name of ['x.txt', '.jsonl', 'a b.jsonl', 'd.e.jsonl'])
      await writeFile(path.join(folder, name), '');
    assert.deepEqual(await directory.conversations(), ['c']);
    assert.equal((await readdir(folder)).length, 5);
  });
});
