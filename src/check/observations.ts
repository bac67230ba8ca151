// What is known of a gateway, of all that nobody documents: questions and answers.
import { l10n } from 'vscode';
import type { GatewayQuirks } from '../core/model/ports';
import type { Authentication } from '../core/model/request';

type Answers = {
  readonly [K in keyof Required<GatewayQuirks>]: { readonly [V in Required<GatewayQuirks>[K]]: () => string };
};

const questions: { readonly [K in keyof Required<GatewayQuirks>]: () => string } = {
  stream: () => l10n.t('Are streams passed on unchanged?'),
  colon: () => l10n.t('Are model IDs with “:” passed on unchanged?'),
  signedHeaders: () => l10n.t('Are signed headers left alone?'),
  apiKey: () => l10n.t('Is a Bedrock API key passed on?'),
  streamCache: () => l10n.t('Does the cache keep streamed replies, when asked to?'),
};

const answers: Answers = {
  stream: {
    intact: () => l10n.t('Yes'),
    whole: () => l10n.t('Yes, but in one piece'),
    damaged: () => l10n.t('No: replies are asked for whole'),
  },
  colon: {
    encoded: () => l10n.t('Yes'),
    literal: () => l10n.t('No: prompts are signed for what AWS sees'),
  },
  signedHeaders: {
    kept: () => l10n.t('Yes'),
    changed: () => l10n.t('No: a guardrail with “invoke” would be refused'),
  },
  apiKey: { passed: () => l10n.t('Yes'), removed: () => l10n.t('No') },
  streamCache: {
    kept: () => l10n.t('Yes'),
    notKept: () => l10n.t('No: set request.stream to “off” for replies from the cache'),
  },
};

/** Questions that a way of authenticating leaves open. */
const open: { readonly [A in Authentication]: readonly (keyof GatewayQuirks)[] } = {
  accessKeys: ['apiKey'],
  profile: ['apiKey'],
  apiKey: ['colon', 'signedHeaders'],
  gateway: ['colon', 'signedHeaders', 'apiKey'],
};

/** Every question, and its answer as far as `learned` has one. */
export function observationLines(
  quirks: GatewayQuirks,
  authentication: Authentication | undefined,
): readonly { readonly question: string; readonly answer: string }[] {
  return (Object.keys(questions) as (keyof GatewayQuirks)[]).map((name) => {
    const value = quirks[name];
    const known =
      value === undefined ? undefined : (answers[name] as Record<string, () => string>)[value]?.();
    const unsettled =
      authentication && open[authentication].includes(name)
        ? l10n.t('Not settled: does not matter with this way of authenticating')
        : l10n.t('Not settled');
    return { question: questions[name](), answer: known ?? unsettled };
  });
}
