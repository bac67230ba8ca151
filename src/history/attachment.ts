// What goes along with a prompt that is typed.
import { blockTokens, isContentBlock } from '../core/content/blockKinds';
import { estimateTokens } from '../core/content/tokens';
import { type DocumentBlock, type ImageBlock, blobName } from '../core/model/content';
import { isRecord } from '../core/model/json';
import type { Source } from '../core/model/request';
import { nodeHash } from '../platform/node/hash';
import type { ScaledPicture } from '../protocol/attachments';

/** A selection, or a text file, that goes along with the next prompt. */
export interface TextAttachment {
  readonly id: string;
  /** Such as "src/main.ts:12-40". */
  readonly name: string;
  /** The text as the prompt quotes it. */
  readonly text: string;
  /** Selections; empty for a file. */
  readonly sources: readonly Source[];
  /** The texts of the cells of a notebook: its lines are not those of the file. */
  readonly isNotebook?: true;
  /** The file that was attached, to open it; absent if it was dropped from elsewhere, or is a selection. Never sent. */
  readonly uri?: string;
}

/** A picture or a document; its bytes are kept by their hash. */
export interface BlobAttachment {
  readonly id: string;
  readonly block: ImageBlock | DocumentBlock;
  /** What a picture was before it was scaled down or converted: pixels and bytes. */
  readonly scaledFrom?: ScaledPicture['from'] & Pick<ScaledPicture, 'isFirstFrame'>;
  /** The file that was attached, to open it; absent if it was pasted, dropped from elsewhere, or sent before. Never sent. */
  readonly uri?: string;
}

export type Attachment = TextAttachment | BlobAttachment;

export function isBlobAttachment(attachment: Attachment): attachment is BlobAttachment {
  return 'block' in attachment;
}

export function attachmentName(attachment: Attachment): string {
  return isBlobAttachment(attachment) ? blobName(attachment.block) : attachment.name;
}

/** The pictures and documents among attachments, in order. */
export function blobBlocks(attachments: readonly Attachment[]): readonly (ImageBlock | DocumentBlock)[] {
  return attachments.flatMap((attachment) => (isBlobAttachment(attachment) ? [attachment.block] : []));
}

/** The selections and text files among attachments, in order. */
export function attachedTexts(attachments: readonly Attachment[]): readonly TextAttachment[] {
  return attachments.filter((attachment): attachment is TextAttachment => !isBlobAttachment(attachment));
}

/** Computes something of a text once: to go through a long one takes a while, and there may be many. */
function perText<T extends string | number>(compute: (text: string) => T): (attachment: TextAttachment) => T {
  const known = new WeakMap<TextAttachment, T>();
  return (attachment) => {
    const value = known.get(attachment) ?? compute(attachment.text);
    known.set(attachment, value);
    return value;
  };
}

const textTokens = perText(estimateTokens);
const textHash = perText((text) => nodeHash.sha256(text));
/** Bytes. */
export const textSize = perText((text) => Buffer.byteLength(text));

/** An estimate. */
export function attachmentTokens(attachment: Attachment): number {
  return isBlobAttachment(attachment) ? blockTokens(attachment.block) : textTokens(attachment);
}

/** The selections among attachments. */
export function sourcesOf(attachments: readonly Attachment[]): readonly Source[] {
  return attachments.flatMap((attachment) => (isBlobAttachment(attachment) ? [] : attachment.sources));
}

/** What makes an attachment the same as another, whenever each was attached. */
function keyOf(attachment: Attachment): string {
  const name = attachmentName(attachment);
  return JSON.stringify(
    isBlobAttachment(attachment) ? [attachment.block.data.sha256, name] : ['', textHash(attachment), name],
  );
}

/** Whether the same is attached, in the same order. */
export function areSameAttachments(one: readonly Attachment[], other: readonly Attachment[]): boolean {
  return JSON.stringify(one.map(keyOf)) === JSON.stringify(other.map(keyOf));
}

/** All attachments of several lists, each once. */
export function joinAttachments(...lists: readonly (readonly Attachment[])[]): readonly Attachment[] {
  const joined = new Map<string, Attachment>();
  for (const attachment of lists.flat()) {
    const key = keyOf(attachment);
    if (!joined.has(key)) joined.set(key, attachment);
  }
  return [...joined.values()];
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether a value that was read from a file is one. */
export function isAttachment(value: unknown): value is Attachment {
  if (!isRecord(value) || typeof value['id'] !== 'string') return false;
  return 'block' in value ? isStoredBlob(value) : isStoredText(value);
}

function isStoredText({ name, text, sources, uri = '' }: Fields): boolean {
  return [name, text, uri].every((field) => typeof field === 'string') && Array.isArray(sources);
}

function isStoredBlob({ block, scaledFrom, uri = '' }: Fields): boolean {
  const isBlob = isContentBlock(block) && (block.type === 'image' || block.type === 'document');
  return isBlob && typeof uri === 'string' && (scaledFrom === undefined || isScaledFrom(scaledFrom));
}

function isScaledFrom(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { width, height, size } = value;
  return [width, height, size].every((field) => Number.isSafeInteger(field) && (field as number) >= 0);
}
