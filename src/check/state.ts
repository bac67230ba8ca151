// What the panel that checks the connection knows, before there are words for it.
import type { Advice } from '../advice/row';
import type { Report } from '../core/check/report';
import type { Learned } from '../core/gateway/route';
import type { Cost } from '../core/prices';
import type { Manner } from '../sending/newRequest';

export interface CheckState {
  /** How prompts are sent; undefined while that is not complete. */
  readonly manner: Manner | undefined;
  /** Why there is no manner. */
  readonly settingsProblem: Advice | undefined;
  /** What a check costs at most; undefined while that is not known yet. */
  readonly cost: Cost | undefined;
  readonly prompts: number;
  /** What is known of the gateway. */
  readonly known: Learned;
  /** undefined before the first. */
  readonly report: Report | undefined;
  /** When the credentials of a profile end, ms since the epoch. */
  readonly expiration?: number;
}
