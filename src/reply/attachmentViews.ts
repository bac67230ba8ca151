// What a chip says about something that is attached.
import { env, l10n } from 'vscode';
import type { DocumentBlock, ImageBlock } from '../core/model/content';
import {
  type Attachment,
  type BlobAttachment,
  attachmentName,
  attachmentTokens,
  isBlobAttachment,
} from '../history/attachment';
import type { Costs } from '../prices/costs';
import type { PricedTarget } from '../prices/prices.chunk';
import type { AttachmentView } from '../protocol/attachments';
import { formatBytes, formatNumber } from '../ui/format';
import { estimatedDollars } from '../ui/money';

/** Returns the cost of so many tokens, USD; undefined if that is not known. */
export type CostOfTokens = (tokens: number) => number | undefined;

export function costOfTokens(target: PricedTarget | undefined, costs: Costs): CostOfTokens {
  return (tokens) => {
    const cost = target && costs.ofPromptNow(target, tokens);
    return cost?.kind === 'sum' ? cost.usd : undefined;
  };
}

/** `costOf`: absent for a prompt that was sent, whose cost stands under its reply. */
export function attachmentView(attachment: Attachment, costOf?: CostOfTokens): AttachmentView {
  const tokens = attachmentTokens(attachment);
  const usd = costOf?.(tokens);
  const isBlob = isBlobAttachment(attachment);
  const facts = [
    ...(isBlob ? [formatBytes(attachment.block.data.size)] : []),
    l10n.t('about {0} tokens', formatNumber(tokens, { maximumSignificantDigits: 2 })),
    ...(usd === undefined ? [] : [estimatedDollars(usd, env.language)]),
  ];
  return {
    ...{ id: attachment.id, name: attachmentName(attachment), facts: facts.join(' · ') },
    ...(isBlob ? blobParts(attachment) : { kind: 'text', detail: '' }),
  };
}

function blobParts({
  block,
  scaledFrom,
}: BlobAttachment): Pick<AttachmentView, 'kind' | 'detail' | 'sha256'> {
  const notes = [measures(block), ...(scaledFrom ? scaledNotes(scaledFrom) : [])];
  return {
    ...{ kind: block.type, detail: notes.filter(Boolean).join('\n') },
    ...(block.type === 'image' && { sha256: block.data.sha256 }),
  };
}

function measures(block: ImageBlock | DocumentBlock): string {
  if (block.type === 'document')
    return block.pages === undefined ? '' : l10n.t('Pages: {0}', formatNumber(block.pages));
  const { width, height } = block;
  return width === undefined || height === undefined ? '' : pixels(width, height);
}

function pixels(width: number, height: number): string {
  return l10n.t('{0} × {1} px', formatNumber(width), formatNumber(height));
}

function scaledNotes({
  width,
  height,
  size,
  isFirstFrame,
}: NonNullable<BlobAttachment['scaledFrom']>): readonly string[] {
  return [
    l10n.t('Made to fit Bedrock’s limits. Before: {0}, {1}.', pixels(width, height), formatBytes(size)),
    ...(isFirstFrame ? [l10n.t('It was animated. This is its first picture.')] : []),
  ];
}
