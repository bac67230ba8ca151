// Proposed edits: a diff of a document against what it would become, with Apply and Discard. What it would become is a
// document of our own scheme, in memory only. It follows the document while the diff is open.
import {
  Disposable,
  EventEmitter,
  type Tab,
  TabInputTextDiff,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  commands,
  l10n,
  window,
  workspace,
} from 'vscode';
import { documentNameOf } from '../prompt/documentName';
import { section } from '../settings';
import { plainText } from '../util/plainText';
import { columnOf } from './columns';
import { type TextChange, editShown } from './editDocument';

/** The manifest names it too, for menus and keys. */
const scheme = 'bedrock-gateway-edit';

export interface EditProposal {
  /** The document to change. */
  readonly uri: Uri;
  /** The title of the diff. */
  readonly title: string;
  /** The changes to the document as it is at that moment; undefined if they no longer fit. Called again and again. */
  readonly changesFor: (document: TextDocument) => readonly TextChange[] | undefined;
  /** Called before the edit and before `applied`; a sentence that says why the document must not be changed. */
  readonly objection?: () => Promise<string | undefined>;
  /** Called after the edit; a sentence that says what did not work. */
  readonly applied?: (document: TextDocument) => Promise<string | undefined>;
}

interface Open extends EditProposal {
  readonly document: TextDocument;
  /** The version of the document of which the diff shows the edit. */
  version: number;
}

export class EditProposals implements TextDocumentContentProvider, Disposable {
  /** The address of our document → its proposal; the latest last. */
  private readonly open = new Map<string, Open>();
  private count = 0;
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions = Disposable.from(
    this.changed,
    workspace.registerTextDocumentContentProvider(scheme, this),
    workspace.onDidChangeTextDocument(({ document }) => this.refresh(document)),
    window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.length > 0) this.dropClosed();
    }),
  );

  /** Shows the diff. Nothing is changed before the user applies it. @throws if the document can't be opened */
  async propose(proposal: EditProposal): Promise<void> {
    const document = await workspace.openTextDocument(proposal.uri);
    const uri = Uri.from({ scheme, path: proposal.uri.path, query: String((this.count += 1)) });
    this.open.set(uri.toString(), { ...proposal, document, version: document.version });
    this.followOpen();
    const options = { viewColumn: columnOf(proposal.uri), preview: false };
    await commands.executeCommand('vscode.diff', proposal.uri, uri, proposal.title, options);
  }

  provideTextDocumentContent(uri: Uri): string | undefined {
    const proposal = this.open.get(uri.toString());
    if (!proposal) return undefined;
    const { document } = proposal;
    proposal.version = document.version;
    return changedText(document, proposal.changesFor(document) ?? []);
  }

  /**
   * Applies the proposal in the active diff, else the latest one, to the document as it is now: one undo step.
   * @returns a sentence that says why it was not applied; undefined if it was
   */
  async apply(): Promise<string | undefined> {
    const [key, proposal] = this.current() ?? [];
    if (key === undefined || !proposal) return l10n.t('No proposed edit is open.');
    const { document, applied, objection } = proposal;
    const name = plainText(documentNameOf(document));
    const changes = proposal.changesFor(document);
    if (document.isClosed || !changes) return l10n.t('“{0}” has changed, and the edit no longer fits.', name);
    if (document.version !== proposal.version) {
      this.changed.fire(Uri.parse(key));
      return l10n.t('“{0}” has changed. The diff is up to date now; apply it again if it is right.', name);
    }
    const reason = await objection?.();
    if (reason !== undefined) return reason;
    switch (await editShown(document, changes)) {
      case 'readOnly':
        return l10n.t('“{0}” is read-only, so the edit was not applied.', name);
      case 'changed':
        return l10n.t('“{0}” was edited at the same moment. Try again.', name);
      case 'edited':
        await this.close(key);
        return applied?.(document);
    }
  }

  /** Closes the active diff, else the latest one, and changes nothing. */
  async discard(): Promise<void> {
    const [key] = this.current() ?? [];
    if (key !== undefined) await this.close(key);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.open.clear();
  }

  private current(): readonly [string, Open] | undefined {
    const active = addressIn(window.tabGroups.activeTabGroup.activeTab);
    const entries = [...this.open];
    return entries.find(([key]) => key === active) ?? entries.at(-1);
  }

  private refresh(document: TextDocument): void {
    for (const [key, proposal] of this.open)
      if (proposal.document === document) this.changed.fire(Uri.parse(key));
  }

  private async close(key: string): Promise<void> {
    await window.tabGroups.close(tabs().filter((tab) => addressIn(tab) === key));
    this.open.delete(key);
    this.followOpen();
  }

  private dropClosed(): void {
    const shown = new Set(tabs().map(addressIn));
    for (const key of this.open.keys()) if (!shown.has(key)) this.open.delete(key);
    this.followOpen();
  }

  /** Shows the commands in the palette while there is something to apply. */
  private followOpen(): void {
    void commands.executeCommand('setContext', `${section}.editProposed`, this.open.size > 0);
  }
}

function tabs(): readonly Tab[] {
  return window.tabGroups.all.flatMap((group) => group.tabs);
}

/** The address of our document in a diff. */
function addressIn(tab: Tab | undefined): string | undefined {
  return tab?.input instanceof TabInputTextDiff ? tab.input.modified.toString() : undefined;
}

function changedText(document: TextDocument, changes: readonly TextChange[]): string {
  let text = document.getText();
  const fromEnd = changes.toSorted((one, other) => other.range.start.compareTo(one.range.start));
  for (const { range, text: inserted } of fromEnd)
    text =
      text.slice(0, document.offsetAt(range.start)) + inserted + text.slice(document.offsetAt(range.end));
  return text;
}
