// What the panel that checks the connection knows, before there are words for it.
import type { Advice } from '../advice/row';
import type { Report } from '../core/check/report';
import type { Cost } from '../core/model/cost';
import type { Description } from '../aws/profileStore';
import type { GatewayQuirks } from '../core/model/ports';
import type { RequestConfig } from '../prompt/requestBuilder';

/** What a check is made with. */
export interface CheckInputs {
  /** How prompts are sent; undefined while that is not complete. */
  readonly config?: RequestConfig;
  /** Why there is no config. */
  readonly problem?: Advice;
  /** What a check costs at most; undefined while that is not known yet. */
  readonly cost?: Cost;
}

export interface CheckState {
  /** Of the check that is shown; before one, the same as `next`. */
  readonly shown: CheckInputs;
  /** Of the next check: other than what is shown where the settings were changed since. */
  readonly next: CheckInputs;
  /** Grows whenever a button may have come to mean something else; see CheckToHost. */
  readonly offer: number;
  /** What is known of the gateway. */
  readonly known: GatewayQuirks;
  /** undefined before the first. */
  readonly report: Report | undefined;
  /** Who the profile is that was used; undefined where none was, or it was not come to. */
  readonly profile: Description | undefined;
}

/** Whether two checks would send the same to the same, by the same: of parameters a check has its own. */
export function isSame(one: CheckInputs, other: CheckInputs): boolean {
  return used(one) === used(other);
}

function used({ config, problem }: CheckInputs): string {
  return JSON.stringify([problem, config && { ...config, parameters: undefined }]);
}
