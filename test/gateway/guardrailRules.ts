// The stand-in's guardrail and its rules.

export interface GuardrailRule {
  /** The policy and the list in Bedrock's assessment. */
  readonly policy: string;
  readonly list: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly matches: RegExp;
  readonly sides: readonly ('input' | 'output')[];
  readonly action: 'BLOCKED' | 'ANONYMIZED' | 'NONE';
  /** Whether the assessment repeats the matched text. */
  readonly quotes: boolean;
}

export const blockedMessages = {
  input: 'Sorry, the stand-in guardrail does not let this question pass.',
  output: 'Sorry, the stand-in guardrail does not let this answer pass.',
};

const rule = (
  policy: string,
  list: string,
  fields: GuardrailRule['fields'],
  matches: RegExp,
  sides: GuardrailRule['sides'],
  { action = 'BLOCKED', quotes = false }: Partial<Pick<GuardrailRule, 'action' | 'quotes'>> = {},
): GuardrailRule => ({ policy, list, fields, matches, sides, action, quotes });

const strong = { confidence: 'HIGH', filterStrength: 'HIGH' };
const both = ['input', 'output'] as const;

const rules: readonly GuardrailRule[] = [
  rule('topicPolicy', 'topics', { name: 'Fiduciary Advice', type: 'DENY' }, /which stocks/gi, ['input']),
  rule('contentPolicy', 'filters', { type: 'VIOLENCE', ...strong }, /punch somebody/gi, ['input']),
  rule('contentPolicy', 'filters', { type: 'PROMPT_ATTACK', ...strong }, /ignore all instructions/gi, [
    'input',
  ]),
  rule('wordPolicy', 'customWords', {}, /cactus/gi, both, { quotes: true }),
  rule('wordPolicy', 'managedWordLists', { type: 'PROFANITY' }, /darn/gi, ['input'], { quotes: true }),
  rule('sensitiveInformationPolicy', 'piiEntities', { type: 'PASSWORD' }, /hunter2/g, ['input'], {
    quotes: true,
  }),
  rule('sensitiveInformationPolicy', 'piiEntities', { type: 'EMAIL' }, /[\w.]+@[\w.]+\w/g, ['output'], {
    action: 'ANONYMIZED',
    quotes: true,
  }),
  rule(
    'sensitiveInformationPolicy',
    'regexes',
    { name: 'Badge number', regex: 'BADGE-[0-9]{4}' },
    /BADGE-\d{4}/g,
    ['output'],
    { quotes: true },
  ),
  rule('sensitiveInformationPolicy', 'piiEntities', { type: 'AGE' }, /aged \d+/g, ['output'], {
    action: 'NONE',
    quotes: true,
  }),
  rule(
    'contextualGroundingPolicy',
    'filters',
    { type: 'GROUNDING', threshold: 0.7, score: 0.2 },
    /out of thin air/gi,
    ['output'],
  ),
];

export const standInGuardrails = [{ id: 'standinguardrail', versions: ['DRAFT', '1', '2'], rules }];
