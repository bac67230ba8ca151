// The agent's verbs, each a few lines of VS Code's API. Values and results are JSON.
import * as vscode from 'vscode';
import type { BedrockGatewayApi } from '../../src/extension';

/** Zero-based: [start line, start character, end line, end character] */
export type SelectedRange = readonly [number, number, number, number];

function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error('No text editor is active');
  return editor;
}

const targets = {
  user: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
} as const;

export const verbs = {
  executeCommand: async (id: string, ...values: unknown[]): Promise<unknown> => {
    const result: unknown = await vscode.commands.executeCommand(id, ...values);
    // Not every result is JSON; those that are not say nothing to a caller outside.
    return ['string', 'number', 'boolean'].includes(typeof result) || Array.isArray(result)
      ? result
      : undefined;
  },

  /** `undefined` (in JSON: null with `unset`) removes the value. */
  updateSetting: async (
    key: string,
    value: unknown,
    target: keyof typeof targets = 'user',
  ): Promise<void> => {
    await vscode.workspace.getConfiguration().update(key, value ?? undefined, targets[target]);
  },

  /** The value in force, and where it comes from. */
  inspectSetting: (key: string): unknown => {
    const configuration = vscode.workspace.getConfiguration();
    return { ...configuration.inspect(key), value: configuration.get(key) };
  },

  /** Through the API that the extension offers to others. */
  setCredentials: async (credentials: Parameters<BedrockGatewayApi['setCredentials']>[0]): Promise<void> => {
    const extension = vscode.extensions.getExtension<BedrockGatewayApi>('bedrock-gateway.bedrock-gateway');
    if (!extension) throw new Error('Bedrock via AI Gateway is not installed');
    await (await extension.activate()).setCredentials(credentials);
  },

  openFile: async (path: string): Promise<void> => {
    await vscode.window.showTextDocument(vscode.Uri.file(path));
  },

  openText: async (content: string, language = 'plaintext'): Promise<void> => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
  },

  select: (...ranges: SelectedRange[]): void => {
    const editor = activeEditor();
    editor.selections = ranges.map((range) => new vscode.Selection(...range));
    if (ranges[0])
      editor.revealRange(
        new vscode.Range(...ranges[0]),
        vscode.TextEditorRevealType.InCenterIfOutsideViewport,
      );
  },

  selectAll: (): void => {
    const editor = activeEditor();
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    editor.selection = new vscode.Selection(new vscode.Position(0, 0), end);
  },

  documentText: (): string => activeEditor().document.getText(),

  selectedText: (): string[] =>
    activeEditor().selections.map((range) => activeEditor().document.getText(range)),

  tabs: (): {
    label: string;
    active: boolean;
    shown: boolean;
    column: number;
    webview: string | undefined;
  }[] =>
    vscode.window.tabGroups.all.flatMap((group) =>
      group.tabs.map(({ label, isActive, input }) => ({
        label,
        active: isActive && group.isActive,
        shown: isActive,
        column: group.viewColumn,
        webview: input instanceof vscode.TabInputWebview ? input.viewType : undefined,
      })),
    ),

  closeAllTabs: async (): Promise<void> => {
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap((group) => group.tabs));
  },

  closeTab: async (label: string): Promise<void> => {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => tab.label === label));
  },

  readClipboard: (): Thenable<string> => vscode.env.clipboard.readText(),

  /** Variables of the extension host's environment; what is not set is absent. */
  environment: (...names: string[]): Record<string, string | undefined> =>
    Object.fromEntries(names.map((name) => [name, process.env[name]])),

  /** Ends desktop VS Code; the browser that shows code-server's is ended from outside. */
  quit: async (): Promise<void> => {
    if (vscode.env.uiKind === vscode.UIKind.Desktop)
      await vscode.commands.executeCommand('workbench.action.quit');
  },

  isTrusted: (): boolean => vscode.workspace.isTrusted,

  language: (): string => vscode.env.language,
};

export type Verbs = typeof verbs;
export type VerbName = keyof Verbs;
