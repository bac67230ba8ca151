// The type of the rows in the advice tables, and the phrases that several rows share.
import { l10n } from 'vscode';
import type { FailureKind } from '../core/model/failure';
import type { AwsFile, FailureDetails } from '../core/model/failureDetails';

/** The ID of one of our commands without its prefix, or of an action that the panel carries out itself. */
export type ActionId =
  | 'setUp'
  | 'setCredentials'
  | 'selectModel'
  | 'openSettings'
  | 'openProxySettings'
  | 'showLog'
  | 'reloadWindow'
  | 'sendAgain'
  | 'sendWithoutStreaming'
  | 'useConverse'
  | 'signIn'
  | 'openAwsConfig'
  | 'openAwsCredentials'
  | 'checkConnection';

/** What a button does: run an action, or switch to a model. */
export type Remedy = ActionId | { readonly useModel: string };

export interface Advice {
  /** Names the problem in a few words. */
  readonly title: string;
  /** Explains the cause and what to do. */
  readonly sentence: string;
  /** The best first. */
  readonly remedies: readonly Remedy[];
  /** The setting that `openSettings` shows: its name without the section, or a prefix and `*`. */
  readonly setting?: string;
  /** The same prompt would fail the same way, so “Send Again” is not offered. */
  readonly final?: true;
}

/** `retryAfter`: ms to wait, as AWS or the gateway requested; undefined if it requested nothing. */
export type AdviceRow = (facts: FailureDetails, retryAfter?: number) => Advice;
export type AdviceRows = { readonly [K in FailureKind]?: AdviceRow };

/** A sentence that says how long to wait. `retryAfter` is in ms. */
export function waitText(retryAfter: number | undefined): string {
  return retryAfter === undefined
    ? l10n.t('Wait a moment.')
    : l10n.t('Try again in {0}.', durationText(retryAfter));
}

/** `ms` in seconds, minutes or hours, rounded up. */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 120) return l10n.t('{0} s', seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 120 ? l10n.t('{0} min', minutes) : l10n.t('{0} h', Math.ceil(minutes / 60));
}

/** The action that opens the given file of ~/.aws; the config file if it is undefined. */
export function openAwsFile(file: AwsFile | undefined): ActionId {
  return file === 'credentials' ? 'openAwsCredentials' : 'openAwsConfig';
}

export function advice(title: string, sentence: string, ...remedies: Remedy[]): Advice {
  return { title, sentence, remedies };
}
