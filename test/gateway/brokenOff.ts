import { randomUUID } from 'node:crypto';
import { errorFrame, exceptionFrame, prelude } from './frames.js';
import type { Frame } from './operations.js';
import type { Ending } from './reply.js';

/** The frames with which an interrupted stream ends; `next` is the frame that would have followed. */
export function interruption(ending: Exclude<Ending, 'complete'>, next: Buffer): Frame[] {
  if (ending === 'unknownError') {
    return [{ bytes: errorFrame('StandInTrouble', 'Something that no model of the service names.') }];
  }
  if (ending === 'halfFrame') return [{ bytes: next.subarray(0, next.length / 2) }];
  if (ending === 'damaged') return [{ bytes: Buffer.from(next).fill(0xff, 8, 12) }];
  if (ending === 'hugeFrame') return [{ bytes: prelude(1_000_000_000) }];
  if (typeof ending === 'string') return [];
  const more =
    ending.exception === 'modelStreamErrorException'
      ? { originalStatusCode: 500, originalMessage: randomUUID() }
      : {};
  return [{ bytes: exceptionFrame(ending.exception, { message: ending.message, ...more }) }];
}
