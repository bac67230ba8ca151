// The agent's verbs, each a few lines of VS Code's API. Values and results are JSON.
import * as vscode from 'vscode';
import type { BedrockGatewayApi } from '../../src/api';
import { SlowFiles } from '../host/slowFiles';
import { waitLimit } from '../limits';

/** Zero-based: [start line, start character, end line, end character] */
export type SelectedRange = readonly [number, number, number, number];

function activeEditor(): vscode.TextEditor {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error('No text editor is active');
  return editor;
}

/**
 * Selects, and waits until the editor on screen tells of it: `editor.selections` holds at once what it was
 * given, but the screen follows later, more than a second when VS Code has just started. A key pressed before
 * that meets the old selection.
 */
async function show(editor: vscode.TextEditor, ranges: readonly vscode.Range[]): Promise<void> {
  const selections = ranges.map(({ start, end }) => new vscode.Selection(start, end));
  const shown = new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => finish(() => reject(new Error('The editor did not show the selection'))),
      waitLimit,
    );
    const listening = vscode.window.onDidChangeTextEditorSelection((change) => {
      const same = change.selections.every((each, index) => selections[index]?.isEqual(each));
      if (change.textEditor === editor && change.selections.length === selections.length && same)
        finish(resolve);
    });
    const finish = (settle: () => void) => {
      clearTimeout(late);
      listening.dispose();
      settle();
    };
  });
  // Another one first: of one that is there already nothing would be told.
  editor.selections = [new vscode.Selection(lastPosition(editor), lastPosition(editor))];
  editor.selections = selections;
  await shown;
}

function lastPosition({ document }: vscode.TextEditor): vscode.Position {
  return document.lineAt(document.lineCount - 1).range.end;
}

let slowFiles: SlowFiles | undefined;

function openSlowFiles(): SlowFiles {
  const files = new SlowFiles();
  vscode.workspace.registerFileSystemProvider('slow', files);
  return files;
}

const problems = vscode.languages.createDiagnosticCollection('agent');

const targets = {
  user: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
} as const;

/** Of a class that the oldest VS Code that we support has, but not its types. */
function dataPart(data: Uint8Array, type: string): vscode.LanguageModelTextPart {
  const { LanguageModelDataPart: DataPart } = vscode as unknown as {
    LanguageModelDataPart: new (data: Uint8Array, type: string) => vscode.LanguageModelTextPart;
  };
  return new DataPart(data, type);
}

export const verbs = {
  executeCommand: async (id: string, ...values: unknown[]): Promise<unknown> => {
    const result: unknown = await vscode.commands.executeCommand(id, ...values);
    // Not every result is JSON; those that are not say nothing to a caller outside.
    return ['string', 'number', 'boolean'].includes(typeof result) || Array.isArray(result)
      ? result
      : undefined;
  },

  /** The extension host's. */
  processId: (): number => process.pid,

  /** Does not wait for its end, as for that of a command that asks something. */
  startCommand: (id: string): void => {
    void vscode.commands.executeCommand(id);
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

  /** Where the extension lies that runs here. */
  extensionPath: (): string | undefined =>
    vscode.extensions.getExtension('bedrock-gateway.bedrock-gateway')?.extensionPath,

  openFile: async (path: string): Promise<void> => {
    await vscode.window.showTextDocument(vscode.Uri.file(path));
  },

  /** A document of an address that no file system knows, such as an older version in Git. */
  openVirtual: async (address: string, content: string): Promise<void> => {
    const uri = vscode.Uri.parse(address);
    const provider = vscode.workspace.registerTextDocumentContentProvider(uri.scheme, {
      provideTextDocumentContent: () => content,
    });
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    provider.dispose();
  },

  /** Attaches a file to the prompt that takes long to read: until finishSlowFile() is called. */
  attachSlowFile: (path: string): void => {
    slowFiles ??= openSlowFiles();
    const uri = vscode.Uri.from({ scheme: 'slow', path });
    void vscode.commands.executeCommand('bedrockGateway.attach', uri);
  },

  finishSlowFile: async (path: string): Promise<void> => {
    await slowFiles?.finish(path);
  },

  openNotebook: async (path: string): Promise<void> => {
    const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(path));
    await vscode.window.showNotebookDocument(notebook);
  },

  /** Ranges of cells, the end not included; the first is the one in use. */
  selectCells: (...ranges: [number, number][]): void => {
    const editor = vscode.window.activeNotebookEditor;
    if (!editor) throw new Error('No notebook is active');
    editor.selections = ranges.map((range) => new vscode.NotebookRange(...range));
  },

  /** What VS Code shows as problems of the active document. */
  setProblems: (
    ...found: { message: string; place: SelectedRange; severity: number; source?: string; code?: number }[]
  ): void => {
    problems.set(
      activeEditor().document.uri,
      found.map(({ place, message, ...rest }) =>
        Object.assign(new vscode.Diagnostic(new vscode.Range(...place), message), rest),
      ),
    );
  },

  clearProblems: (): void => problems.clear(),

  openText: async (content: string, language = 'plaintext'): Promise<void> => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }));
  },

  select: async (...ranges: SelectedRange[]): Promise<void> => {
    const editor = activeEditor();
    const selected = ranges.map((range) => new vscode.Range(...range));
    await show(editor, selected);
    if (selected[0]) editor.revealRange(selected[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  },

  selectAll: async (): Promise<void> => {
    const editor = activeEditor();
    await show(editor, [new vscode.Range(new vscode.Position(0, 0), lastPosition(editor))]);
  },

  /** The text of an open document, by the end of its path. */
  documentTextOf: (name: string): string | undefined =>
    vscode.workspace.textDocuments
      .find(({ uri }) => uri.scheme === 'file' && uri.path.endsWith(`/${name}`))
      ?.getText(),

  documentText: (): string => activeEditor().document.getText(),

  /** '' if no text editor is active. */
  documentAddress: (): string => vscode.window.activeTextEditor?.document.uri.toString() ?? '',

  /** Replaces the whole text of the active document, and saves it. @returns whether it did: VS Code may be writing too */
  writeDocument: async (text: string): Promise<boolean> => {
    const editor = activeEditor();
    const whole = new vscode.Range(new vscode.Position(0, 0), lastPosition(editor));
    if (!(await editor.edit((edit) => edit.replace(whole, text)))) return false;
    await vscode.commands.executeCommand('workbench.action.files.save');
    return !editor.document.isDirty && editor.document.getText() === text;
  },

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
    // VS Code asks before it closes one of them; files it saves by itself.
    for (const document of vscode.workspace.textDocuments.filter((each) => each.isUntitled && each.isDirty)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap((group) => group.tabs));
  },

  closeTab: async (label: string): Promise<void> => {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => tab.label === label));
  },

  /** The IDs of the models that our provider offers to other extensions. */
  chatModels: async (): Promise<string[]> =>
    (await vscode.lm.selectChatModels({ vendor: 'bedrock-gateway' })).map(({ id }) => id),

  /**
   * Sends a prompt to one of them, as any extension may, with a picture in base64.
   * @returns the reply, or the error with its code
   */
  askModel: async (
    id: string,
    prompt: string,
    picture?: { readonly type: string; readonly data: string },
  ): Promise<{ text: string } | { error: string; code: string }> => {
    const [model] = await vscode.lm.selectChatModels({ vendor: 'bedrock-gateway', id });
    if (!model) throw new Error(`${id} is not offered`);
    let text = '';
    try {
      const parts = [
        new vscode.LanguageModelTextPart(prompt),
        ...(picture ? [dataPart(Buffer.from(picture.data, 'base64'), picture.type)] : []),
      ];
      const reply = await model.sendRequest([vscode.LanguageModelChatMessage.User(parts)]);
      for await (const piece of reply.text) text += piece;
      return { text };
    } catch (error) {
      const { message, code = '' } = error as Partial<vscode.LanguageModelError>;
      return { error: `${text}${message}`, code };
    }
  },

  readClipboard: (): Thenable<string> => vscode.env.clipboard.readText(),
  writeClipboard: (text: string): Thenable<void> => vscode.env.clipboard.writeText(text),

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
