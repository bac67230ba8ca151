// Advice for prompts and replies that guardrails or data loss prevention blocked, and what their policies did.
import { l10n } from 'vscode';
import type { GuardrailPolicy } from '../core/model/guardrail';
import type { DataLossFinding } from '../core/model/requestIds';
import { type AdviceRows, advice } from './row';

const listed = (names: readonly string[]) => names.map((name) => l10n.t('“{0}”', name)).join(', ');

export const guardrailAdvice = {
  guardrailIntervened: ({ policies = [] }) =>
    advice(
      l10n.t('Blocked by a Bedrock guardrail'),
      [
        ...policiesText(policies.filter(({ action }) => action === 'blocked')),
        l10n.t('You see the guardrail’s own text in place of the model’s.'),
      ].join(' '),
    ),
  guardrailNotFound: ({ guardrail, region = '' }) => ({
    ...advice(
      l10n.t('Bedrock does not accept the guardrail'),
      guardrail
        ? l10n.t(
            'The setting request.guardrail names {0}, version {1}. The guardrail and this version must exist in {2}, the region of the model.',
            guardrail.identifier,
            guardrail.version,
            region,
          )
        : l10n.t(
            'The setting request.guardrail names no guardrail. Check whether request.additionalFields does.',
          ),
      'openSettings',
    ),
    setting: guardrail ? 'request.guardrail' : 'request.additionalFields',
  }),
  guardrailDenied: ({ guardrail }) => ({
    ...advice(
      l10n.t('AWS does not let you use the guardrail'),
      l10n.t(
        'The identity needs the permission bedrock:ApplyGuardrail for it. The AWS account’s administrator can grant that.',
      ),
      ...(guardrail ? (['openSettings'] as const) : []),
      'setCredentials',
    ),
    setting: 'request.guardrail',
  }),
  gatewayGuardrail: ({ blocked }) =>
    advice(
      l10n.t('Blocked by the gateway’s guardrails'),
      blocked === 'prompt'
        ? l10n.t('The gateway’s content rules block this prompt. It did not reach the model.')
        : blocked === 'reply'
          ? l10n.t('The model answered, but the gateway’s content rules block its reply. AWS charges for it.')
          : l10n.t('The gateway’s content rules block this prompt or its reply.'),
    ),
  gatewayDataLossPrevention: ({ blocked, dataLoss }) =>
    advice(
      l10n.t('Blocked by data loss prevention'),
      [
        blocked === 'prompt'
          ? l10n.t('The gateway found protected data in the prompt. The prompt did not reach the model.')
          : blocked === 'reply'
            ? l10n.t('The gateway found protected data in the reply. AWS charges for the reply.')
            : l10n.t('The gateway found protected data in the prompt or the reply.'),
        ...(dataLoss ? dataLossText(dataLoss) : []),
      ].join(' '),
    ),
} satisfies AdviceRows;

/** A sentence with the gateway's policies and profiles that matched; none if the finding names none. */
export function dataLossText({ policies, profiles }: DataLossFinding): string[] {
  if (policies.length === 0 && profiles.length === 0) return [];
  if (policies.length === 0) return [l10n.t('It matched the profile {0}.', listed(profiles))];
  return profiles.length === 0
    ? [l10n.t('The policy is {0}.', listed(policies))]
    : [l10n.t('The policy is {0}; it matched the profile {1}.', listed(policies), listed(profiles))];
}

/** What the policies did: one sentence for each combination of prompt or reply with blocked, masked or noticed. */
export function policiesText(policies: readonly GuardrailPolicy[]): string[] {
  return (['prompt', 'reply'] as const).flatMap((where) =>
    (['blocked', 'masked', 'noticed'] as const).flatMap((action) => {
      const names = policies
        .filter((policy) => policy.where === where && policy.action === action)
        .map((policy) => policyName[policy.kind](policy.name));
      return names.length > 0 ? [sentences[where][action](names.join(', '))] : [];
    }),
  );
}

const sentences: {
  readonly [W in GuardrailPolicy['where']]: {
    readonly [A in GuardrailPolicy['action']]: (names: string) => string;
  };
} = {
  prompt: {
    blocked: (names) => l10n.t('It blocked the prompt: {0}.', names),
    masked: (names) => l10n.t('It masked parts of the prompt: {0}.', names),
    noticed: (names) => l10n.t('It detected in the prompt, and allowed: {0}.', names),
  },
  reply: {
    blocked: (names) => l10n.t('It blocked the reply: {0}.', names),
    masked: (names) => l10n.t('It masked parts of the reply: {0}.', names),
    noticed: (names) => l10n.t('It detected in the reply, and allowed: {0}.', names),
  },
};

const policyName: { readonly [K in GuardrailPolicy['kind']]: (name: string | undefined) => string } = {
  topic: (name = '') => l10n.t('denied topic “{0}”', name),
  content: (name = '') => l10n.t('content filter “{0}”', filterNames.get(name)?.() ?? name),
  word: (name) => (name === 'PROFANITY' ? l10n.t('word filter (profanity)') : l10n.t('word filter')),
  sensitiveInformation: (name) =>
    name === undefined ? l10n.t('sensitive information') : l10n.t('sensitive information “{0}”', name),
  grounding: (name) =>
    name === 'RELEVANCE'
      ? l10n.t('contextual grounding (relevance)')
      : l10n.t('contextual grounding (grounding)'),
  reasoning: () => l10n.t('automated reasoning'),
};

const filterNames: ReadonlyMap<string, () => string> = new Map([
  ['HATE', () => l10n.t('hate')],
  ['INSULTS', () => l10n.t('insults')],
  ['SEXUAL', () => l10n.t('sexual')],
  ['VIOLENCE', () => l10n.t('violence')],
  ['MISCONDUCT', () => l10n.t('misconduct')],
  ['PROMPT_ATTACK', () => l10n.t('prompt attack')],
]);
