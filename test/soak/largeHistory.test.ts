// A history of 200 MB in 10,000 conversations: the extension host opens, checks, trims and searches it while the editor
// stays usable. No step keeps the thread longer than a tenth of a second; see blocking.test.ts.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type Entry, entryLine, promptEntry, replyEntry } from '../../src/history/entries';
import { HistoryDirectory } from '../../src/history/directory';
import { HistoryIndex } from '../../src/history/historyIndex';
import { WindowPresence } from '../../src/history/presence';
import type { SearchResult } from '../../src/history/search';
import { Searcher } from '../../src/history/searcher';
import { HistoryStore } from '../../src/history/store';
import { conversationsToTrim } from '../../src/history/trim';
import { done, textEvent, turnIn } from '../unit/history/turns';
import { calibrated } from '../unit/threadTime';
import { project } from '../vscode/project';
import { longestBlock } from './longestBlock';

const conversations = 10_000;
const megabytes = 200;
const megabyte = 1024 * 1024;
const words = 'All work and no play makes a dull reply, "said" he.\nそれは長い返答です。';

function writeConversation(directory: HistoryDirectory, id: string, number: number, size: number): void {
  const lines: Entry[] = [];
  const turns = 1 + (number % 3);
  const text = words.repeat(Math.ceil(size / turns / Buffer.byteLength(words)));
  for (let count = 0; count < turns; count++) {
    const parent = count > 0 ? `${id}-${count - 1}` : undefined;
    const prompt = `Prompt ${number}: how about needle${number}? 針${number}。`;
    const turn = turnIn({ id: `${id}-${count}`, conversation: id, parent, prompt }, textEvent(text), done);
    const startedAt = 1_700_000_000_000 + number * 60_000;
    const ended = { ...turn, reply: { ...turn.reply, startedAt } };
    lines.push(promptEntry(turn.request, startedAt), replyEntry(ended), {
      type: 'cost',
      turn: turn.request.id,
      usd: 0.01,
    });
  }
  writeFileSync(directory.conversation(id), lines.map((line) => `\n${entryLine(line)}\n`).join(''));
}

describe('a history of 200 MB', () => {
  let directory: HistoryDirectory;
  const idOf = (number: number) => `conversation-${number}`;
  const open = () => {
    const store = new HistoryStore(directory, new WindowPresence(directory));
    return { store, index: new HistoryIndex(directory) };
  };
  /** Does `work`, whose longest step must be short, and prints what it took. */
  const usable = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const limit = calibrated();
    let result: { readonly value: T } | undefined;
    const began = performance.now();
    const longest = await longestBlock(async () => (result = { value: await work() }));
    const ms = performance.now() - began;
    console.log(
      `      ${what}: ${ms.toFixed(0)} ms, longest step ${longest.toFixed(0)} of ${limit.toFixed(0)} ms`,
    );
    assert.ok(longest <= limit, `${what} kept the thread for ${longest.toFixed(0)} ms`);
    assert.ok(result);
    return result.value;
  };

  before(() => {
    directory = new HistoryDirectory(mkdtempSync(path.join(os.tmpdir(), 'large-')));
    mkdirSync(path.dirname(directory.conversation('x')), { recursive: true });
    // One is as large as conversations get; the others share the rest.
    const large = 30 * megabyte;
    writeConversation(directory, idOf(0), 0, large / 3);
    const size = (megabytes * megabyte - large) / conversations;
    for (let number = 1; number < conversations; number++)
      writeConversation(directory, idOf(number), number, size);
  });
  after(() => rmSync(directory.path, { recursive: true, force: true, maxRetries: 5 }));

  it('opens without its index, and with it', async () => {
    await usable('without index', async () => {
      const { index } = open();
      await index.read();
      await index.verify();
      assert.equal((await index.read()).length, conversations);
    });
    const summaries = await usable('with index', () => open().index.read());
    assert.equal(summaries.length, conversations);
    const size = summaries.reduce((sum, summary) => sum + summary.size, 0) / megabyte;
    assert.ok(size > megabytes * 0.9 && size < megabytes * 1.3, `${size.toFixed(0)} MB`);
    const { index } = open();
    await usable('with index, verified', async () => {
      await index.read();
      assert.ok(!(await index.verify()));
    });
  });

  it('opens its largest conversation', async () => {
    const found = await usable('largest conversation', () => open().store.read(idOf(0)));
    assert.ok((found?.turns[0]?.reply.text.length ?? 0) > megabyte);
  });

  it('is searched in a thread', async () => {
    const searcher = new Searcher(path.join(project, 'dist'));
    const summaries = await open().index.read();
    const files = summaries
      .toSorted((a, b) => b.at - a.at)
      .map(({ id }) => ({ id, file: directory.conversation(id) }));
    const search = (query: string) =>
      new Promise<readonly SearchResult[]>((resolve, reject) => {
        const found: SearchResult[] = [];
        searcher.search(
          { query, files },
          {
            onResults: (results) => found.push(...results),
            onEnd: () => resolve(found),
            onError: reject,
          },
        );
      });
    try {
      for (const [query, count] of [
        ['NEEDLE4321', 1],
        ['針1234 dull', 1],
        ['nowhere-to-be-found', 0],
        ['dull', 200],
        ['request', 0],
      ] as const) {
        const found = await usable(`search for “${query}”`, () => search(query));
        assert.equal(found.length, count, query);
      }
    } finally {
      searcher.stop();
    }
  });

  it('is trimmed, the oldest first', async () => {
    const { index, store } = open();
    const count = await usable('trimmed', async () => {
      const trimmed = conversationsToTrim(await index.read(), 180 * megabyte, (id) => id === idOf(0));
      await store.remove(trimmed);
      await index.remove(...trimmed);
      return trimmed.length;
    });
    assert.ok(count > 1000 && count < 3000);
    const left = await open().index.read();
    assert.equal(left.length, conversations - count);
    assert.deepEqual(
      left
        .map(({ id }) => Number(id.split('-')[1]))
        .sort((a, b) => a - b)
        .slice(0, 2),
      [0, count + 1],
    );
  });

  it('comes back when its index is damaged', async () => {
    await rm(directory.index);
    writeFileSync(directory.index, '{"id":"conversation-0","title":"'.repeat(100_000));
    const { index } = open();
    const before = (await directory.conversations()).length;
    await usable('with a damaged index', async () => {
      await index.read();
      await index.verify();
    });
    assert.equal((await index.read()).length, before);
  });
});
