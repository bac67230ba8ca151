// What the stages of a check share.
import type { Ports, Learned } from '../model/ports';
import type { Request } from '../model/request';

/** ms that are waited for an answer: to what costs nothing, and of the model. */
export interface Limits {
  readonly probe: number;
  readonly model: number;
}

export const usualLimits: Limits = { probe: 30_000, model: 120_000 };

/** What every part of a check is given. */
export interface Walk {
  readonly request: Request;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly limits: Limits;
  /** What this check has settled until now. */
  readonly learned: Learned;
  /** ms to add to this machine's clock when signing. */
  clockOffset: number;
}
