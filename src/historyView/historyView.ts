// Registers the view “History”. What is in it is loaded when the view is first shown.
import { Disposable, EventEmitter, type TreeDataProvider, window } from 'vscode';
import { lazy } from '../util/lazy';
import type { HistoryNode, HistoryTree } from './historyTree';
import { historyViewId } from './names';

export function registerHistoryView(load: () => Promise<HistoryTree>): Disposable {
  const changed = new EventEmitter<undefined>();
  const open = lazy(async () => {
    const tree = await load();
    tree.onDidChangeTreeData(() => changed.fire(undefined));
    return tree;
  });
  const provider: TreeDataProvider<HistoryNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => (await open()).getChildren(node),
    getTreeItem: async (node) => (await open()).getTreeItem(node),
  };
  const view = window.createTreeView(historyViewId, { treeDataProvider: provider, showCollapseAll: true });
  // Another window of the workspace may have written meanwhile.
  const refresh = (isSeen: boolean) => {
    if (isSeen && view.visible) changed.fire(undefined);
  };
  const subscriptions = [
    view.onDidChangeVisibility(({ visible }) => refresh(visible)),
    window.onDidChangeWindowState(({ focused }) => refresh(focused)),
  ];
  return Disposable.from(view, ...subscriptions, changed);
}
