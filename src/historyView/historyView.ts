// Registers the view “History”. What is in it is loaded when the view is first shown.
import { Disposable, EventEmitter, type TreeDataProvider, commands, l10n, window, workspace } from 'vscode';
import { section, unlessInvalid } from '../settings';
import { readHistoryEnabled } from '../settings/history';
import { lazy } from '../util/lazy';
import type { HistoryNode, HistoryTree } from './historyTree';
import { historyViewId } from './names';

export interface HistoryView {
  /** Shows the view, with the focus on its first row. */
  focus(): Promise<void>;
  dispose(): void;
}

export function registerHistoryView(load: () => Promise<HistoryTree>): HistoryView {
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
    // Only rows of the first level are ever revealed.
    getParent: () => undefined,
  };
  const view = window.createTreeView(historyViewId, { treeDataProvider: provider, showCollapseAll: true });
  // Another window of the workspace may have written meanwhile.
  const refresh = (isSeen: boolean) => {
    if (isSeen && view.visible) changed.fire(undefined);
  };
  const showWhetherOff = () => {
    view.message = unlessInvalid(readHistoryEnabled, false)
      ? ''
      : l10n.t('The history is off (“history.enabled”): new conversations and drafts are not kept.');
  };
  showWhetherOff();
  const subscriptions = [
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${section}.history.enabled`)) showWhetherOff();
    }),
    view.onDidChangeVisibility(({ visible }) => refresh(visible)),
    window.onDidChangeWindowState(({ focused }) => refresh(focused)),
  ];
  return {
    focus: async () => {
      const wasVisible = view.visible;
      await commands.executeCommand(`${historyViewId}.focus`);
      // VS Code does not give the focus to a list whose rows are still to come.
      if (wasVisible) return;
      const [first] = await (await open()).getChildren();
      if (first) await view.reveal(first, { select: false, focus: true });
    },
    dispose: () => void Disposable.from(view, ...subscriptions, changed).dispose(),
  };
}
