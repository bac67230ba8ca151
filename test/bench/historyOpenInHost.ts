// Runs in the extension host: makes the rows of the view “History”, and reads the index by hand.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { TreeItem } from 'vscode';
import { Conversations } from '../../src/conversation/conversations';
import { Drafts } from '../../src/conversation/drafts';
import { History } from '../../src/conversation/history';
import { HistoryDirectory } from '../../src/history/directory';
import { HistoryTree } from '../../src/historyView/historyTree';
import { type Pair, interleaved } from './figure';
import { answering } from './inHost';

interface Told {
  readonly directory: string;
  readonly count: number;
  readonly rounds: number;
}

export const run = answering(async ({ directory, count, rounds }: Told): Promise<readonly Pair[]> => {
  const ours = async () => {
    const onError = (error: unknown) => assert.fail(String(error));
    const conversations = new Conversations(() => Promise.reject(new Error('Nothing is sent')), {
      info: () => undefined,
    });
    const history = new History({
      ...{ conversations, directory, onError },
      isEnabled: () => true,
      maxSize: () => Infinity,
      costOf: () => Promise.resolve(undefined),
      onTrimmed: () => undefined,
      forgetDrafts: () => Promise.resolve(),
      blobsInDrafts: () => [],
    });
    const drafts = new Drafts({ files: () => history.draftFiles, onError });
    const tree = new HistoryTree({
      ...{ history, conversations, drafts, onError },
      labelOf: () => undefined,
    });
    const began = performance.now();
    const rows: TreeItem[] = [];
    for (const group of await tree.getChildren()) {
      rows.push(tree.getTreeItem(group));
      const isOpen = 'group' in group && group.group.isOpen;
      if (isOpen) rows.push(...(await tree.getChildren(group)).map((node) => tree.getTreeItem(node)));
    }
    const took = performance.now() - began;
    assert.ok(rows.length > 100, `${rows.length} rows`);
    for (const part of [tree, drafts, history, conversations]) part.dispose();
    return took;
  };
  const baseline = async () => {
    const began = performance.now();
    const text = await readFile(new HistoryDirectory(directory).index, 'utf8');
    const parsed = text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as unknown] : []));
    const took = performance.now() - began;
    assert.ok(parsed.length >= count);
    return took;
  };
  return interleaved({ ours, baseline }, { rounds, warmUp: 5 });
});
