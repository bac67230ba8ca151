// The log's line about a reply that has ended. Apart from the other lines, since what may be logged is told by the
// tables of failures, which are loaded with ask().
import type { Outcome, Turn } from '../core/model/reply';
import { other, recordableCode, recordableIds, recordableStopReason } from '../core/failures/recordable';

/** How a reply has ended, and where to find it: never a word of it or of its prompt. */
export function endedLine({ request, reply }: Turn, outcome: Outcome): string {
  const known = recordableIds(reply.requestIds);
  const found = (['logId', 'ray', 'awsRequestId'] as const)
    .flatMap((name) => (reply.requestIds[name] === undefined ? [] : [known[name] ?? other]))
    .join(' ');
  return `${request.id}: ${summary(outcome)}, attempts: ${reply.attempts}${found && `, ${found}`}`;
}

/** Without `facts.message`: the other side may quote the prompt. */
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
