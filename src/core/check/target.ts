// At which hop of the report a failure is shown.
import type { Failure, FailureKind, Hop } from '../model/failure';
import type { CheckHop } from './report';

/** Ends a check: this hop is not passed. */
export class HopFailed extends Error {
  override readonly name = 'HopFailed';
  constructor(
    readonly hop: CheckHop,
    readonly failure: Failure,
  ) {
    super();
  }
}

/** Ends a check because the user wants that. */
export class StoppedByUser extends Error {
  override readonly name = 'StoppedByUser';
}

/**
 * Hops at which a failure belongs whichever request found it; all others are shown where they are met. A token or
 * a key may end between two requests, and what is stored on this machine be locked.
 */
const ownHop: { readonly [H in Hop]?: CheckHop } = {
  settings: 'settings',
  gatewayToken: 'gatewayToken',
  awsCredentials: 'awsCredentials',
  signature: 'signature',
};

const ownHopOfKind: { readonly [K in FailureKind]?: CheckHop } = {
  gatewayKeyNotStored: 'awsCredentials',
  gatewayKeyMissing: 'awsCredentials',
  changedOnTheWay: 'signature',
  operationUnknown: 'gateway',
  // The keys are known, but not allowed to ask this model.
  awsAccessDenied: 'model',
  awsActionNotAllowed: 'model',
  awsExplicitlyDenied: 'model',
  awsAccountRestricted: 'model',
};

/** What AWS says when it is not well: nothing is known of who asked. */
const unwell: ReadonlySet<FailureKind> = new Set([
  'awsError',
  'awsInternalError',
  'serviceUnavailable',
  'noAnswer',
]);

/** The hop at which `failure` is shown that was met at `current`. */
export function placeOf({ kind, hop }: Failure, current: CheckHop): CheckHop {
  return ownHopOfKind[kind] ?? ownHop[hop] ?? current;
}

/** Answers of AWS's that tell that who asked was accepted, whatever else is wrong with the request. */
export function isAccepted(failure: Failure): boolean {
  return (
    placeOf(failure, failure.hop === 'model' ? 'model' : 'signature') === 'model' && !unwell.has(failure.kind)
  );
}
