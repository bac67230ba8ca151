// Shows something that is attached to a prompt. The page shows pictures itself.
import {
  type Disposable,
  FileSystemError,
  Range,
  type TextDocument,
  type TextDocumentContentProvider,
  Uri,
  commands,
  l10n,
  window,
  workspace,
} from 'vscode';
import { columnOf } from '../code/columns';
import { blobName } from '../core/model/content';
import type { Blobs } from '../core/model/ports';
import type { Source } from '../core/model/request';
import {
  type Attachment,
  type BlobAttachment,
  type TextAttachment,
  isBlobAttachment,
} from '../history/attachment';
import { formatBytes } from '../ui/format';
import { showInformationMessage } from '../ui/messages';
import { oneLine, plainText, shortened } from '../util/plainText';

const scheme = 'bedrock-gateway-attachment';

export class AttachmentOpener implements TextDocumentContentProvider, Disposable {
  /** Texts whose file is not known, by the address of the document that shows them. */
  private readonly texts = new Map<string, string>();
  private registration: Disposable | undefined;

  constructor(private readonly blobs: Blobs) {}

  async open(attachment: Attachment): Promise<void> {
    if (await openFile(attachment)) return;
    if (isBlobAttachment(attachment)) await this.offerCopy(attachment);
    else await this.openText(attachment);
  }

  provideTextDocumentContent(uri: Uri): string | undefined {
    return this.texts.get(uri.toString());
  }

  dispose(): void {
    this.registration?.dispose();
    this.texts.clear();
  }

  /**
   * In a document that VS Code saves to no file. It does save the address, which says nothing of the text and of its name:
   * the tab alone has that.
   */
  private async openText({ text, name }: TextAttachment): Promise<void> {
    this.registration ??= workspace.registerTextDocumentContentProvider(scheme, this);
    const open = new Set(workspace.textDocuments.map(({ uri }) => uri.toString()));
    for (const uri of this.texts.keys()) if (!open.has(uri)) this.texts.delete(uri);
    const query = String(Date.now());
    const uri = Uri.from({ scheme, path: `/${l10n.t('Attachment')}.md`, query });
    this.texts.set(uri.toString(), text);
    const label = shortened(oneLine(name.split('/').at(-1) ?? ''), 120);
    await commands.executeCommand('vscode.open', uri, { preview: true, viewColumn: columnOf() }, label);
  }

  /** No file is written that the user did not ask for. */
  private async offerCopy({ block }: BlobAttachment): Promise<void> {
    const name = blobName(block);
    const save = l10n.t('Save As…');
    const size = formatBytes(block.data.size);
    const message = l10n.t(
      '{0} ({1}) is kept with the conversation. Save a copy to open it.',
      plainText(name),
      size,
    );
    if ((await showInformationMessage(message, save)) !== save) return;
    const bytes = await this.blobs.read(block.data);
    if (!bytes) {
      void showInformationMessage(l10n.t('{0} is no longer kept.', plainText(name)));
      return;
    }
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const target = await window.showSaveDialog({
      ...(folder && { defaultUri: Uri.joinPath(folder, name.replace(/[\\/:*?"<>|]/g, '_')) }),
    });
    if (!target) return;
    await workspace.fs.writeFile(target, bytes);
    await commands.executeCommand('vscode.open', target);
  }
}

/** Resolves to whether what was attached is in a file that is there, and so is shown. */
async function openFile(attachment: Attachment): Promise<boolean> {
  const sources = isBlobAttachment(attachment) ? [] : attachment.sources;
  // Several pieces are in sight together as the text alone.
  if (sources.length > 1) return false;
  const [source] = sources;
  const address = source?.uri ?? attachment.uri;
  if (address === undefined) return false;
  const uri = Uri.parse(address, true);
  if (!(await isThere(uri))) return false;
  const selection = source && (await rangeNow(uri, source));
  if (source && !selection) return false;
  const options = { preview: true, viewColumn: columnOf(uri), ...(selection && { selection }) };
  await commands.executeCommand('vscode.open', uri, options);
  return true;
}

/** Where a selected text is now; undefined if the document does not have it any more. */
async function rangeNow(uri: Uri, { range, text }: Source): Promise<Range | undefined> {
  const { start, end } = range;
  const selected = new Range(start.line, start.character, end.line, end.character);
  if (text === undefined) return selected;
  let document: TextDocument;
  try {
    document = await workspace.openTextDocument(uri);
  } catch {
    // It is no text any more, or too large.
    return undefined;
  }
  if (document.getText(selected) === text) return selected;
  const at = document.getText().indexOf(text);
  return at < 0 ? undefined : new Range(document.positionAt(at), document.positionAt(at + text.length));
}

async function isThere(uri: Uri): Promise<boolean> {
  if (workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) return true;
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch (error) {
    if (error instanceof FileSystemError) return false;
    throw error;
  }
}
