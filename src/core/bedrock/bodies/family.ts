// Which body a model takes, told by its ID.

/** The bodies that are known here: each is a file beside this one. */
export type Family = 'claudeMessages' | 'claudeText' | 'titanText';

/** ARNs that hold the ID of the model, or of the one that it was made from. */
const naming = /^arn:[^:]*:bedrock:[^:]*:[^:]*:(?:foundation-model|inference-profile|custom-model)\/([^/]+)/;

/** An inference profile's geography: `us.`, `global.`, `us-gov.` and those that AWS adds one day. */
const geography = /^(?:[a-z]{2,6}(?:-[a-z]{2,6})?\.)?/.source;

/** The first that fits tells. */
const families: readonly (readonly [RegExp, Family])[] = [
  [new RegExp(`${geography}anthropic\\.claude-(?:v[12]|instant)`), 'claudeText'],
  [new RegExp(`${geography}anthropic\\.claude-`), 'claudeMessages'],
  [new RegExp(`${geography}amazon\\.titan-text-`), 'titanText'],
];

/** The family of a model ID, an inference profile ID or an ARN; undefined where it does not tell one. */
export function familyOf(id: string): Family | undefined {
  const model = id.startsWith('arn:') ? (naming.exec(id)?.[1] ?? '') : id;
  return families.find(([pattern]) => pattern.test(model))?.[1];
}
