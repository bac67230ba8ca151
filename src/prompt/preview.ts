// A preview of a prompt, in a read-only document of our own scheme. VS Code would back up an untitled document to a
// file, and no prompt may be in one. VS Code does save the preview's URI, which contains nothing of the prompt.
import {
  CodeLens,
  type CodeLensProvider,
  Disposable,
  Range,
  TabInputText,
  type TextDocumentContentProvider,
  Uri,
  l10n,
  languages,
  window,
  workspace,
} from 'vscode';
import { textOf } from '../core/model/content';
import { section } from '../settings';
import type { PromptInput } from './requestBuilder';

/** The manifest names it too, for menus and keys. */
const scheme = 'bedrock-gateway-prompt';

export class PromptPreview implements TextDocumentContentProvider, CodeLensProvider, Disposable {
  private readonly inputs = new Map<string, PromptInput>();
  private count = 0;
  private readonly registrations = Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, this),
    languages.registerCodeLensProvider({ scheme }, this),
  );

  /** `hasSystemPrompt`: whether the settings have a system prompt, which is sent too but is not in the document. */
  constructor(private readonly hasSystemPrompt: () => boolean) {}

  async show(input: PromptInput): Promise<void> {
    this.dropClosed();
    // Each preview has its own URI, since VS Code caches the text of a document for a while.
    const uri = Uri.from({
      scheme,
      path: `/${l10n.t('Prompt Preview')}.md`,
      query: String((this.count += 1)),
    });
    this.inputs.set(uri.toString(), input);
    // Not in VS Code's preview tab, where the next file would replace it.
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  /** The prompt of the active preview, and a function that closes its tabs; undefined if no preview is active. */
  get active(): { readonly input: PromptInput; close(): Promise<void> } | undefined {
    const uri = window.activeTextEditor?.document.uri.toString() ?? '';
    const input = this.inputs.get(uri);
    return input && { input, close: () => closeTabsOf(uri) };
  }

  /** undefined, which VS Code shows as an error, for a preview that is gone: an empty text would look like a prompt. */
  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.inputs.get(uri.toString())?.messages.map(textOf).join('\n\n');
  }

  provideCodeLenses(): CodeLens[] {
    const lens = (title: string, command: string, ...values: unknown[]) =>
      new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: values });
    return [
      lens(`$(send) ${l10n.t('Send')}`, `${section}.sendPreview`),
      lens(l10n.t('Cancel'), 'workbench.action.closeActiveEditor'),
      ...(this.hasSystemPrompt()
        ? [
            lens(
              l10n.t('The system prompt from your settings is also sent'),
              'workbench.action.openSettings',
              `@id:${section}.request.systemPrompt`,
            ),
          ]
        : []),
    ];
  }

  /** Checks documents rather than tabs, which may be split, moved, or closed and reopened. */
  private dropClosed(): void {
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const uri of this.inputs.keys()) if (!open.has(uri)) this.inputs.delete(uri);
  }

  dispose(): void {
    this.registrations.dispose();
    this.inputs.clear();
  }
}

async function closeTabsOf(uri: string): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const previews = tabs.filter(({ input }) => input instanceof TabInputText && input.uri.toString() === uri);
  await window.tabGroups.close(previews);
}
