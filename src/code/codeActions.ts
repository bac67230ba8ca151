// What a user does with a code block of a reply.
import { type Disposable, env, l10n, window, workspace } from 'vscode';
import type { CodeAction } from '../protocol/reply';
import type { LastEditor } from '../prompt/selection';
import { showInformationMessage, showWarningMessage } from '../ui/messages';
import { columnOf } from './columns';
import { EditProposals } from './editProposals';
import type { FoundCode } from './findCode';
import { insertCode } from './insertCode';
import { languageIdOf } from './languageId';
import { replaceSource } from './replaceSource';
import { saveCode } from './saveCode';
import type { SourceRanges } from './sourceRanges';

export class CodeActions implements Disposable {
  readonly proposals = new EditProposals();

  constructor(
    private readonly lastEditor: LastEditor,
    readonly ranges: SourceRanges,
  ) {}

  /** Carries out an action. What is not possible is said, with New File as another way. */
  async run(action: CodeAction, code: FoundCode): Promise<void> {
    const reason = await this.perform(action, code);
    if (reason === undefined) return;
    const newFile = l10n.t('New File');
    if ((await showWarningMessage(reason, newFile)) === newFile) await this.newFile(code);
  }

  /** Carries out an action. Returns a sentence that says why that was not possible; undefined if it was, or cancelled. */
  perform(action: CodeAction, code: FoundCode): Promise<string | undefined> {
    return this.actions[action](code);
  }

  /** Shows a diff that puts the code in place of what its prompt was about; says so if that is not possible. */
  async proposeReplacement(code: FoundCode): Promise<void> {
    const reason = await replaceSource(code, code.turn.request.sources, this, true);
    if (reason !== undefined) await showWarningMessage(reason);
  }

  /** Applies the proposed edit in the active diff, else the latest one; says so if that is not possible. */
  async applyEdit(): Promise<void> {
    const reason = await this.proposals.apply();
    if (reason !== undefined) await showWarningMessage(reason);
  }

  dispose(): void {
    this.proposals.dispose();
  }

  private readonly actions: {
    readonly [A in CodeAction]: (code: FoundCode) => Promise<string | undefined>;
  } = {
    copy: async ({ code }) => {
      await env.clipboard.writeText(code);
      return undefined;
    },
    insert: (code) => insertCode(code, this.lastEditor),
    replace: (code) => replaceSource(code, code.turn.request.sources, this),
    newFile: async (code) => {
      await this.newFile(code);
      return undefined;
    },
    save: async (code) => {
      if (!workspace.workspaceFolders?.length)
        return l10n.t('No folder is open, so there is no place to save the code in.');
      return saveCode(code, this.proposals, this.lastEditor.editor?.document.uri);
    },
  };

  /** An untitled document, which is the user's from then on. */
  private async newFile({ code, info }: FoundCode): Promise<void> {
    const language = await languageIdOf(info);
    const document = await workspace.openTextDocument({ content: code, ...(language && { language }) });
    await window.showTextDocument(document, { viewColumn: columnOf(), preview: false });
  }
}

/** Says that there is no code block to act on. */
export async function sayNoCode(): Promise<void> {
  await showInformationMessage(l10n.t('The reply has no code block.'));
}
