// A reply as it is stored. What is read of one is checked field by field: the panel must show every reply that has a
// text, whatever else of it is damaged or from another version of this extension.
import { type Failure, stageOf } from '../core/model/failure';
import type { FailureDetails, SettingProblem } from '../core/model/failureDetails';
import { isRecord } from '../core/model/json';
import type { Outcome, Reply } from '../core/model/reply';
import {
  isBlockMark,
  hasFields,
  isDataLossFinding,
  isFlag,
  isGuardrailPolicies,
  isListOf,
  isNumber,
  isOneOf,
  isOperation,
  isOptional,
  isRequestIds,
  isRetryReason,
  isString,
  isTime,
  isUsage,
  validFields,
} from './replyFields';

/** Without the records of its attempts, which only Details shows, while the window is open. */
export type StoredReply = Omit<Reply, 'records' | 'waiting'>;

type Guards<T> = { readonly [K in keyof Required<T>]: (value: unknown) => boolean };

export function storedReply({ records, waiting, outcome, ...reply }: Reply): StoredReply {
  return { ...reply, ...(outcome && { outcome: withoutCause(outcome) }) };
}

/** The cause is for debugging while the window is open, and may hold headers. */
function withoutCause(outcome: Outcome): Outcome {
  if (!('failure' in outcome)) return outcome;
  const { cause, ...failure } = outcome.failure;
  return { ...outcome, failure };
}

const requiredFields = {
  ...{ text: isString, reasoning: isString, startedAt: isTime, attempts: isNumber },
} as const satisfies Partial<Guards<StoredReply>>;

const replyFields: Guards<Omit<StoredReply, 'outcome'>> = {
  ...requiredFields,
  blocks: isListOf(isBlockMark),
  operation: isOperation,
  limit: isNumber,
  retriedBecause: isRetryReason,
  streamNotCached: isFlag,
  firstSeenAt: isTime,
  damaged: isFlag,
  reasoningDropped: isFlag,
  responded: isFlag,
  requestIds: isRequestIds,
  usage: isUsage,
  guardrailPolicies: isGuardrailPolicies,
  hasOutput: isFlag,
  firstTextAt: isTime,
  firstReasoningAt: isTime,
  endedAt: isTime,
};

/** Reads what storedReply() made, without the fields that are damaged; undefined if it lacks one that must be there. */
export function readStoredReply(value: unknown): StoredReply | undefined {
  if (!isRecord(value) || !hasFields(requiredFields)(value)) return undefined;
  const fields = { requestIds: {}, ...validFields(value, replyFields) } as unknown as StoredReply;
  // An entry is of a reply that has ended, however that was.
  return { ...fields, outcome: readOutcome(value['outcome']) };
}

function readOutcome(value: unknown): Outcome {
  const { kind, stopReason, failure } = isRecord(value) ? value : {};
  switch (kind) {
    case 'done':
      return { kind, stopReason: isString(stopReason) ? stopReason : '' };
    case 'stopped':
      return { kind };
    case 'cut':
    case 'blocked':
    case 'failed':
      return { kind, failure: readFailure(failure) };
    default:
      return { kind: 'cut', failure: readFailure(undefined) };
  }
}

function readFailure(value: unknown): Failure {
  const { kind, details, requestIds, retryAfter } = isRecord(value) ? value : {};
  const known = isString(kind) && Object.hasOwn(stageOf, kind) ? (kind as Failure['kind']) : 'unknown';
  return {
    kind: known,
    stage: stageOf[known],
    details: isRecord(details) ? validFields(details, detailFields) : {},
    requestIds: isRequestIds(requestIds) ? (requestIds as Failure['requestIds']) : {},
    ...(isNumber(retryAfter) && { retryAfter }),
  };
}

const isSource = isOneOf('role', 'webIdentity', 'sso', 'keys', 'login', 'process');
const isAwsFile = isOneOf('config', 'credentials');
const isOptionalString = isOptional(isString);

const detailFields: Guards<FailureDetails> = {
  ...{ source: isSource, file: isAwsFile, expiresAt: isTime },
  unusedSources: isListOf(hasFields({ source: isSource, file: isAwsFile })),
  ...{ status: isNumber, code: isString, message: isString, serverTime: isTime, changed: isString },
  canonical: isListOf(hasFields({ name: isString, signed: isOptionalString, received: isOptionalString })),
  ...{ model: isString, region: isString, host: isString, proxy: isString, action: isString },
  ...{ elapsed: isNumber, uncharged: isFlag, step: isNumber },
  guardrail: hasFields({ identifier: isString, version: isString }),
  ...{ blocked: isOneOf('prompt', 'reply'), policies: isGuardrailPolicies, dataLoss: isDataLossFinding },
  budget: hasFields({
    ...{ spent: isOptional(isNumber), limit: isOptional(isNumber), resetsAt: isOptional(isTime) },
    window: isOptional(isOneOf('hour', 'day', 'week', 'month')),
  }),
  authentication: isOneOf('accessKeys', 'apiKey', 'profile', 'gateway'),
  ...{ profile: isString, profiles: isListOf(isString) },
  problem: (value) => isString(value) && Object.hasOwn(problems, value),
  subject: isString,
};

const problems: { readonly [P in SettingProblem]: true } = {
  ...{ empty: true, malformed: true, shellCommand: true, unreadable: true, settingMissing: true },
  ...{ notPlain: true, notNumber: true, refused: true, roleWithoutSource: true, twoSources: true },
  ...{ sourceMissing: true, sourceUnknown: true, sourceEmpty: true, cycle: true, sessionMissing: true },
  ...{ tokenMissing: true, programMissing: true, programNotStarted: true, programFailed: true },
  ...{ programEnded: true, programTooSlow: true, outputNotJson: true, outputIncomplete: true },
  outputExpired: true,
};
