// What the stages of a check share.
import type { Ports, GatewayQuirks } from '../model/ports';
import type { Request } from '../model/request';

/** ms that are waited for an answer: to what costs nothing, and of the model. */
export interface CheckLimits {
  readonly probe: number;
  readonly model: number;
}

export const defaultLimits: CheckLimits = { probe: 30_000, model: 120_000 };

/** What every part of a check is given. */
export interface CheckContext {
  readonly request: Request;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly limits: CheckLimits;
  /** What this check has settled until now. */
  readonly quirks: GatewayQuirks;
  /** ms to add to this machine's clock when signing. */
  clockOffset: number;
}
