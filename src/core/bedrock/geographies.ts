// The table of geographies: the prefixes of inference profile IDs, such as `us.` and `global.`.

/**
 * The source regions of each geography. `us.` takes requests from Canada too, `apac.` from the United Arab Emirates,
 * `au.` from New Zealand.
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

/** Model providers on Bedrock: the first part of a foundation model ID. From the model cards of November 2026. */
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

/** The form of geographies that AWS may add: `kr`, `us-gov`. */
const geographyPattern = /^[a-z]{2,6}(-[a-z]{2,6})?$/;

/** An ID, split into the geography of an inference profile, if it has one, and the foundation model ID. */
export interface SplitId {
  readonly geography?: string;
  readonly base: string;
}

/**
 * Splits an ID that is no ARN. An unknown geography is accepted before a known vendor, and an unknown vendor after a
 * known geography.
 */
export function splitId(id: string): SplitId {
  const [first = '', second = '', ...rest] = id.split('.');
  const isGeography =
    rest.length > 0 &&
    (Object.hasOwn(geographies, first) || (geographyPattern.test(first) && vendors.has(second)));
  return isGeography ? { geography: first, base: id.slice(first.length + 1) } : { base: id };
}

/** Whether an inference profile of `geography` can be called from `region`; true for an unknown geography. */
export function isAskedFrom(geography: string, region: string): boolean {
  return Object.hasOwn(geographies, geography) ? geographies[geography as Geography].test(region) : true;
}
