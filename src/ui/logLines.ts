// What the log says of a prompt: facts by which it can be found, never a word of it or of its reply.
import type { Request } from '../core/model/request';
import { oneLine, shortened } from '../util/plainText';

/** Characters of a line. */
const longest = 4000;

/** Anything that is said, as one line: what it quotes of others forges none of its own. */
export function logLine(message: string): string {
  return oneLine(shortened(message, longest));
}

/** When a prompt is sent. */
export function sentLine({ id, surface, target, gateway, authentication }: Request): string {
  const { hostname, path } = gateway.address;
  return `${id}: ${surface} → ${target.model} in ${target.region} by ${hostname}${path} (${target.api}, ${authentication})`;
}
