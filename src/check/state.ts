// The state of the Check Connection panel, without its texts.
import type { Advice } from '../advice/row';
import type { Report } from '../core/check/report';
import type { Cost } from '../core/model/cost';
import type { Description } from '../aws/profileStore';
import type { GatewayQuirks } from '../core/model/ports';
import type { RequestConfig } from '../prompt/requestBuilder';

/** The settings that a check uses. */
export interface CheckInputs {
  /** undefined while settings are missing or wrong. */
  readonly config?: RequestConfig;
  /** Why `config` is undefined. */
  readonly problem?: Advice;
  /** The maximum cost of a check; undefined while it is not known. */
  readonly cost?: Cost;
}

export interface CheckState {
  /** The inputs of the check that is shown; before the first check, the same as `next`. */
  readonly shown: CheckInputs;
  /** The inputs of the next check. They differ from `shown` if the settings have changed. */
  readonly next: CheckInputs;
  /** Whether a secret was stored or removed after the check that is shown had begun. */
  readonly credentialsChanged: boolean;
  /** Increases whenever the meaning of a button may have changed; see CheckToHost. */
  readonly offer: number;
  /** The observed behaviour of the gateway. */
  readonly quirks: GatewayQuirks;
  /** undefined before the first check. */
  readonly report: Report | undefined;
  /** The profile that the check used; undefined if it used none, or did not get that far. */
  readonly profile: Description | undefined;
}

/** Whether two checks would send the same requests. Parameters do not count: a check has its own. */
export function isSame(one: CheckInputs, other: CheckInputs): boolean {
  return comparable(one) === comparable(other);
}

function comparable({ config, problem }: CheckInputs): string {
  return JSON.stringify([problem, config && { ...config, parameters: undefined }]);
}
