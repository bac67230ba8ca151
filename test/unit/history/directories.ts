// A history in a directory of its own, for each test.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { BlobFiles } from '../../../src/history/blobFiles';
import { HistoryDirectory } from '../../../src/history/directory';
import { DraftFiles } from '../../../src/history/draftFiles';
import { HistoryIndex } from '../../../src/history/historyIndex';
import { WindowPresence } from '../../../src/history/presence';
import { ReplyWriter } from '../../../src/history/replyWriter';
import { HistoryStore } from '../../../src/history/store';
import { UnusedBlobs } from '../../../src/history/unusedBlobs';

/** What one window has of a history. */
export interface HistoryWindow {
  readonly presence: WindowPresence;
  readonly store: HistoryStore;
  readonly index: HistoryIndex;
  readonly drafts: DraftFiles;
  readonly replies: ReplyWriter;
  readonly blobs: BlobFiles;
  /** The SHA-256 of what this window uses, in memory and on disk. */
  readonly usedHere: Set<string>;
  readonly unusedBlobs: UnusedBlobs;
}

export interface WindowOptions {
  readonly isEnabled?: () => boolean;
  readonly onError?: (error: unknown) => void;
}

export interface TestHistory {
  readonly directory: HistoryDirectory;
  readonly openWindow: (options?: WindowOptions) => HistoryWindow;
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
    for (const { presence, blobs, unusedBlobs } of windows) {
      blobs.dispose();
      unusedBlobs.dispose();
      await presence.withdraw();
    }
    windows.clear();
    await directory.removeAll();
  });
  const throwError = (error: unknown) => {
    throw error;
  };
  const openWindow = ({ isEnabled = () => true, onError = throwError }: WindowOptions = {}) => {
    const presence = new WindowPresence(directory);
    const store = new HistoryStore(directory, presence);
    const index = new HistoryIndex(directory);
    const drafts = new DraftFiles(directory, presence);
    const usedHere = new Set<string>();
    const deps = { directory, presence, isEnabled, onError };
    const blobs = new BlobFiles({ ...deps, usedHere: () => usedHere, keptHere: () => usedHere });
    const window = {
      ...{ presence, store, index, drafts, blobs, usedHere },
      replies: new ReplyWriter(store, onError),
      unusedBlobs: new UnusedBlobs({ blobs, index, draftFiles: drafts, presence, onError }),
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
