// What is known about a failure besides its kind. The advice for the user is in src/advice/.
import type { Authentication, Guardrail } from './request';
import type { GuardrailPolicy } from './guardrail';
import type { DataLossFinding } from './requestIds';

/** The two files of ~/.aws. */
export type AwsFile = 'config' | 'credentials';

/** Where a profile of ~/.aws gets its credentials from. */
export type CredentialSourceKind = 'role' | 'webIdentity' | 'sso' | 'keys' | 'login' | 'process';

/** A credential source that the profile also configures but that is not used, and the file that configures it. */
export interface UnusedSource {
  readonly source: CredentialSourceKind;
  readonly file: AwsFile;
}

/** Where in ~/.aws a profile's credentials come from. */
export interface ProfileOrigin {
  /** Absent if the profile configures no usable source. */
  readonly source?: CredentialSourceKind;
  /** The file that configures the source, or the file to fix. */
  readonly file?: AwsFile;
  /** When the access keys in that file expire, as noted there by the tool that wrote them; ms since the epoch. */
  readonly expiresAt?: number;
  /** Other sources that the profile configures, in the order of precedence. */
  readonly unusedSources?: readonly UnusedSource[];
}

/** Details of a failure. Never advice, never the prompt, never a secret. */
export interface FailureDetails extends ProfileOrigin {
  /** HTTP status of the response. */
  readonly status?: number;
  /** The server's name for the error: an AWS exception, a gateway code, a Node error code. */
  readonly code?: string;
  /** The server's message, in its language. Shown to the user, never logged. */
  readonly message?: string;
  /** The server's time, ms since the epoch. */
  readonly serverTime?: number;
  /** The part of the request that AWS received changed: `path`, `body`, `method`, or a header's name. */
  readonly changed?: string;
  /** The canonical request as we signed it and as AWS computed it, if AWS sent it. Holds no secret. */
  readonly canonical?: readonly CanonicalLine[];
  /** The ID of the model that the prompt was sent to. */
  readonly model?: string;
  /** The AWS region that the prompt was sent to. */
  readonly region?: string;
  /** The host of the gateway's address; if AWS was asked for credentials, that host. */
  readonly host?: string;
  /** `host:port` of the proxy. */
  readonly proxy?: string;
  /** The IAM action that AWS did not allow, such as `bedrock:InvokeModel`. */
  readonly action?: string;
  /** How long we waited before the timeout, ms. */
  readonly elapsed?: number;
  /** The request that failed cannot be charged. */
  readonly uncharged?: true;
  /** The step of a gateway's dynamic route that failed, unless it is the first: the gateway has tried others before. */
  readonly step?: number;
  /** The guardrail that the request names. */
  readonly guardrail?: Guardrail;
  /** Which of the two was blocked, if known. */
  readonly blocked?: 'prompt' | 'reply';
  /** What a Bedrock guardrail did. */
  readonly policies?: readonly GuardrailPolicy[];
  /** What the gateway's data loss prevention found. */
  readonly dataLoss?: DataLossFinding;
  /** The budget that is used up, as the gateway reports it. */
  readonly budget?: Budget;
  /** The request's authentication method: the remedy depends on it. */
  readonly authentication?: Authentication;
  /** The profile of ~/.aws that failed: the chosen one, or one that it takes credentials from. */
  readonly profile?: string;
  /** The names of all profiles. */
  readonly profiles?: readonly string[];
  readonly problem?: SettingProblem;
  /** The name of the setting, profile, file, role or number that has the problem. */
  readonly subject?: string;
}

/** A line of the canonical request, as we signed it and as AWS received it. Secret values read “…”. */
export interface CanonicalLine {
  /** `method`, `path`, `query`, a header's name in lower case, `signedHeaders`, or `body` for the payload's hash. */
  readonly name: string;
  /** undefined if only AWS has such a line. */
  readonly signed: string | undefined;
  readonly received: string | undefined;
  readonly differs: boolean;
}

/** The period of a budget. It starts at an hour, a day, a week (Monday) or a month, in UTC. */
export type BudgetWindow = 'hour' | 'day' | 'week' | 'month';

export interface Budget {
  /** USD */
  readonly spent?: number;
  /** USD */
  readonly limit?: number;
  readonly window?: BudgetWindow;
  /** When the next period starts, ms since the epoch. */
  readonly resetsAt?: number;
}

/** What is wrong with a profile of ~/.aws, or with the program that it runs. */
export type SettingProblem =
  | 'empty'
  | 'malformed'
  | 'shellCommand'
  | 'unreadable'
  | 'settingMissing'
  | 'notPlain'
  | 'notNumber'
  | 'refused'
  | 'roleWithoutSource'
  | 'twoSources'
  | 'sourceMissing'
  | 'sourceUnknown'
  | 'sourceEmpty'
  | 'cycle'
  | 'sessionMissing'
  | 'tokenMissing'
  | 'programMissing'
  | 'programNotStarted'
  | 'programFailed'
  | 'programEnded'
  | 'programTooSlow'
  | 'outputNotJson'
  | 'outputIncomplete'
  | 'outputExpired';
