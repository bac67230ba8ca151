// What is known about a failure beside its kind. No advice: the words are the shell's.
import type { Authentication, Guardrail } from './request';
import type { GuardrailPolicy } from './guardrail';
import type { DataLossFinding } from './requestIds';

/** The two files of ~/.aws. */
export type AwsFile = 'config' | 'credentials';

/** How a profile of ~/.aws can come to credentials. */
export type ProfileWay = 'role' | 'webIdentity' | 'sso' | 'keys' | 'login' | 'process';

/** A way to credentials that a profile has besides the one that is used, and the file in which it stands. */
export interface UnusedSource {
  readonly source: ProfileWay;
  readonly file: AwsFile;
}

/** Where in ~/.aws a profile's credentials come from. */
export interface ProfileOrigin {
  /** How; absent where the profile names no way that could be used. */
  readonly source?: ProfileWay;
  /** The file in which that stands, or what is to be mended. */
  readonly file?: AwsFile;
  /** Until when the access keys in that file are good, as whatever wrote them there has noted, ms since the epoch. */
  readonly expiresAt?: number;
  /** What the profile names besides, in the order in which it would be used. */
  readonly unusedSources?: readonly UnusedSource[];
}

/** What is known of a failure besides its kind. Never advice, never the prompt, never a secret. */
export interface FailureDetails extends ProfileOrigin {
  /** HTTP status that the gateway, or something before it, answered with. */
  readonly status?: number;
  /** The other side's own name for it: an AWS exception, a gateway code, a Node error code. */
  readonly code?: string;
  /** The other side's own sentence, in its language. Shown to the user, never logged. */
  readonly message?: string;
  /** What the clock of the other side read, in ms since the epoch. */
  readonly serverTime?: number;
  /** What AWS received otherwise than we signed it: `path`, `body`, `method`, or a header's name. */
  readonly changed?: string;
  /** The canonical request that AWS computed, beside ours, where AWS told it. Holds no secret. */
  readonly canonical?: readonly CanonicalLine[];
  /** The model id that the prompt was sent to. */
  readonly model?: string;
  /** The AWS region that it was sent to. */
  readonly region?: string;
  /** The host of the gateway's address; where AWS was asked for credentials, that host. */
  readonly host?: string;
  /** `host:port` of a proxy that was to be gone through. */
  readonly proxy?: string;
  /** The IAM action that AWS did not allow, such as `bedrock:InvokeModel`. */
  readonly action?: string;
  /** The time that was waited in vain, ms. */
  readonly elapsed?: number;
  /** What was sent is nothing that could be charged. */
  readonly uncharged?: true;
  /** Which step of a route of the gateway's own gave up, where that was not its first: it has tried others before. */
  readonly step?: number;
  /** The guardrail that was asked for. */
  readonly guardrail?: Guardrail;
  /** Which of the two was blocked, where that is known. */
  readonly blocked?: 'prompt' | 'reply';
  /** What a guardrail of Bedrock's did. */
  readonly policies?: readonly GuardrailPolicy[];
  /** What the gateway's data loss prevention found. */
  readonly dataLoss?: DataLossFinding;
  /** What the gateway says of the budget that is used up. */
  readonly budget?: Budget;
  /** How the prompt was to authenticate to AWS: what to mend depends on it. */
  readonly authentication?: Authentication;
  /** The profile of ~/.aws at which it failed: the one that was chosen, or one that it takes credentials from. */
  readonly profile?: string;
  /** The names of the profiles that there are. */
  readonly profiles?: readonly string[];
  readonly problem?: SettingProblem;
  /** The name of what the problem is about: a setting, another profile, a file, a role, a number. */
  readonly subject?: string;
}

/** A line of the canonical request, as we signed it and as AWS saw it. Values that are secret read “…”. */
export interface CanonicalLine {
  /** `method`, `path`, `query`, a header's name in lower case, `signedHeaders`, or `body` for the payload's hash. */
  readonly name: string;
  /** undefined where the other side alone has such a line. */
  readonly signed: string | undefined;
  readonly received: string | undefined;
  readonly differs: boolean;
}

/** After which a budget starts from zero: at the start of an hour, a day, a week (Monday), or a month, in UTC. */
export type BudgetWindow = 'hour' | 'day' | 'week' | 'month';

export interface Budget {
  /** USD */
  readonly spent?: number;
  /** USD */
  readonly limit?: number;
  readonly window?: BudgetWindow;
  /** When it starts anew, ms since the epoch. */
  readonly resetsAt?: number;
}

/** What is wrong with a profile of ~/.aws, or with the program that it names. */
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
