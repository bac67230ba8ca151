// Where the panel opens.
import { ViewColumn, type WebviewPanel, window } from 'vscode';

/** The column for a panel that VS Code has closed, as after a crash: the group that the panel had locked is still there. */
export function columnOfLostPanel(): ViewColumn {
  const groups = window.tabGroups.all;
  const empty = groups.length > 1 ? groups.find(({ tabs }) => tabs.length === 0) : undefined;
  return empty?.viewColumn ?? ViewColumn.Beside;
}

/** A column where an open panel does not cover the active editor: its own, else another group, else a new one. */
export function columnBesideEditor({ viewColumn }: WebviewPanel): ViewColumn | undefined {
  const editor = window.activeTextEditor?.viewColumn;
  if (editor === undefined || viewColumn !== editor) return undefined;
  return window.tabGroups.all.find((group) => group.viewColumn !== editor)?.viewColumn ?? ViewColumn.Beside;
}
