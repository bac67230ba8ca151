// Handles what the page says about pictures, documents and texts that go along with a prompt.
import { type Disposable, Uri, l10n } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import type { DocumentBlock, ImageBlock } from '../core/model/content';
import type { Blobs } from '../core/model/ports';
import { promptBlobs } from '../core/model/request';
import { type Attachment, blobBlocks } from '../history/attachment';
import { allAttachments } from '../history/draft';
import type { AttachProblem } from '../prompt/attachProblem';
import type { Attachable } from '../prompt/attachable';
import type { AttachmentActions } from '../prompt/loadAttach';
import { sentAttachments } from '../prompt/promptContent';
import { maxRequestSize } from '../core/content/limits';
import type {
  AttachmentsToHost,
  AttachmentsToWebview,
  PlainFile,
  ScaledPicture,
} from '../protocol/attachments';
import { ownBytes } from '../util/ownBytes';
import { AttachmentOpener } from './openAttachment';
import { PictureScaling } from './pictureScaling';

const attachmentTypes = {
  attachPick: () => l10n.t('Attach…'),
  attachFiles: () => l10n.t('Attach…'),
  attachFailed: () => l10n.t('Attach…'),
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
  /** Reads the bytes of pictures and documents. */
  readonly blobs: Blobs;
}

interface AttachmentMessageParts extends AttachmentParts {
  readonly scaling: Pick<PictureScaling, 'scaled'>;
  readonly opener: Pick<AttachmentOpener, 'open'>;
  /** The ID of the shown conversation. */
  readonly shown: string;
  readonly post: (message: AttachmentsToWebview) => void;
}

/** What a panel needs of attachments. */
export class PanelAttachments implements Disposable {
  private readonly scaling = new PictureScaling((message) => this.post(message));
  private readonly opener: AttachmentOpener;

  /**
   * @param shown returns the ID of the shown conversation
   * @param post posts a message, if the page is loaded
   */
  constructor(
    private readonly parts: AttachmentParts,
    private readonly shown: () => string,
    private readonly post: (message: AttachmentsToWebview) => void,
  ) {
    this.opener = new AttachmentOpener(parts.blobs);
  }

  handle(message: AttachmentsToHost): Promise<void> {
    const { parts, scaling, opener, post } = this;
    return handleAttachmentMessage(message, { ...parts, scaling, opener, post, shown: this.shown() });
  }

  /** See PictureScaling.scale. */
  scale(picture: PlainFile): Promise<ScaledPicture | undefined> {
    return this.scaling.scale(picture);
  }

  onPageReady(): void {
    this.scaling.askAgain();
  }

  onPanelClosed(): void {
    this.scaling.endAll();
  }

  dispose(): void {
    this.scaling.endAll();
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
      try {
        await attachFiles(message, attachments);
      } finally {
        parts.post({ type: 'attachDone' });
      }
      return;
    case 'attachFailed':
      await attachments.showProblems(message.files.map(pageProblem));
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
  { conversation, files, uris }: Extract<AttachmentsToHost, { type: 'attachFiles' }>,
  attachments: AttachmentActions,
): Promise<void> {
  const found = uris.map(parsed);
  const things = found.filter((each): each is Attachable => !('why' in each));
  await attachments.attach(conversation, [...files.map((file) => ({ file })), ...things]);
  await attachments.showProblems(found.filter((each): each is AttachProblem => 'why' in each));
}

/** What was dropped may be any text. */
function parsed(address: string): Attachable | AttachProblem {
  try {
    return { uri: Uri.parse(address, true) };
  } catch {
    return { why: 'unreadable', name: address };
  }
}

type FailedFile = Extract<AttachmentsToHost, { type: 'attachFailed' }>['files'][number];

/** Why the page could not read or scale a file. */
function pageProblem({ name, why }: FailedFile): AttachProblem {
  const isPicture = !name || /\.(png|jpe?g|gif|webp|bmp|avif)$/i.test(name);
  const named = name || l10n.t('Pasted picture');
  switch (why) {
    case 'unreadable':
    case 'folder':
      return { why, name: named };
    case 'notAPicture':
      return { why: 'notConverted', name: named };
    case 'tooLarge':
      return isPicture
        ? { why: 'notScaled', name: named }
        : { why: 'fileTooLarge', name: named, limit: maxRequestSize };
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
  const all = sent ? sentAttachments(sent.request) : allAttachments(drafts.get(shown));
  return all.find(({ id }) => id === attachment);
}
