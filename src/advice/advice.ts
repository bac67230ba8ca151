// What a failure is called, what to do about it, and the buttons that do it: a row for every kind.
import { l10n } from 'vscode';
import type { Failure, FailureKind } from '../core/failure';
import { awsAdvice } from './aws';
import { credentialsAdvice } from './credentials';
import { gatewayAdvice } from './gateway';
import { guardrailAdvice } from './guardrail';
import { modelAdvice } from './model';
import { networkAdvice } from './network';
import type { Advice, Remedy, Row } from './row';
import { streamAdvice } from './stream';

const table: { readonly [K in FailureKind]: Row } = {
  ...networkAdvice,
  ...gatewayAdvice,
  ...guardrailAdvice,
  ...credentialsAdvice,
  ...awsAdvice,
  ...modelAdvice,
  ...streamAdvice,
};

/** The words for `failure`, in the user's language. */
export function adviceFor({ kind, facts, retryAfter }: Failure): Advice {
  return table[kind](facts, retryAfter);
}

/** What each remedy's button says. */
export const remedyLabels: { readonly [R in Remedy]: () => string } = {
  setUp: () => l10n.t('Set Up…'),
  setCredentials: () => l10n.t('Set Credentials…'),
  selectModel: () => l10n.t('Select Model…'),
  openSettings: () => l10n.t('Open Settings'),
  showLog: () => l10n.t('Show Log'),
  sendAgain: () => l10n.t('Send Again'),
  useConverse: () => l10n.t('Use Converse'),
};
