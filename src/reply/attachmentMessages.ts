// Handles what the page says about pictures, documents and texts that go along with a prompt.
import { type Disposable, Uri, l10n } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import type { DocumentBlock, ImageBlock } from '../core/model/content';
import type { Blobs } from '../core/model/ports';
import { promptBlobs } from '../core/model/request';
import { type Attachment, blobBlocks } from '../history/attachment';
import { allAttachments } from '../history/draft';
import type { Attachable } from '../prompt/attachable';
import type { AttachmentActions } from '../prompt/loadAttach';
import type { PendingAttachments } from '../prompt/pendingAttachments';
import { sentPrompt } from '../prompt/promptContent';
import type {
  AttachmentsToHost,
  AttachmentsToWebview,
  PendingView,
  PlainFile,
  ScaledPicture,
} from '../protocol/attachments';
import { ownBytes } from '../util/ownBytes';
import { AttachmentOpener } from './openAttachment';
import { PageFiles } from './pageFiles';
import { PictureScaling } from './pictureScaling';

const attachmentTypes = {
  attachPick: () => l10n.t('Attach…'),
  attachFiles: () => l10n.t('Attach…'),
  fileRead: () => l10n.t('Attach…'),
  fileFailed: () => l10n.t('Attach…'),
  cancelAttach: () => l10n.t('Remove'),
  scaled: () => l10n.t('Attach…'),
  readPicture: () => l10n.t('Attachments'),
  openAttachment: () => l10n.t('Open'),
} as const satisfies { readonly [T in AttachmentsToHost['type']]: () => string };

export function isAttachmentMessage(message: { readonly type: string }): message is AttachmentsToHost {
  return Object.hasOwn(attachmentTypes, message.type);
}

/** What the user calls the action of a message; error messages name it. */
export function attachmentMessageName({ type }: AttachmentsToHost): string {
  return attachmentTypes[type]();
}

export interface AttachmentParts {
  readonly conversations: Pick<Conversations, 'allTurns' | 'turn'>;
  readonly drafts: Pick<Drafts, 'get'>;
  readonly attachments: AttachmentActions;
  readonly pending: Pick<PendingAttachments, 'remove'>;
  /** Reads the bytes of pictures and documents. */
  readonly blobs: Blobs;
}

interface AttachmentMessageParts extends AttachmentParts {
  readonly scaling: Pick<PictureScaling, 'scaled'>;
  readonly opener: Pick<AttachmentOpener, 'open'>;
  readonly pageFiles: PageFiles;
  /** The ID of the shown conversation. */
  readonly shown: string;
  readonly post: (message: AttachmentsToWebview) => void;
  /** Posts what the composer shows, if that has changed. */
  readonly postComposer: () => void;
}

/** What a panel needs of attachments. */
export class PanelAttachments implements Disposable {
  private readonly scaling = new PictureScaling((message) => this.post(message));
  private readonly opener: AttachmentOpener;
  private readonly pageFiles = new PageFiles();

  /**
   * @param shown returns the ID of the shown conversation
   * @param post posts a message, if the page is loaded
   * @param postComposer posts what the composer shows, if that has changed and the page is loaded
   */
  constructor(
    private readonly parts: AttachmentParts,
    private readonly shown: () => string,
    private readonly post: (message: AttachmentsToWebview) => void,
    private readonly postComposer: () => void,
  ) {
    this.opener = new AttachmentOpener(parts.blobs);
  }

  handle(message: AttachmentsToHost): Promise<void> {
    const { parts, scaling, opener, pageFiles, post, postComposer } = this;
    return handleAttachmentMessage(message, {
      ...parts,
      ...{ scaling, opener, pageFiles, post, postComposer, shown: this.shown() },
    });
  }

  /** See PictureScaling.scale. */
  scale(picture: PlainFile): Promise<ScaledPicture | undefined> {
    return this.scaling.scale(picture);
  }

  /** Another page is loaded: the one before may have gone without a word. */
  onPageReady(): void {
    this.pageFiles.lose();
    this.scaling.askAgain();
  }

  /** VS Code unloads a hidden page at once, and nothing arrives that it posts then. */
  onPanelHidden(): void {
    this.pageFiles.lose();
  }

  onPanelClosed(): void {
    this.pageFiles.lose();
    this.scaling.endAll();
  }

  dispose(): void {
    this.onPanelClosed();
    this.opener.dispose();
  }
}

/** Carries out what a message asks for. */
async function handleAttachmentMessage(
  message: AttachmentsToHost,
  parts: AttachmentMessageParts,
): Promise<void> {
  const { attachments, scaling, opener } = parts;
  switch (message.type) {
    case 'attachPick':
      await attachments.attach(message.conversation, await attachments.pick());
      return;
    case 'attachFiles':
      await attachFiles(message, parts);
      return;
    case 'fileRead':
      parts.pageFiles.read(message);
      return;
    case 'fileFailed':
      parts.pageFiles.failed(message);
      return;
    case 'cancelAttach':
      parts.pending.remove(message.id);
      return;
    case 'scaled':
      scaling.scaled(message);
      return;
    case 'readPicture':
      await postPicture(message.sha256, parts);
      return;
    case 'openAttachment': {
      const found = attachmentNamed(message, parts);
      if (found) await opener.open(found);
      return;
    }
  }
}

async function attachFiles(
  { conversation, files }: Extract<AttachmentsToHost, { type: 'attachFiles' }>,
  { attachments, pageFiles, post, postComposer }: AttachmentMessageParts,
): Promise<void> {
  const ids = files.map(({ id }) => id);
  const things = files.map(({ uri, ...file }) =>
    uri === undefined ? pageFiles.take(file) : attachableAt(uri, file),
  );
  try {
    const attaching = attachments.attach(conversation, things);
    // The page leaves the chips of these files to the host as soon as that shows them.
    postComposer();
    await attaching;
  } finally {
    pageFiles.forget(ids);
    postComposer();
    post({ type: 'attachDone', files: ids });
  }
}

/** @param address what was dropped, which may be any text */
function attachableAt(address: string, { id }: PendingView): Attachable {
  try {
    return { id, uri: Uri.parse(address, true) };
  } catch {
    return { id, name: address, file: Promise.resolve({ why: 'unreadable', name: address }) };
  }
}

async function postPicture(
  sha256: string,
  { conversations, drafts, blobs, shown, post }: AttachmentMessageParts,
): Promise<void> {
  const blocks: readonly (ImageBlock | DocumentBlock)[] = [
    ...blobBlocks(allAttachments(drafts.get(shown))),
    ...conversations.allTurns(shown).flatMap(({ request }) => promptBlobs(request)),
  ];
  const block = blocks.find(({ type, data }) => type === 'image' && data.sha256 === sha256);
  const bytes = block && (await blobs.read(block.data));
  post({
    ...{ type: 'picture', sha256, mimeType: `image/${block?.format ?? 'png'}` },
    ...(bytes && { bytes: ownBytes(bytes) }),
  });
}

function attachmentNamed(
  { attachment, turn }: Extract<AttachmentsToHost, { type: 'openAttachment' }>,
  { conversations, drafts, shown }: AttachmentMessageParts,
): Attachment | undefined {
  const sent = turn === undefined ? undefined : conversations.turn(turn);
  const all = sent ? sentPrompt(sent.request).attachments : allAttachments(drafts.get(shown));
  return all.find(({ id }) => id === attachment);
}
