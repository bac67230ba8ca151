// Assigns failures to the stages of the report.
import type { Failure, FailureKind, Stage } from '../model/failure';
import type { CheckStage } from './report';

/** Ends a check: this stage failed. */
export class StageFailed extends Error {
  override readonly name = 'StageFailed';
  constructor(
    readonly stage: CheckStage,
    readonly failure: Failure,
  ) {
    super();
  }
}

/** Ends a check because the user stopped it. */
export class StoppedByUser extends Error {
  override readonly name = 'StoppedByUser';
}

/**
 * Failures of these stages are shown there, whichever request found them; all others at the current stage. A token or a
 * key may expire between two requests, and the local secret storage may be locked.
 */
const ownStage: { readonly [S in Stage]?: CheckStage } = {
  settings: 'settings',
  gatewayToken: 'gatewayToken',
  awsCredentials: 'awsCredentials',
  signature: 'signature',
};

const stageOfKind: { readonly [K in FailureKind]?: CheckStage } = {
  gatewayKeyNotStored: 'awsCredentials',
  gatewayKeyMissing: 'awsCredentials',
  changedOnTheWay: 'signature',
  operationUnknown: 'gateway',
  // The keys are valid, but not allowed to use this model.
  awsAccessDenied: 'model',
  awsActionNotAllowed: 'model',
  awsExplicitlyDenied: 'model',
  awsAccountRestricted: 'model',
};

/** Failures of AWS itself, which say nothing about the credentials. */
const awsFailures: ReadonlySet<FailureKind> = new Set([
  'awsError',
  'awsInternalError',
  'serviceUnavailable',
  'noAnswer',
]);

/** The stage at which to show `failure`, which occurred at `current`. */
export function failedStage({ kind, stage }: Failure, current: CheckStage): CheckStage {
  return stageOfKind[kind] ?? ownStage[stage] ?? current;
}

/** Whether `failure` shows that AWS accepted the credentials, whatever else is wrong with the request. */
export function isAccepted(failure: Failure): boolean {
  return (
    failedStage(failure, failure.stage === 'model' ? 'model' : 'signature') === 'model' &&
    !awsFailures.has(failure.kind)
  );
}
