import type { Facts, FailureKind } from '../core/failure';

/** A command of ours without its prefix, or `sendAgain`. */
export type Remedy = 'setUp' | 'setCredentials' | 'selectModel' | 'openSettings' | 'showLog' | 'sendAgain';

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

export type Row = (facts: Facts) => Advice;
export type Rows = { readonly [K in FailureKind]?: Row };

export function advice(title: string, sentence: string, ...remedies: Remedy[]): Advice {
  return { title, sentence, remedies };
}
