// Suggests inference profiles for a model in a region, and successors of retired models.
import { type Geography, splitId } from '../core/bedrock/geographies';
import { baseIdOf, profileIdOf } from '../core/bedrock/modelId';
import { fitsRegion } from './modelIds';

/**
 * Since Claude 4.5 and Nova 2 there are profiles of single countries in Asia, and none for all of Asia; before that it
 * was the other way round. These, and Claude Sonnet 4, also have global profiles.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html (November 2026)
 */
const hasCountryProfiles = /^anthropic\.claude-[a-z]+-(4-[5-9]|[5-9])|^amazon\.nova-2-/;
const hasGlobalProfile = /^anthropic\.claude-([a-z]+-(4-[5-9]|[5-9])|sonnet-4-2)|^amazon\.nova-2-/;
/** The few models with a profile for India. */
const hasIndiaProfile = /^anthropic\.claude-(haiku-4-5-|(opus|sonnet)-5$)/;

/**
 * The IDs of inference profiles by which `model`, an ID or ARN of a foundation model, can be called from `region`. The
 * one of the region's geography comes first, since it keeps the prompt there. Empty if none is known.
 */
export function profilesFor(model: string, region: string): readonly string[] {
  const base = baseIdOf(model);
  if (!base) return [];
  const near: readonly Geography[] = hasCountryProfiles.test(base)
    ? ['us', 'us-gov', 'eu', 'jp', 'au', ...(hasIndiaProfile.test(base) ? (['in'] as const) : []), 'ca']
    : ['us', 'us-gov', 'eu', 'apac', 'ca'];
  // In Canada, Canada's profile comes before that of the United States.
  const order = region.startsWith('ca-') ? near.toReversed() : near;
  const isGlobal = hasGlobalProfile.test(base) && !region.startsWith('us-gov-');
  const offered: readonly Geography[] = [...order, ...(isGlobal ? (['global'] as const) : [])];
  return offered
    .map((geography) => `${geography}.${base}`)
    .filter((id) => id !== model && fitsRegion(id, region));
}

/** The successors of model families, as AWS or the vendor names them. */
const successors: readonly (readonly [RegExp, string])[] = [
  [/^anthropic\.claude-(3-opus|opus-4-(2|1-))/, 'anthropic.claude-opus-4-8'],
  [/^anthropic\.claude-(instant|3(-5)?-haiku)/, 'anthropic.claude-haiku-4-5-20251001-v1:0'],
  [/^anthropic\.claude-(v[12]|3(-[57])?-sonnet|sonnet-4-2)/, 'anthropic.claude-sonnet-4-6'],
  [/^amazon\.(titan-text|titan-tg1|nova-(micro|lite|pro|premier)-v1)/, 'amazon.nova-2-lite-v1:0'],
  [/^meta\.llama[23]/, 'meta.llama4-maverick-17b-instruct-v1:0'],
  [/^mistral\.mistral-(7b|small|large-2)|^mistral\.mixtral/, 'mistral.mistral-large-3-675b-instruct'],
  [/^deepseek\.(r1|v3-v1)/, 'deepseek.v3.2'],
];

/** Successors that are called by their own ID, without a profile. */
const onDemand = /^(mistral|deepseek)\./;

/** The IDs of the successor of `model` that can be called from `region`; empty if none is known. */
export function successorsOf(model: string, region: string): readonly string[] {
  const profile = profileIdOf(model);
  if (profile === undefined) return [];
  const { geography, base } = splitId(profile);
  const successor = successors.find(([family]) => family.test(base))?.[1];
  if (successor === undefined) return [];
  if (onDemand.test(successor)) return [successor];
  const profiles = profilesFor(successor, region);
  // Keep the geography of the given ID.
  return profiles
    .filter((id) => geography !== undefined && splitId(id).geography === geography)
    .concat(profiles)
    .slice(0, 1);
}
