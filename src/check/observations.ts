// The observed behaviour of a gateway that is documented nowhere, as questions and answers.
import { l10n } from 'vscode';
import type { GatewayQuirks } from '../core/model/ports';
import type { Authentication } from '../core/model/request';

type Answers = {
  readonly [K in keyof Required<GatewayQuirks>]: { readonly [V in Required<GatewayQuirks>[K]]: () => string };
};

const questions: { readonly [K in keyof Required<GatewayQuirks>]: () => string } = {
  stream: () => l10n.t('Does the gateway forward streams unchanged?'),
  colon: () => l10n.t('Does the gateway forward model IDs with “:” unchanged?'),
  signedHeaders: () => l10n.t('Does the gateway leave signed headers unchanged?'),
  apiKey: () => l10n.t('Does the gateway forward a Bedrock API key?'),
  streamCache: () => l10n.t('Does the cache keep streamed replies, if requested?'),
};

const answers: Answers = {
  stream: {
    intact: () => l10n.t('Yes'),
    whole: () => l10n.t('Yes, but all at once'),
    damaged: () => l10n.t('No: the extension requests replies without streaming'),
  },
  colon: {
    encoded: () => l10n.t('Yes'),
    literal: () => l10n.t('No: the extension signs the path that AWS receives'),
  },
  signedHeaders: {
    kept: () => l10n.t('Yes'),
    changed: () => l10n.t('No: AWS would reject a guardrail with “invoke”'),
  },
  apiKey: { passed: () => l10n.t('Yes'), removed: () => l10n.t('No') },
  streamCache: {
    kept: () => l10n.t('Yes'),
    notKept: () => l10n.t('No: set request.stream to “off” for replies from the cache'),
  },
};

/** Questions that are not relevant to an authentication method. */
const notRelevant: { readonly [A in Authentication]: readonly (keyof GatewayQuirks)[] } = {
  accessKeys: ['apiKey'],
  profile: ['apiKey'],
  apiKey: ['colon', 'signedHeaders'],
  gateway: ['colon', 'signedHeaders', 'apiKey'],
};

/** Every question with its answer, or “Not tested”. */
export function observationLines(
  quirks: GatewayQuirks,
  authentication: Authentication | undefined,
): readonly { readonly question: string; readonly answer: string }[] {
  return (Object.keys(questions) as (keyof GatewayQuirks)[]).map((name) => {
    const value = quirks[name];
    const answer =
      value === undefined ? undefined : (answers[name] as Record<string, () => string>)[value]?.();
    const notTested =
      authentication && notRelevant[authentication].includes(name)
        ? l10n.t('Not tested: not relevant to this authentication method')
        : l10n.t('Not tested');
    return { question: questions[name](), answer: answer ?? notTested };
  });
}
