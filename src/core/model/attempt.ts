import type { Route } from './ports';

/** How one attempt is made. */
export interface Plan extends Route {
  /** ms to add to this machine's clock when signing. */
  readonly clockOffset: number;
  /** The model's earlier thinking is left out: the model refused it. */
  readonly withoutReasoning?: true;
  /** Nothing is cached by the model: it refused that, for this prompt or for one before. */
  readonly withoutCachePoints?: true;
}
