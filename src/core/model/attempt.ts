import type { Route } from './ports';

/** How one attempt is made. */
export interface Plan extends Route {
  /** ms to add to this machine's clock when signing. */
  readonly clockOffset: number;
}
