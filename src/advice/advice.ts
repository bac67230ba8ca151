// The title, the sentence and the buttons of every kind of failure: one table over all kinds.
import { l10n } from 'vscode';
import type { Failure, FailureKind } from '../core/model/failure';
import { describeUnusedSources } from '../aws/strings';
import { accountAdvice } from './account';
import { awsAdvice } from './aws';
import { credentialsAdvice } from './credentials';
import { gatewayAdvice } from './gateway';
import { guardrailAdvice } from './guardrail';
import { modelAdvice } from './model';
import { networkAdvice } from './network';
import { policiesAdvice } from './policies';
import { profilesAdvice } from './profiles';
import type { Advice, ActionId, Remedy, AdviceRow } from './row';
import { settingsAdvice } from './settings';
import { streamAdvice } from './stream';
import type { FailureDetails, UnusedSource } from '../core/model/failureDetails';
import { tlsAdvice } from './tls';

const table: { readonly [K in FailureKind]: AdviceRow } = {
  ...settingsAdvice,
  ...networkAdvice,
  ...tlsAdvice,
  ...gatewayAdvice,
  ...policiesAdvice,
  ...guardrailAdvice,
  ...credentialsAdvice,
  ...profilesAdvice,
  ...awsAdvice,
  ...accountAdvice,
  ...modelAdvice,
  ...streamAdvice,
};

/** The advice for a failure, in the user's language. */
export function adviceFor({ kind, stage, details, retryAfter }: Failure): Advice {
  const advice = table[kind](details, retryAfter);
  const { unusedSources = [] } = details;
  if (stage !== 'awsCredentials' || unusedSources.length === 0) return advice;
  return { ...advice, sentence: `${advice.sentence} ${unusedSourcesAdvice(kind, details, unusedSources)}` };
}

/** Kinds that removing the access keys fixes, if the profile has another source of credentials. */
const fixedWithoutKeys: ReadonlySet<FailureKind> = new Set([
  'awsKeyUnknown',
  'awsSessionExpired',
  'awsSecretWrong',
]);

function unusedSourcesAdvice(
  kind: FailureKind,
  { source }: FailureDetails,
  unusedSources: readonly UnusedSource[],
): string {
  const others = describeUnusedSources(unusedSources);
  return source === 'keys' && fixedWithoutKeys.has(kind)
    ? l10n.t('Remove them to use the profile’s other credentials: {0}.', others)
    : l10n.t('The profile also names {0}. The extension ignores this, as the AWS CLI does.', others);
}

/** The label of each action's button. */
const labels: { readonly [A in ActionId]: () => string } = {
  setUp: () => l10n.t('Set Up…'),
  setCredentials: () => l10n.t('Set Credentials…'),
  selectModel: () => l10n.t('Select Model…'),
  openSettings: () => l10n.t('Open Settings'),
  openProxySettings: () => l10n.t('Open Proxy Settings'),
  showLog: () => l10n.t('Show Log'),
  checkConnection: () => l10n.t('Check Connection'),
  reloadWindow: () => l10n.t('Reload Window'),
  sendAgain: () => l10n.t('Send Again'),
  sendWithoutStreaming: () => l10n.t('Send Again Without Streaming'),
  useConverse: () => l10n.t('Use Converse'),
  signIn: () => l10n.t('Open Terminal to Sign In'),
  openAwsConfig: () => l10n.t('Open AWS Config File'),
  openAwsCredentials: () => l10n.t('Open AWS Credentials File'),
};

/** The label of a remedy's button. */
export function remedyLabel(remedy: Remedy): string {
  return typeof remedy === 'string' ? labels[remedy]() : l10n.t('Use {0}', remedy.useModel);
}

/** An ID that is unique among the remedies of one failure. */
export function remedyId(remedy: Remedy): string {
  return typeof remedy === 'string' ? remedy : `use ${remedy.useModel}`;
}

/**
 * The buttons to offer after a failure, without duplicates: its remedies, and “Send Again” unless the prompt was
 * blocked or would fail the same way again.
 */
export function remediesFor(failure: Failure, blocked: boolean): readonly Remedy[] {
  const { remedies, final } = adviceFor(failure);
  const all: readonly Remedy[] = blocked || final ? remedies : [...remedies, 'sendAgain'];
  return all.filter((each, at) => all.findIndex((other) => remedyId(other) === remedyId(each)) === at);
}
