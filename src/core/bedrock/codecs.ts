// The codecs for models' own request formats, one for each family.
import { isInClaudesBody } from '../content/blockKinds';
import type { DocumentFormat } from '../model/content';
import { BodyUnknown, ContentNotSupported } from '../model/errors';
import { isRecord } from '../gateway/response';
import type { Parameters, Request, Target, Family } from '../model/request';
import { claudeMessages } from './bodies/claudeMessages';
import { claudeText } from './bodies/claudeText';
import type { Codec, Fields } from './bodies/codec';
import type { BytesOf } from './bodies/writeContent';
import { familyOf } from './family';
import { titanText } from './bodies/titanText';

const codecs: { readonly [F in Family]: Codec } = { claudeMessages, claudeText, titanText };

/** The user's setting takes precedence over the model's ID. */
function familyFor({ model, body }: Target): Family | undefined {
  return body ?? familyOf(model);
}

/** @throws BodyUnknown if the model's format is not known. */
export function codecFor(target: Target): Codec {
  const family = familyFor(target);
  if (family === undefined) throw new BodyUnknown();
  return codecs[family];
}

/** Whether the model's own format has no messages with roles, so that a conversation becomes one text. */
export function isSentAsOneText(target: Target): boolean {
  const family = target.api === 'invoke' ? familyFor(target) : undefined;
  return family === 'claudeText' || family === 'titanText';
}

/** Whether a request to `target` has a place for a document of this format. Converse has one for all. */
export function hasPlaceFor(format: DocumentFormat, target: Target): boolean {
  const family = target.api === 'invoke' ? familyFor(target) : undefined;
  return family !== 'claudeMessages' || isInClaudesBody(format);
}

/**
 * The request body for `request`. The user's additional fields are merged into it and take precedence.
 * @throws BodyUnknown if the model's format is not known.
 * @throws ContentNotSupported if the format does not take what is attached.
 */
export function bodyFor(
  { target, messages, parameters, tools, cachePoints }: Request,
  bytesOf?: BytesOf,
): Fields {
  const { limit, body } = codecFor(target);
  const other = messages.flatMap(({ content }) => content).find(({ type }) => type !== 'text');
  if (isSentAsOneText(target) && (other || tools)) throw new ContentNotSupported(other?.type ?? 'tools');
  const extras = {
    ...(tools && { tools }),
    ...(cachePoints && { cachePoints }),
    ...(bytesOf && { bytesOf }),
  };
  const built = {
    ...body(messages, withoutEmpty(parameters), extras),
    ...(limit && { [limit.field]: limit.tokens(parameters) }),
  };
  return merged(built, parameters.additionalFields ?? {});
}

/** Without empty parameters, which count as not set. */
function withoutEmpty({ systemPrompt, stopSequences, ...rest }: Parameters): Parameters {
  return {
    ...rest,
    ...(systemPrompt && { systemPrompt: systemPrompt.toWellFormed() }),
    ...(stopSequences?.length && { stopSequences }),
  };
}

/**
 * The token limit that `request` carries because the model's format requires one; undefined if it requires none, or is
 * not known.
 */
export function requiredLimit({ target, parameters }: Request): number | undefined {
  const family = target.api === 'invoke' ? familyFor(target) : undefined;
  const limit = family && codecs[family].limit;
  if (!limit) return undefined;
  const usersLimit = parameters.additionalFields?.[limit.field];
  return typeof usersLimit === 'number' ? usersLimit : limit.tokens(parameters);
}

/** Merges recursively, so that a field of the user's does not remove others beside it. */
function merged(defaults: Fields, users: Fields): Fields {
  const entries = Object.entries(users).map(([name, value]) => {
    const ours = defaults[name];
    return [name, isRecord(value) && isRecord(ours) ? merged(ours, value) : value] as const;
  });
  return { ...defaults, ...Object.fromEntries(entries) };
}
