// The list of 10,000 conversations, from the files to the rows that are shown; against reading the index file with
// JSON.parse. In the extension host, without VS Code's own part of drawing rows.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { HistoryDirectory } from '../../src/history/directory';
import { HistoryIndex } from '../../src/history/historyIndex';
import { type Finding, type Pair, type Say, summed } from './figure';
import { writeHistory } from './historyFiles';
import { inHost } from './inHost';

export async function historyOpen(say: Say, how = { count: 10_000, rounds: 30 }): Promise<Finding> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  try {
    await writeHistory(directory, { count: how.count, length: 400, now: Date.now() });
    const files = new HistoryDirectory(directory);
    const index = new HistoryIndex(files);
    await index.read();
    await index.verify();
    const pairs = await inHost<readonly Pair[]>('historyOpenInHost', { directory, ...how });
    return { figure: { ...summed('history-open', 'ms', pairs, say), conversations: how.count } };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
