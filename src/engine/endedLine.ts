// The log line for a reply that has ended. In a file of its own, since it depends on the tables of failures, which are
// loaded with ask().
import type { Outcome, Turn } from '../core/model/reply';
import { other, recordableCode, recordableIds, recordableStopReason } from '../core/failures/recordable';

/** Says how a reply ended, and its request IDs. Never contains text of the reply or the prompt. */
export function endedLine({ request, reply }: Turn, outcome: Outcome): string {
  const recordable = recordableIds(reply.requestIds);
  const ids = (['logId', 'ray', 'awsRequestId'] as const)
    .flatMap((name) => (reply.requestIds[name] === undefined ? [] : [recordable[name] ?? other]))
    .join(' ');
  return `${request.id}: ${summary(outcome)}, attempts: ${reply.attempts}${ids && `, ${ids}`}`;
}

/** Without `details.message`, which may quote the prompt. */
function summary(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      return `done (${recordableStopReason(outcome.stopReason)})`;
    case 'stopped':
      return 'stopped';
    case 'cut':
    case 'blocked':
    case 'failed': {
      const { kind, details } = outcome.failure;
      const code = details.code === undefined ? undefined : recordableCode(details.code);
      return `${outcome.kind}: ${kind} ${[details.status, code].filter(Boolean).join(' ')}`;
    }
  }
}
