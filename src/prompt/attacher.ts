// Attaches files, pictures and selections to what is typed in a conversation, in the order in which they are given.
import { randomUUID } from 'node:crypto';
import { ProgressLocation, type Uri, l10n, window, workspace } from 'vscode';
import type { Drafts } from '../conversation/drafts';
import { abortable } from '../core/model/abortable';
import type { BlobRef, DocumentBlock, ImageBlock, ImageFormat } from '../core/model/content';
import { type Attachment, blobBlocks } from '../history/attachment';
import { documentLimits, pictureLimits } from '../core/content/limits';
import type { PlainFile, ScaledPicture } from '../protocol/attachments';
import { oneLine, shortened } from '../util/plainText';
import { serializeByKey } from '../util/serialize';
import { type AttachProblem, showProblems } from './attachProblem';
import { type DocumentFileFormat, recognize } from './attachKind';
import { maxPictureRead, maxTextSize, readAttachedFile } from './attachSource';
import { type AttachedText, textAttachment } from './attachedText';
import { documentNameOf, nameOfUri } from './documentName';
import { notebookInFile, openNotebook } from './notebookText';
import { pdfPages } from './pdfPages';
import type { PendingAttachment, PendingAttachments } from './pendingAttachments';
import { textLimitProblem } from './textLimits';
import { pictureSize } from '../core/content/pictureSize';

export interface AttacherDeps {
  readonly drafts: Pick<Drafts, 'open'>;
  readonly pending: Pick<PendingAttachments, 'begin' | 'end'>;
  /** Keeps the bytes of pictures and documents. */
  readonly blobs: { put(bytes: Uint8Array): Promise<BlobRef> };
  /**
   * Scales a picture down to what Bedrock takes, or converts it. Resolves to undefined if that is not possible. Never
   * rejects.
   */
  readonly scale: (picture: PlainFile) => Promise<ScaledPicture | undefined>;
  /** ms in which a file has to be read; only tests set it. */
  readonly readWithinMs?: number;
}

/** ms: enough for the largest picture over a slow connection. */
const readWithinMs = 60_000;
/** ms in which the page has to read a file and scale it down. */
const pageReadsWithinMs = 120_000;

interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly uri?: Uri;
}

/** What is to be attached, or why it can't be. */
type Prepared = Attachment | AttachProblem;

export class Attacher {
  constructor(private readonly deps: AttacherDeps) {}

  /** Attaches what can be attached, and says why the rest can't. Resolves to the problems. */
  async attach(
    conversation: string,
    things: readonly PendingAttachment[],
  ): Promise<readonly AttachProblem[]> {
    const problems = await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t('Attaching…') },
      () => this.attachInOrder(conversation, things),
    );
    showProblems(problems);
    return problems;
  }

  /** One after the other: whatever takes how long, the order stays. Another conversation does not wait. */
  private readonly attachInOrder = serializeByKey(
    async (conversation: string, things: readonly PendingAttachment[]): Promise<readonly AttachProblem[]> => {
      // The draft of a conversation that is deleted would be read again.
      if (things.some(({ signal }) => !signal.aborted)) await this.deps.drafts.open(conversation);
      const problems: AttachProblem[] = [];
      for (const pending of things) {
        const problem = await this.attachOne(pending);
        if (problem) problems.push(problem);
        this.deps.pending.end(pending);
      }
      return problems;
    },
  );

  /**
   * Nothing is awaited between keeping the bytes and attaching them: what no draft uses is not kept. Resolves to why the
   * thing is not attached.
   */
  private async attachOne(pending: PendingAttachment): Promise<AttachProblem | undefined> {
    const { others, signal, name } = pending;
    const prepared = others && (await this.prepare(pending));
    if (pending.isRemoved) return undefined;
    if (!prepared || signal.aborted) return { why: 'promptGone', name };
    if ('why' in prepared) return prepared;
    return pending.attach(prepared) ? undefined : { why: 'promptGone', name };
  }

  private async prepare(pending: PendingAttachment): Promise<Prepared> {
    const prepared = await this.read(pending);
    if ('why' in prepared) return prepared;
    return textLimitProblem(prepared, pending.others ?? []) ?? prepared;
  }

  private async read(pending: PendingAttachment): Promise<Prepared> {
    const { thing } = pending;
    if ('selection' in thing) return thing.selection;
    if ('file' in thing) {
      const file = await this.inTime(thing.file, pending, pageReadsWithinMs);
      return 'why' in file ? file : this.prepareBytes(namedBytes(file), pending, file);
    }
    const open = openText(thing.uri);
    if (open) return preparedText(open, thing.uri);
    const read = await this.inTime(readAttachedFile(thing.uri), pending);
    return 'why' in read ? read : this.prepareBytes(read, pending);
  }

  /** Whatever comes later is not attached: the user may have sent the prompt by then. */
  private async inTime<T>(
    reading: Promise<T>,
    { name, signal }: PendingAttachment,
    limit = this.deps.readWithinMs ?? readWithinMs,
  ): Promise<T | AttachProblem> {
    return abortable(reading, AbortSignal.any([signal, AbortSignal.timeout(limit)])).catch(
      (): AttachProblem => ({ why: 'slow', name, seconds: Math.ceil(limit / 1000) }),
    );
  }

  private async prepareBytes(
    source: NamedBytes,
    pending: PendingAttachment,
    scaled?: PlainFile | ScaledPicture,
  ): Promise<Prepared> {
    const { name, bytes, uri } = source;
    const found = recognize(bytes);
    switch (found.kind) {
      case 'empty':
        return { why: 'empty', name };
      case 'unsupported':
        return { why: 'unsupported', name, what: found.what };
      case 'text': {
        const named = uri ? nameOfUri(uri) : name;
        const notebook = notebookInFile(named, found.text);
        if (notebook) return preparedText(notebook, uri);
        return preparedText({ name: named, text: found.text }, uri, bytes.length);
      }
      case 'encodedText': {
        const text = await decoded(bytes, uri);
        const named = uri ? nameOfUri(uri) : name;
        return text === undefined
          ? { why: 'encoding', name }
          : preparedText({ name: named, text }, uri, bytes.length);
      }
      case 'document':
        return tooMany(pending, name, 'document') ?? this.document(source, found.format);
      case 'image':
        return (
          tooMany(pending, name, 'image') ??
          (scaled && 'from' in scaled
            ? this.fitting(source, found.format, scaled)
            : this.image(source, pending, found.format))
        );
      case 'foreignPicture':
        return tooMany(pending, name, 'image') ?? this.scaled(source, pending, found.mimeType, found.name);
    }
  }

  private async document({ name, bytes, uri }: NamedBytes, format: DocumentFileFormat): Promise<Prepared> {
    const { length: size } = bytes;
    const limit = documentLimits.size;
    if (size > limit) return { why: 'documentTooLarge', name, size, limit };
    const pages = format === 'pdf' ? pdfPages(bytes) : undefined;
    const data = await this.deps.blobs.put(bytes);
    const block: DocumentBlock = {
      ...{ type: 'document', format, data, name },
      ...(pages !== undefined && { pages }),
    };
    return { id: randomUUID(), block, ...(uri && { uri: uri.toString() }) };
  }

  /** A picture as it is, if Bedrock takes it so. */
  private async image(
    source: NamedBytes,
    pending: PendingAttachment,
    format: ImageFormat,
  ): Promise<Prepared> {
    const size = pictureSize(source.bytes, format);
    if (!size) return { why: 'damaged', name: source.name };
    return fits(source.bytes, size)
      ? this.fitting(source, format)
      : this.scaled(source, pending, `image/${format}`);
  }

  /** `format`: the name of one that Bedrock does not take. */
  private async scaled(
    source: NamedBytes,
    { signal }: PendingAttachment,
    mimeType: string,
    format?: string,
  ): Promise<Prepared> {
    const { name, bytes } = source;
    const limit = maxPictureRead;
    if (bytes.length > limit) return { why: 'pictureTooLarge', name, size: bytes.length, limit };
    const picture = await abortable(this.deps.scale({ name, mimeType, bytes }), signal).catch(
      () => undefined,
    );
    const found = picture ? recognize(picture.bytes) : undefined;
    if (picture && found?.kind === 'image')
      return this.fitting({ ...source, bytes: picture.bytes }, found.format, picture);
    return format === undefined ? { why: 'notScaled', name } : { why: 'notConverted', name, format };
  }

  /** @param scaled what a page has made of a picture */
  private async fitting(
    { name, bytes, uri }: NamedBytes,
    format: ImageFormat,
    scaled?: ScaledPicture,
  ): Promise<Prepared> {
    const size = pictureSize(bytes, format);
    if (!size) return { why: 'damaged', name };
    if (!fits(bytes, size)) return { why: 'notScaled', name };
    const data = await this.deps.blobs.put(bytes);
    const block: ImageBlock = { type: 'image', format, data, ...size, name };
    return {
      ...{ id: randomUUID(), block },
      ...(scaled && {
        scaledFrom: { ...scaled.from, ...(scaled.isFirstFrame && { isFirstFrame: true as const }) },
      }),
      ...(uri && { uri: uri.toString() }),
    };
  }
}

/** Those of earlier prompts are counted when the prompt is sent: by then, others may be sent along. */
function tooMany(
  { others }: PendingAttachment,
  name: string,
  type: 'image' | 'document',
): AttachProblem | undefined {
  if (!others) return { why: 'promptGone', name };
  const limit = type === 'image' ? pictureLimits.count : documentLimits.count;
  if (blobBlocks(others).filter((block) => block.type === type).length < limit) return undefined;
  return { why: type === 'image' ? 'tooManyPictures' : 'tooManyDocuments', name, limit };
}

const maxNameLength = 200;

/** A page does not know paths; but what others say is not relied on. */
function namedBytes({ name, mimeType, bytes }: PlainFile): NamedBytes {
  const base = shortened(oneLine(name.split(/[\\/]/).at(-1) ?? '').trim(), maxNameLength);
  const pasted = mimeType.startsWith('image/') ? l10n.t('Pasted picture') : l10n.t('Pasted file');
  return { name: base || pasted, bytes };
}

function fits(
  bytes: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
): boolean {
  return bytes.length <= pictureLimits.size && Math.max(width, height) <= pictureLimits.edge;
}

/** What an editor has of a file or a notebook, with what is not saved yet; undefined if none has it. */
function openText(uri: Uri): AttachedText | undefined {
  const notebook = openNotebook(uri);
  if (notebook) return notebook;
  const document = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  return (
    document && { name: documentNameOf(document), text: document.getText(), language: document.languageId }
  );
}

/** @param size bytes of the file; by default, the length of the text */
function preparedText(text: AttachedText, uri: Uri | undefined, size = text.text.length): Prepared {
  const { name } = text;
  if (size > maxTextSize) return { why: 'textTooLarge', name, size, limit: maxTextSize };
  if (!text.text.trim()) return { why: 'empty', name };
  return { ...textAttachment(randomUUID(), text), ...(uri && { uri: uri.toString() }) };
}

/** The text in the encoding that the user has set or lets VS Code guess; undefined if that is another. */
async function decoded(bytes: Uint8Array, uri: Uri | undefined): Promise<string | undefined> {
  try {
    const text = await (uri ? workspace.decode(bytes, { uri }) : workspace.decode(bytes));
    return text.includes('\ufffd') ? undefined : text;
  } catch {
    return undefined;
  }
}
