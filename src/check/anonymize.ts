// Removes names that somebody chose from the report of a check: profiles, sessions, devices, files and programs may
// be named after a person.
import type { SettingProblem } from '../core/model/failureDetails';
import type { StagePassed } from '../core/check/report';
import type { Failure, FailureKind } from '../core/model/failure';

const placeholder = '…';

/** Whether the subject of a problem is a term of AWS or of the system. If not, somebody chose it. */
const isKnownWord: { readonly [P in SettingProblem]: boolean } = {
  empty: true,
  malformed: false,
  shellCommand: false,
  unreadable: false,
  settingMissing: true,
  notPlain: true,
  notNumber: true,
  // The subject is the role, which the gateway's administrator needs to know.
  refused: true,
  roleWithoutSource: true,
  twoSources: true,
  sourceMissing: false,
  sourceUnknown: false,
  sourceEmpty: true,
  cycle: false,
  sessionMissing: false,
  tokenMissing: false,
  programMissing: false,
  programNotStarted: false,
  programFailed: true,
  programEnded: true,
  programTooSlow: true,
  outputNotJson: true,
  outputIncomplete: true,
  outputExpired: true,
};

/** Kinds whose subject is the role if they have no problem. */
const roleKinds: ReadonlySet<FailureKind> = new Set([
  'ssoRoleDenied',
  'assumeRoleDenied',
  'webIdentityFailed',
]);

/** A copy of the failure with chosen names replaced by “…”. */
export function anonymizeFailure(failure: Failure): Failure {
  const { profile, profiles, subject, problem } = failure.details;
  const isKnown = problem ? isKnownWord[problem] : roleKinds.has(failure.kind);
  return {
    ...failure,
    details: {
      ...failure.details,
      ...(profile !== undefined && { profile: placeholder }),
      ...(profiles && { profiles: profiles.map(() => placeholder) }),
      ...(subject !== undefined && !isKnown && { subject: placeholder }),
    },
  };
}

/** A copy of the result with the profile's name replaced by “…”. */
export function anonymizeResult(passed: StagePassed): StagePassed {
  if (passed.stage !== 'awsCredentials' || passed.result.profile === undefined) return passed;
  return { ...passed, result: { ...passed.result, profile: placeholder } };
}
