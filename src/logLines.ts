// What the log says of a prompt: facts by which it can be found, never a word of it or of its reply.
import type { Outcome, Turn } from './core/reply';
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
  const { logId, ray, awsRequestId } = reply.trace;
  const found = [logId, ray, awsRequestId].map(plain).filter(Boolean).join(' ');
  return `${request.id}: ${summary(outcome)}, attempts: ${reply.attempts}${found && `, ${found}`}`;
}

/** A name or an ID as it is; whatever else the other side may have put in its place, not at all. */
function plain(name: string | undefined): string {
  return name !== undefined && /^[\w.:-]{1,64}$/.test(name) ? name : '';
}

/** Without `facts.message`: the other side may quote the prompt. */
function summary(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'done':
      return `done (${plain(outcome.stopReason)})`;
    case 'stopped':
      return 'stopped';
    case 'cut':
    case 'blocked':
    case 'failed': {
      const { kind, facts } = outcome.failure;
      return `${outcome.kind}: ${kind} ${[facts.status, plain(facts.code)].filter(Boolean).join(' ')}`;
    }
  }
}
