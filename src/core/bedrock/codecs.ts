// The bodies of a model's own, a row for every family.
import { BodyUnknown } from '../model/errors';
import { isRecord } from '../gateway/response';
import type { Parameters, Request, Target, Family } from '../model/request';
import { claudeMessages } from './bodies/claudeMessages';
import { claudeText } from './bodies/claudeText';
import type { Codec, Fields } from './bodies/codec';
import { familyOf } from './family';
import { titanText } from './bodies/titanText';

const codecs: { readonly [F in Family]: Codec } = { claudeMessages, claudeText, titanText };

/** What the user states about a model goes before what its ID tells. */
function familyFor({ model, body }: Target): Family | undefined {
  return body ?? familyOf(model);
}

/** @throws BodyUnknown when nothing tells which body the model takes. */
export function codecFor(target: Target): Codec {
  const family = familyFor(target);
  if (family === undefined) throw new BodyUnknown();
  return codecs[family];
}

/** The body that carries `request`, with the user's additional fields at its top, where the user's win. */
export function bodyFor({ target, messages, parameters }: Request): Fields {
  const { limit, body } = codecFor(target);
  const built = {
    ...body(messages, withoutEmpty(parameters)),
    ...(limit && { [limit.field]: limit.tokens(parameters) }),
  };
  return merged(built, parameters.additionalFields ?? {});
}

/** Without what is there but empty, which counts as not set. */
function withoutEmpty({ systemPrompt, stopSequences, ...rest }: Parameters): Parameters {
  return {
    ...rest,
    ...(systemPrompt && { systemPrompt: systemPrompt.toWellFormed() }),
    ...(stopSequences?.length && { stopSequences }),
  };
}

/**
 * The limit of tokens that `request` carries because its body requires one; undefined when its body requires
 * none, or is not known.
 */
export function requiredLimit({ target, parameters }: Request): number | undefined {
  const family = target.api === 'invoke' ? familyFor(target) : undefined;
  const limit = family && codecs[family].limit;
  if (!limit) return undefined;
  const own = parameters.additionalFields?.[limit.field];
  return typeof own === 'number' ? own : limit.tokens(parameters);
}

/** Objects in both are merged, so that a field in one does not take with it the others that were set. */
function merged(defaults: Fields, users: Fields): Fields {
  const entries = Object.entries(users).map(([name, value]) => {
    const ours = defaults[name];
    return [name, isRecord(value) && isRecord(ours) ? merged(ours, value) : value] as const;
  });
  return { ...defaults, ...Object.fromEntries(entries) };
}
