// Lines for the log. They identify a prompt, but never contain any text of the prompt or its reply.
import type { Request } from '../core/model/request';
import { oneLine, shortened } from '../util/plainText';

/** Maximum length of a line, in characters. */
const maxLength = 4000;

/** Makes a message one line of limited length, so that a quoted text cannot forge an entry. */
export function logLine(message: string): string {
  return oneLine(shortened(message, maxLength));
}

/** The entry for a prompt that is sent. */
export function sentLine({ id, surface, target, gateway, authentication }: Request): string {
  const { hostname, path } = gateway.address;
  return `${id}: ${surface} → ${target.model} in ${target.region} by ${hostname}${path} (${target.api}, ${authentication})`;
}
