// What a failure is called, what to do about it, and the buttons that do it: a row for every kind.
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

/** The words for `failure`, in the user's language. */
export function adviceFor({ kind, stage, details, retryAfter }: Failure): Advice {
  const given = table[kind](details, retryAfter);
  const { unusedSources = [] } = details;
  if (stage !== 'awsCredentials' || unusedSources.length === 0) return given;
  return { ...given, sentence: `${given.sentence} ${passedOverAdvice(kind, details, unusedSources)}` };
}

/** Kinds that end when the access keys are gone, if there is something else to use. */
const ofKeys: ReadonlySet<FailureKind> = new Set(['awsKeyUnknown', 'awsSessionExpired', 'awsSecretWrong']);

function passedOverAdvice(
  kind: FailureKind,
  { source }: FailureDetails,
  passedOver: readonly UnusedSource[],
): string {
  const others = describeUnusedSources(passedOver);
  return source === 'keys' && ofKeys.has(kind)
    ? l10n.t('Remove them to use what else the profile names: {0}.', others)
    : l10n.t('The profile also names {0}. As in the AWS CLI, that is not used.', others);
}

/** The label of each action's button. */
const labels: { readonly [D in ActionId]: () => string } = {
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

/** What a remedy's button says. */
export function remedyLabel(remedy: Remedy): string {
  return typeof remedy === 'string' ? labels[remedy]() : l10n.t('Use {0}', remedy.useModel);
}

/** What tells a remedy from the others of the same failure. */
export function remedyId(remedy: Remedy): string {
  return typeof remedy === 'string' ? remedy : `use ${remedy.useModel}`;
}

/** All that is offered after `failed`: what mends it, and sending the prompt again where that can end otherwise. */
export function remediesFor(failed: Failure, blocked: boolean): readonly Remedy[] {
  const { remedies, final } = adviceFor(failed);
  // Whatever mends it, the prompt is there to be sent again; but not what a guardrail has blocked.
  const all: readonly Remedy[] = blocked || final ? remedies : [...remedies, 'sendAgain'];
  return all.filter((each, at) => all.findIndex((other) => remedyId(other) === remedyId(each)) === at);
}
