// Suggests inference profiles for a model in a region, and successors of retired models.
import { type Geography, splitId } from '../core/bedrock/geographies';
import { baseIdOf, profileIdOf } from '../core/bedrock/modelId';
import { modelFacts, successorsInCatalogue } from './modelFacts';
import { fitsRegion } from './modelIds';

/**
 * Since Claude 4.5 and Nova 2 there are profiles of single countries in Asia, and none for all of Asia; before that it
 * was the other way round. These also have global profiles. A rule for models that the catalogue does not have.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html (November 2026)
 */
const recentModels = /^anthropic\.claude-[a-z]+-(4-[5-9]|[5-9])|^amazon\.nova-[2-9]-/;

function likelyGeographies(base: string): readonly Geography[] {
  return recentModels.test(base)
    ? ['us', 'us-gov', 'eu', 'jp', 'au', 'ca', 'global']
    : ['us', 'us-gov', 'eu', 'apac', 'ca'];
}

/**
 * The IDs of inference profiles by which `model`, an ID or ARN of a foundation model, can be called from `region`. The
 * one of the region's geography comes first, since it keeps the prompt there. Empty if none is known.
 */
export function profilesFor(model: string, region: string): readonly string[] {
  const base = baseIdOf(model);
  if (!base) return [];
  const all = modelFacts(base)?.geographies ?? likelyGeographies(base);
  const near = all.filter((geography) => geography !== 'global');
  // In Canada, Canada's profile comes before that of the United States.
  const order = region.startsWith('ca-') ? near.toReversed() : near;
  const isGlobal = near.length < all.length && !region.startsWith('us-gov-');
  const offered: readonly Geography[] = [...order, ...(isGlobal ? (['global'] as const) : [])];
  return offered
    .map((geography) => `${geography}.${base}`)
    .filter((id) => id !== model && fitsRegion(id, region));
}

/** The successors of model families, for models that the catalogue does not have, as AWS or the vendor names them. */
const successorsOfFamilies: readonly (readonly [RegExp, string])[] = [
  [/^anthropic\.claude-3-opus/, 'anthropic.claude-opus-4-8'],
  [/^anthropic\.claude-instant/, 'anthropic.claude-haiku-4-5-20251001-v1:0'],
  [/^anthropic\.claude-v\d/, 'anthropic.claude-sonnet-4-6'],
  [/^amazon\.titan-(text|tg1)/, 'amazon.nova-2-lite-v1:0'],
  [/^meta\.llama[23]/, 'meta.llama4-maverick-17b-instruct-v1:0'],
  [/^mistral\.mistral-(7b|small|large-2)|^mistral\.mixtral/, 'mistral.mistral-large-3-675b-instruct'],
  [/^deepseek\.(r1|v3-v1)/, 'deepseek.v3.2'],
];

/** The foundation models that came after one, the latest first. */
function successorsByAge(base: string): readonly string[] {
  const facts = modelFacts(base);
  if (facts)
    return successorsInCatalogue(facts)
      .map(({ id }) => id)
      .toReversed();
  const successor = successorsOfFamilies.find(([family]) => family.test(base))?.[1];
  return successor === undefined ? [] : [...successorsByAge(successor), successor];
}

/** The ID by which a successor of `model` can be called from `region`: one or none. */
export function successorsOf(model: string, region: string): readonly string[] {
  const profile = profileIdOf(model);
  if (profile === undefined) return [];
  const { geography, base } = splitId(profile);
  const callable = successorsByAge(base).flatMap((id) =>
    modelFacts(id)?.geographies.length === 0 ? [id] : profilesFor(id, region),
  );
  // The geography of the given ID rather than the latest model: it decides where the prompt goes.
  const sameGeography = callable.filter(
    (id) => geography !== undefined && splitId(id).geography === geography,
  );
  return [...sameGeography, ...callable].slice(0, 1);
}
