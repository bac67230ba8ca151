// The one table of geographies: the beginnings of inference profiles' IDs, such as `us.` and `global.`.

/**
 * From which regions each geography can be asked. `us.` takes requests from Canada too, `apac.` from the United Arab
 * Emirates, `au.` from New Zealand.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/models-region-compatibility.md and the model cards beside it
 * (October 2026); `in.` by the model cards of Claude Haiku 4.5 and Sonnet 5.
 */
export const geographies = {
  us: /^(us-(?!gov-)|ca-)/,
  'us-gov': /^us-gov-/,
  eu: /^eu-/,
  apac: /^(ap-|me-central-1$)/,
  jp: /^ap-northeast-[13]$/,
  au: /^ap-southeast-[246]$/,
  in: /^ap-south-[12]$/,
  ca: /^ca-/,
  global: /^/,
} as const satisfies Readonly<Record<string, RegExp>>;

export type Geography = keyof typeof geographies;

/** Whoever has models on Bedrock: the first part of a foundation model's ID. The cards of November 2026. */
const vendors: ReadonlySet<string> = new Set([
  ...['ai21', 'amazon', 'anthropic', 'cohere', 'deepseek', 'google', 'luma', 'meta', 'minimax', 'mistral'],
  ...[
    'moonshot',
    'moonshotai',
    'nvidia',
    'openai',
    'qwen',
    'stability',
    'twelvelabs',
    'writer',
    'xai',
    'zai',
  ],
]);

/** What a geography looks like that AWS adds one day: `kr`, `us-gov`. */
const geographyPattern = /^[a-z]{2,6}(-[a-z]{2,6})?$/;

/** An ID in two: the geography of an inference profile, if it begins with one, and the foundation model's own ID. */
export interface SplitId {
  readonly geography?: string;
  readonly base: string;
}

/**
 * Splits an ID that is no ARN. A geography that the table does not have is told by the vendor behind it; a vendor
 * that is not known here is believed behind a geography of the table.
 */
export function splitId(id: string): SplitId {
  const [first = '', second = '', ...rest] = id.split('.');
  const isGeography =
    rest.length > 0 &&
    (Object.hasOwn(geographies, first) || (geographyPattern.test(first) && vendors.has(second)));
  return isGeography ? { geography: first, base: id.slice(first.length + 1) } : { base: id };
}

/** Whether an inference profile of `geography` can be asked from `region`; true where the table does not know. */
export function isAskedFrom(geography: string, region: string): boolean {
  return Object.hasOwn(geographies, geography) ? geographies[geography as Geography].test(region) : true;
}
