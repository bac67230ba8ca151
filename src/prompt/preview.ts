// What would be sent, to be read first. A read-only document of our own scheme: an untitled one would be backed up
// to a file by VS Code, and no prompt may go to one. Its address, which VS Code does keep, says nothing.
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
import { textOf } from '../core/model/request';
import { section } from '../settings';
import type { PromptInput } from './requestBuilder';

/** Named in the manifest as well, where its menus and keys are. */
const scheme = 'bedrock-gateway-prompt';

export class PromptPreview implements TextDocumentContentProvider, CodeLensProvider, Disposable {
  private readonly questions = new Map<string, PromptInput>();
  private count = 0;
  private readonly registered = Disposable.from(
    workspace.registerTextDocumentContentProvider(scheme, this),
    languages.registerCodeLensProvider({ scheme }, this),
  );

  /** `systemPrompt` says whether the settings hold one: it goes along, and is not part of the document. */
  constructor(private readonly systemPrompt: () => boolean) {}

  async show(question: PromptInput): Promise<void> {
    this.forgetClosed();
    // Each its own, since VS Code keeps the text of a document for a while.
    const uri = Uri.from({
      scheme,
      path: `/${l10n.t('Prompt Preview')}.md`,
      query: String((this.count += 1)),
    });
    this.questions.set(uri.toString(), question);
    // In a tab of its own: a file that is only looked at would give up its tab.
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  /** The question of the preview in front; undefined when there is none. */
  get inFront(): { readonly question: PromptInput; close(): Promise<void> } | undefined {
    const uri = window.activeTextEditor?.document.uri.toString() ?? '';
    const question = this.questions.get(uri);
    return question && { question, close: () => closeTabsOf(uri) };
  }

  /** undefined, which VS Code shows as an error, for what is forgotten: an empty text would look like a prompt. */
  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.questions.get(uri.toString())?.messages.map(textOf).join('\n\n');
  }

  provideCodeLenses(): CodeLens[] {
    const lens = (title: string, command: string, ...values: unknown[]) =>
      new CodeLens(new Range(0, 0, 0, 0), { title, command, arguments: values });
    return [
      lens(`$(send) ${l10n.t('Send')}`, `${section}.sendPreview`),
      lens(l10n.t('Cancel'), 'workbench.action.closeActiveEditor'),
      ...(this.systemPrompt()
        ? [
            lens(
              l10n.t('The system prompt of the settings goes along'),
              'workbench.action.openSettings',
              `@id:${section}.request.systemPrompt`,
            ),
          ]
        : []),
    ];
  }

  /** By documents, not by tabs: of those one may be split off, moved, or closed and opened again. */
  private forgetClosed(): void {
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const uri of this.questions.keys()) if (!open.has(uri)) this.questions.delete(uri);
  }

  dispose(): void {
    this.registered.dispose();
    this.questions.clear();
  }
}

async function closeTabsOf(uri: string): Promise<void> {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const ours = tabs.filter(({ input }) => input instanceof TabInputText && input.uri.toString() === uri);
  await window.tabGroups.close(ours);
}
