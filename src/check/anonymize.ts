// What is told of a check without the names that somebody gave: profiles, sessions, devices, files and programs may
// be called after a person.
import type { SettingProblem } from '../core/model/failureDetails';
import type { StagePassed } from '../core/check/report';
import type { Failure, FailureKind } from '../core/model/failure';

const hidden = '…';

/** Whether what a problem is about is a word of AWS's or of the system's; if not, somebody chose it. */
const isKnownWord: { readonly [P in SettingProblem]: boolean } = {
  empty: true,
  malformed: false,
  shellCommand: false,
  unreadable: false,
  settingMissing: true,
  notPlain: true,
  notNumber: true,
  // The role: whoever runs the gateway is told that.
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

/** Kinds that are about the role, where they have no problem. */
const ofRole: ReadonlySet<FailureKind> = new Set(['ssoRoleDenied', 'assumeRoleDenied', 'webIdentityFailed']);

/** `failed` as the report tells it. */
export function anonymizeFailure(failed: Failure): Failure {
  const { profile, profiles, subject, problem } = failed.details;
  const known = problem ? isKnownWord[problem] : ofRole.has(failed.kind);
  return {
    ...failed,
    details: {
      ...failed.details,
      ...(profile !== undefined && { profile: hidden }),
      ...(profiles && { profiles: profiles.map(() => hidden) }),
      ...(subject !== undefined && !known && { subject: hidden }),
    },
  };
}

/** `passed` as the report tells it. */
export function anonymizeResult(passed: StagePassed): StagePassed {
  if (passed.stage !== 'awsCredentials' || passed.result.profile === undefined) return passed;
  return { ...passed, result: { ...passed.result, profile: hidden } };
}
