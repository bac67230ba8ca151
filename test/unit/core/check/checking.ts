// check() as a test calls it: real HTTP to the stand-in gateway, as for ask().
import { check } from '../../../../src/core/check/check';
import {
  type CheckEvent,
  type CheckStage,
  type Report,
  checkStages,
  reduceReport,
  newReport,
} from '../../../../src/core/check/report';
import type { Gateway } from '../../../gateway';
import { type Asking, prepared } from '../../asking';

export interface Checked {
  readonly events: readonly CheckEvent[];
  readonly report: Report;
}

export async function checked(
  gateway: Pick<Gateway, 'url'>,
  asking: Asking & {
    readonly limits?: Parameters<typeof check>[3];
    readonly onCheck?: (event: CheckEvent) => void;
  } = {},
): Promise<Checked> {
  const { request, ports } = prepared(gateway, asking);
  const events: CheckEvent[] = [];
  let report = newReport(Date.now(), {});
  const signal = asking.signal ?? new AbortController().signal;
  for await (const event of check(request, ports, signal, asking.limits)) {
    events.push(event);
    report = reduceReport(report, event, Date.now());
    asking.onCheck?.(event);
  }
  return { events, report };
}

/** Where it failed and why, or how it ended. */
export function endOf({ report }: Checked): string {
  const failed = checkStages.find((stage) => report.stages[stage].state === 'failed');
  return failed
    ? `${failed}: ${report.stages[failed].failure?.kind ?? ''}`
    : (report.outcome ?? 'not at all');
}

/** The caution at a stage, if any. */
export function cautionAt({ report }: Checked, stage: CheckStage): string | undefined {
  return report.stages[stage].passed?.warning?.kind;
}

/** How many requests the gateway got that hold a prompt, and how many that nobody could charge. */
export function counted({ log }: Pick<Gateway, 'log'>): { prompts: number; probes: number } {
  const prompts = log.filter(({ body }) => body.includes('Connection check ')).length;
  return { prompts, probes: log.length - prompts };
}
