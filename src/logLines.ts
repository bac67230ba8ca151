// What the log says of a prompt: facts by which it can be found, never a word of it or of its reply.
import type { Outcome, Turn } from './core/reply';
import { other, recordableCode, recordableIds, recordableStopReason } from './core/recordable';
import type { Request } from './core/request';
import { oneLine, shortened } from './util/plainText';

/** Characters of a line. */
const longest = 4000;

/** Anything that is said, as one line: what it quotes of others forges none of its own. */
export function lineOf(message: string): string {
  return oneLine(shortened(message, longest));
}

/** When a prompt is sent. */
export function sentLine({ id, surface, target, gateway, authentication }: Request): string {
  const { hostname, path } = gateway.address;
  return `${id}: ${surface} → ${target.model} in ${target.region} by ${hostname}${path} (${target.api}, ${authentication})`;
}

/** When its reply has ended. */
export function endedLine({ request, reply }: Turn, outcome: Outcome): string {
  const known = recordableIds(reply.trace);
  const found = (['logId', 'ray', 'awsRequestId'] as const)
    .flatMap((name) => (reply.trace[name] === undefined ? [] : [known[name] ?? other]))
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
      const { kind, facts } = outcome.failure;
      const code = facts.code === undefined ? undefined : recordableCode(facts.code);
      return `${outcome.kind}: ${kind} ${[facts.status, code].filter(Boolean).join(' ')}`;
    }
  }
}
