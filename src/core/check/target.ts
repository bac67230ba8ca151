// At which stage of the report a failure is shown.
import type { Failure, FailureKind, Stage } from '../model/failure';
import type { CheckStage } from './report';

/** Ends a check: this stage is not passed. */
export class StageFailed extends Error {
  override readonly name = 'StageFailed';
  constructor(
    readonly stage: CheckStage,
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
 * Stages at which a failure belongs whichever request found it; all others are shown where they are met. A token or
 * a key may end between two requests, and what is stored on this machine be locked.
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

/** The stage at which `failure` is shown that was met at `current`. */
export function failedStage({ kind, stage }: Failure, current: CheckStage): CheckStage {
  return stageOfKind[kind] ?? ownStage[stage] ?? current;
}

/** Answers of AWS's that tell that who asked was accepted, whatever else is wrong with the request. */
export function isAccepted(failure: Failure): boolean {
  return (
    failedStage(failure, failure.stage === 'model' ? 'model' : 'signature') === 'model' &&
    !unwell.has(failure.kind)
  );
}
