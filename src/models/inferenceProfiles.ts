// Under which IDs a model can be asked from a region, and what has taken the place of one that AWS has retired.
import { type Geography, splitId } from '../core/bedrock/geographies';
import { baseIdOf, profileIdOf } from '../core/bedrock/modelId';
import { fitsRegion } from './modelIds';

/**
 * Since Claude 4.5 and Nova 2 there are profiles of single countries, and none of all of Asia; before it was
 * the other way round. Those, and Claude Sonnet 4, can also be asked by a global profile.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html (November 2026)
 */
const ofCountries = /^anthropic\.claude-[a-z]+-(4-[5-9]|[5-9])|^amazon\.nova-2-/;
const worldwide = /^anthropic\.claude-([a-z]+-(4-[5-9]|[5-9])|sonnet-4-2)|^amazon\.nova-2-/;
/** Few have a profile of India's. */
const ofIndia = /^anthropic\.claude-(haiku-4-5-|(opus|sonnet)-5$)/;

/**
 * The IDs of inference profiles by which `model`, an ID or ARN of a foundation model, may be asked from `region`:
 * that of the geography first, which keeps the prompt in it. Empty where none is known.
 */
export function profilesFor(model: string, region: string): readonly string[] {
  const base = baseIdOf(model);
  if (!base) return [];
  const near: readonly Geography[] = ofCountries.test(base)
    ? ['us', 'us-gov', 'eu', 'jp', 'au', ...(ofIndia.test(base) ? (['in'] as const) : []), 'ca']
    : ['us', 'us-gov', 'eu', 'apac', 'ca'];
  // Canada's own comes before that of the United States.
  const order = region.startsWith('ca-') ? near.toReversed() : near;
  const isGlobal = worldwide.test(base) && !region.startsWith('us-gov-');
  const offered: readonly Geography[] = [...order, ...(isGlobal ? (['global'] as const) : [])];
  return offered
    .map((geography) => `${geography}.${base}`)
    .filter((id) => id !== model && fitsRegion(id, region));
}

/**
 * What AWS, or the model's maker, names as the successor of a family.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/model-lifecycle.html and
 * https://platform.claude.com/docs/en/about-claude/model-deprecations (November 2026)
 */
const successors: readonly (readonly [RegExp, string])[] = [
  [/^anthropic\.claude-(3-opus|opus-4-(2|1-))/, 'anthropic.claude-opus-4-8'],
  [/^anthropic\.claude-(instant|3(-5)?-haiku)/, 'anthropic.claude-haiku-4-5-20251001-v1:0'],
  [/^anthropic\.claude-(v[12]|3(-[57])?-sonnet|sonnet-4-2)/, 'anthropic.claude-sonnet-4-6'],
  [/^amazon\.(titan-text|titan-tg1|nova-(micro|lite|pro|premier)-v1)/, 'amazon.nova-2-lite-v1:0'],
  [/^meta\.llama[23]/, 'meta.llama4-maverick-17b-instruct-v1:0'],
  [/^mistral\.mistral-(7b|small|large-2)|^mistral\.mixtral/, 'mistral.mistral-large-3-675b-instruct'],
  [/^deepseek\.(r1|v3-v1)/, 'deepseek.v3.2'],
];

/** Successors that are asked by their own ID, with no profile. */
const onDemand = /^(mistral|deepseek)\./;

/** The IDs of what has taken the place of `model`, as far as they can be asked from `region`; empty where none is known. */
export function successorsOf(model: string, region: string): readonly string[] {
  const profile = profileIdOf(model);
  if (profile === undefined) return [];
  const { geography, base } = splitId(profile);
  const successor = successors.find(([family]) => family.test(base))?.[1];
  if (successor === undefined) return [];
  if (onDemand.test(successor)) return [successor];
  const profiles = profilesFor(successor, region);
  // Whoever asked for a geography keeps it.
  return profiles
    .filter((id) => geography !== undefined && splitId(id).geography === geography)
    .concat(profiles)
    .slice(0, 1);
}
