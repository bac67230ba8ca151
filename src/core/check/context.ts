// The context that the stages of a check share.
import type { Ports, GatewayQuirks } from '../model/ports';
import type { Request } from '../model/request';

/** Timeouts, ms: for a probe, and for the model. */
export interface CheckLimits {
  readonly probe: number;
  readonly model: number;
}

export const defaultLimits: CheckLimits = { probe: 30_000, model: 120_000 };

/** The context that every stage gets. */
export interface CheckContext {
  readonly request: Request;
  readonly ports: Ports;
  readonly signal: AbortSignal;
  readonly limits: CheckLimits;
  /** The quirks that this check has observed so far. */
  readonly quirks: GatewayQuirks;
  /** ms to add to this machine's clock when signing. */
  clockOffset: number;
}
