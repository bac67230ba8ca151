import { l10n } from 'vscode';
import type { FailureKind } from '../core/model/failure';
import type { AwsFile, FailureDetails } from '../core/model/failureDetails';

/** A command of ours without its prefix, or what the panel does itself. */
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

/** What a button does: an action, or the model that is used from now on. */
export type Remedy = ActionId | { readonly useModel: string };

export interface Advice {
  /** What is wrong, in a few words. */
  readonly title: string;
  /** Whose it is and what to do, one sentence. */
  readonly sentence: string;
  /** The best first. */
  readonly remedies: readonly Remedy[];
  /** What `openSettings` opens: the name of a setting of ours, or its beginning and `*`. */
  readonly setting?: string;
  /** Sending the same again would end the same: it is not offered. */
  readonly final?: true;
}

/** `retryAfter`: ms that the other side asked to wait. */
export type AdviceRow = (facts: FailureDetails, retryAfter?: number) => Advice;
export type AdviceRows = { readonly [K in FailureKind]?: AdviceRow };

/** How long to wait, in words: a part of a sentence. */
export function waitText(retryAfter: number | undefined): string {
  return retryAfter === undefined
    ? l10n.t('Wait a little.')
    : l10n.t('It asks to wait {0}.', durationText(retryAfter));
}

/** `ms` in the unit that fits, rounded up. */
export function durationText(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds <= 120) return l10n.t('{0} s', seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes <= 120 ? l10n.t('{0} min', minutes) : l10n.t('{0} h', Math.ceil(minutes / 60));
}

/** What opens the file of ~/.aws in which that stands which is to be mended. */
export function openAwsFile(file: AwsFile | undefined): ActionId {
  return file === 'credentials' ? 'openAwsCredentials' : 'openAwsConfig';
}

export function advice(title: string, sentence: string, ...remedies: Remedy[]): Advice {
  return { title, sentence, remedies };
}
