import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, Severed } from './answer.js';
import type { Frame } from './operations.js';
import { deltaCount, type Reply } from './reply.js';

/** Sends frames with delays, each as a chunk of the body. */
export function streamed(
  frames: readonly Frame[],
  reply: Reply,
  headers: Readonly<Record<string, string>>,
  mangleFrames: boolean,
): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream', ...headers },
    body: (gone) => paced(frames, reply, mangleFrames, gone),
    frames: frames.length,
    complete: reply.ending === 'complete',
  };
}

/** Delays a whole response as long as the reply takes. */
export function delayed(answer: Answer, reply: Reply): Answer {
  const { body } = answer;
  if (!Buffer.isBuffer(body)) return answer;
  return {
    ...answer,
    async *body(gone) {
      await pause(reply.firstByte, gone);
      const count = deltaCount(reply);
      for (let index = 0; index < count && !gone.aborted; index++) await unlessGone(reply.hold(index), gone);
      if (!gone.aborted) yield body;
    },
  };
}

async function* paced(frames: readonly Frame[], reply: Reply, mangleFrames: boolean, signal: AbortSignal) {
  await pause(reply.firstByte, signal);
  for (const { bytes, delta } of frames) {
    if (delta !== undefined) {
      await unlessGone(reply.hold(delta), signal);
      await pause(reply.pace, signal);
    }
    if (signal.aborted) return;
    yield mangleFrames ? Buffer.from(bytes.toString('utf8')) : bytes;
  }
  if (reply.ending === 'stall') await unlessGone(new Promise(() => undefined), signal);
  if (reply.ending === 'connectionLost') throw new Severed();
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds === Infinity) await unlessGone(new Promise(() => undefined), signal);
  // It is no error if the client leaves: callers check the signal next.
  else if (milliseconds > 0) await delay(milliseconds, undefined, { signal }).catch(() => undefined);
}

/** Resolves when the promise does, or when the client has left. */
function unlessGone(waiting: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const done = () => {
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    waiting.then(done, reject);
  });
}
