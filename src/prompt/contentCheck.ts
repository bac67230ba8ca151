// Asks before pictures and documents are sent that the model, its API or Bedrock does not take.
import { l10n } from 'vscode';
import { hasPlaceFor, isSentAsOneText } from '../core/bedrock/codecs';
import { type Message, blobsIn, textOf } from '../core/model/content';
import type { Target } from '../core/model/request';
import type { Capability } from '../core/model/capabilities';
import { documentLimits, maxRequestSize, pictureLimits } from '../core/content/limits';
import { formatBytes, formatNumber } from '../ui/format';
import type { AskUser } from '../ui/messages';
import { plainText } from '../util/plainText';

export type ContentDecision = 'send' | 'useConverse' | 'selectModel' | 'cancel';

export interface ContentCheckContext {
  readonly target: Target;
  /** The name of the model. */
  readonly model: string;
  /** Whether the model takes something; undefined if that is not known: Bedrock then decides. */
  readonly takes: (capability: Capability) => boolean | undefined;
}

/** One question for all findings. `ask` shows a message with buttons. */
export async function checkContent(
  messages: readonly Message[],
  context: ContentCheckContext,
  ask: AskUser,
): Promise<ContentDecision> {
  const refused = refusedByModel(messages, context);
  const unplaced = unplacedInBody(messages, context);
  const byModel = [refused, unplaced].filter((finding) => finding !== undefined);
  const findings = [...byModel, ...beyondLimits(messages)];
  if (findings.length === 0) return 'send';
  const useConverse = l10n.t('Use Converse');
  const selectModel = l10n.t('Select Model…');
  const sendAnyway = l10n.t('Send Anyway');
  // What has no place in the model's own body cannot be sent.
  const canBeSent = hasPlaceForAll(messages, context.target);
  const chosen = await ask(
    findings.join(' '),
    ...(unplaced === undefined ? [] : [useConverse]),
    ...(byModel.length > 0 ? [selectModel] : []),
    ...(canBeSent ? [sendAnyway] : []),
    l10n.t('Cancel'),
  );
  if (chosen === sendAnyway) return 'send';
  if (chosen === useConverse) return 'useConverse';
  return chosen === selectModel ? 'selectModel' : 'cancel';
}

function hasPlaceForAll(messages: readonly Message[], target: Target): boolean {
  return blobsIn(messages).every(
    (block) => !isSentAsOneText(target) && (block.type === 'image' || hasPlaceFor(block.format, target)),
  );
}

/** undefined if the body of the target's API has a place for everything that the model takes. */
function unplacedInBody(
  messages: readonly Message[],
  { target, model, takes }: ContentCheckContext,
): string | undefined {
  if (isSentAsOneText(target) || takes('documents') === false || hasPlaceForAll(messages, target))
    return undefined;
  return l10n.t(
    '{0} takes Word and Excel documents only through Converse (setting request.api), and the conversation has some.',
    plainText(model),
  );
}

/** undefined if the model takes everything, as far as is known. */
function refusedByModel(
  messages: readonly Message[],
  { target, model: name, takes }: ContentCheckContext,
): string | undefined {
  const model = plainText(name);
  const refuses = (what: 'image' | 'document', capability: Capability) =>
    blobsIn(messages).some(({ type }) => type === what) &&
    (isSentAsOneText(target) || takes(capability) === false);
  const [pictures, documents] = [refuses('image', 'images'), refuses('document', 'documents')];
  if (pictures && documents)
    return l10n.t('{0} doesn’t take pictures and documents, and the conversation has some.', model);
  if (pictures) return l10n.t('{0} doesn’t take pictures, and the conversation has some.', model);
  return documents ? l10n.t('{0} doesn’t take documents, and the conversation has some.', model) : undefined;
}

/** What Bedrock may refuse, with the numbers: earlier prompts count too, since they are sent again. */
function beyondLimits(messages: readonly Message[]): readonly string[] {
  const blocks = blobsIn(messages);
  const count = (what: 'image' | 'document') => blocks.filter(({ type }) => type === what).length;
  const [pictures, documents, size] = [count('image'), count('document'), requestSize(messages)];
  return [
    ...(pictures > pictureLimits.count
      ? [
          l10n.t(
            'With the earlier prompts, {0} pictures are sent. Bedrock takes up to {1}.',
            formatNumber(pictures),
            formatNumber(pictureLimits.count),
          ),
        ]
      : []),
    ...(documents > documentLimits.count
      ? [
          l10n.t(
            'With the earlier prompts, {0} documents are sent. Bedrock takes up to {1}.',
            formatNumber(documents),
            formatNumber(documentLimits.count),
          ),
        ]
      : []),
    ...(size > maxRequestSize
      ? [
          l10n.t(
            'The request would have about {0}. Bedrock takes up to {1}.',
            formatBytes(size),
            formatBytes(maxRequestSize),
          ),
        ]
      : []),
  ];
}

/** About the bytes of the request: pictures and documents are sent in base64, each time they are in it. */
function requestSize(messages: readonly Message[]): number {
  const blobs = blobsIn(messages).reduce((sum, { data }) => sum + 4 * Math.ceil(data.size / 3), 0);
  return messages.reduce((sum, message) => sum + new TextEncoder().encode(textOf(message)).length, blobs);
}
