// A word in a history of 100 MB, from the question to all conversations that contain it; against ripgrep, which lists the
// same files.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { HistoryDirectory } from '../../src/history/directory';
import { Searcher } from '../../src/history/searcher';
import { cache, project } from '../vscode/project';
import { type Finding, type Say, interleaved, rounded, summed } from './figure';
import { writeHistory } from './historyFiles';

const run = promisify(execFile);
const word = 'needle';

export async function historySearch(
  say: Say,
  how = { rounds: 12, count: 10_000, length: 10_000 },
): Promise<Finding> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  const searcher = new Searcher(path.join(project, 'dist'));
  // The thread of the search does not keep the process alive.
  const alive = setInterval(() => undefined, 1000);
  try {
    await writeHistory(directory, { ...how, now: Date.now() });
    const history = new HistoryDirectory(directory);
    const files = (await history.conversations()).map((id) => ({ id, file: history.conversation(id) }));
    const expected = Math.ceil(how.count / 500);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    let longestBlock = 0;
    const ripgrep = await ripgrepPath();
    const timed = async (search: () => Promise<number>) => {
      const began = performance.now();
      const found = await search();
      if (found !== expected) throw new Error(`Found ${found} of ${expected} conversations`);
      return performance.now() - began;
    };
    const ours = async () => {
      delay.reset();
      delay.enable();
      const took = await timed(() => countFound(searcher, files));
      delay.disable();
      longestBlock = Math.max(longestBlock, delay.max / 1e6);
      return took;
    };
    const baseline = () =>
      timed(async () => {
        const { stdout } = await run(ripgrep, ['-il', word, path.join(directory, 'conversations')]);
        return stdout.trim().split('\n').length;
      });
    const pairs = await interleaved({ ours, baseline }, { rounds: how.rounds, warmUp: 2 });
    const figure = summed('history-search', 'ms', pairs, say);
    return { figure: { ...figure, conversations: how.count, longestBlock: rounded(longestBlock) } };
  } finally {
    clearInterval(alive);
    searcher.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

function countFound(
  searcher: Searcher,
  files: readonly { readonly id: string; readonly file: string }[],
): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    searcher.search(
      { query: word, files },
      {
        onResults: (results) => (count += results.length),
        onEnd: () => resolve(count),
        onError: (error) => reject(error instanceof Error ? error : new Error(String(error))),
      },
    );
  });
}

/** VS Code's own, which comes with it. */
async function ripgrepPath(): Promise<string> {
  const inVsCode = ['node_modules', 'code-server', 'lib', 'vscode', 'node_modules', '@vscode'];
  for (const edition of await readdir(cache)) {
    const folder = path.join(
      cache,
      edition,
      ...inVsCode,
      'ripgrep-universal',
      'bin',
      `${process.platform}-${process.arch}`,
    );
    const names = await readdir(folder).catch(() => []);
    const name = names.find((each) => /^rg(\.exe)?$/.test(each));
    if (name !== undefined) return path.join(folder, name);
  }
  throw new Error('VS Code is not installed yet, and ripgrep comes with it: run the tests first');
}
