// Derives the request format of a model from its ID.
import { splitId } from './geographies';
import type { Family } from '../model/request';
import { baseIdOf, parseArn } from './modelId';

/** The first match counts. */
const families: readonly (readonly [RegExp, Family])[] = [
  [/^anthropic\.claude-(?:v[12]|instant)/, 'claudeText'],
  [/^anthropic\.claude-/, 'claudeMessages'],
  [/^amazon\.titan-text-/, 'titanText'],
];

/** The family of a model ID, an inference profile ID or an ARN; undefined if it cannot be derived. */
export function familyOf(id: string): Family | undefined {
  const model = baseIdOf(id) ?? customisedFrom(id) ?? '';
  return families.find(([pattern]) => pattern.test(model))?.[1];
}

/** The base model of a custom model, which its ARN names. */
function customisedFrom(id: string): string | undefined {
  const arn = parseArn(id);
  return arn?.kind === 'custom-model' ? splitId(arn.resource).base : undefined;
}
