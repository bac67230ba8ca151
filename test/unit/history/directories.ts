// A history in a directory of its own, for each test.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { HistoryDirectory } from '../../../src/history/directory';
import { DraftFiles } from '../../../src/history/draftFiles';
import { HistoryIndex } from '../../../src/history/historyIndex';
import { WindowPresence } from '../../../src/history/presence';
import { ReplyWriter } from '../../../src/history/replyWriter';
import { HistoryStore } from '../../../src/history/store';

/** What one window has of a history. */
export interface HistoryWindow {
  readonly presence: WindowPresence;
  readonly store: HistoryStore;
  readonly index: HistoryIndex;
  readonly drafts: DraftFiles;
  readonly replies: ReplyWriter;
}

export interface TestHistory {
  readonly directory: HistoryDirectory;
  readonly openWindow: () => HistoryWindow;
  /** Ends a window as a crash does: nobody can see it any more. */
  readonly crash: (window: HistoryWindow) => Promise<void>;
}

/** Call it in a describe(): the directory is there in each test. */
export function historyForEachTest(): () => TestHistory {
  let directory: HistoryDirectory;
  const windows = new Set<HistoryWindow>();
  beforeEach(async () => {
    directory = new HistoryDirectory(await mkdtemp(path.join(os.tmpdir(), 'history-')));
  });
  afterEach(async () => {
    for (const window of windows) await window.presence.withdraw();
    windows.clear();
    await directory.removeAll();
  });
  const openWindow = () => {
    const presence = new WindowPresence(directory);
    const store = new HistoryStore(directory, presence);
    const onError = (error: unknown) => {
      throw error;
    };
    const window = {
      ...{ presence, store, index: new HistoryIndex(directory) },
      drafts: new DraftFiles(directory, presence),
      replies: new ReplyWriter(store, onError),
    };
    windows.add(window);
    return window;
  };
  const crash = async ({ presence }: HistoryWindow) => {
    await presence.withdraw();
    await rm(directory.window(presence.id), { force: true });
  };
  return () => ({ directory, openWindow, crash });
}
