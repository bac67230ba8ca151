import { l10n } from 'vscode';
import type { Facts, FailureKind } from '../core/failure';

/** A command of ours without its prefix, or what the panel does itself. */
export type Remedy =
  'setUp' | 'setCredentials' | 'selectModel' | 'openSettings' | 'showLog' | 'sendAgain' | 'useConverse';

export interface Advice {
  /** What is wrong, in a few words. */
  readonly title: string;
  /** Whose it is and what to do, one sentence. */
  readonly sentence: string;
  /** The best first. */
  readonly remedies: readonly Remedy[];
  /** What `openSettings` opens: the name of a setting of ours, or its beginning and `*`. */
  readonly setting?: string;
}

/** `retryAfter`: ms that the other side asked to wait. */
export type Row = (facts: Facts, retryAfter?: number) => Advice;
export type Rows = { readonly [K in FailureKind]?: Row };

/** How long to wait, in words: a part of a sentence. */
export function wait(retryAfter: number | undefined): string {
  return retryAfter === undefined
    ? l10n.t('Wait a little.')
    : l10n.t('It asks to wait {0} s.', Math.ceil(retryAfter / 1000));
}

export function advice(title: string, sentence: string, ...remedies: Remedy[]): Advice {
  return { title, sentence, remedies };
}
