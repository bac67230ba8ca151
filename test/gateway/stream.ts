import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, Severed } from './answer.js';
import type { Frame } from './operations.js';
import type { Reply } from './reply.js';

/** Frames in their own time, each a chunk of the body. */
export function streamed(
  frames: readonly Frame[],
  reply: Reply,
  headers: Readonly<Record<string, string>>,
  mangled: boolean,
): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/vnd.amazon.eventstream', ...headers },
    body: (gone) => paced(frames, reply, mangled, gone),
    frames: frames.length,
    complete: reply.ending === 'complete',
  };
}

/** The same answer, after all that the reply has to wait for. */
export function waited(answer: Answer, reply: Reply): Answer {
  const { body } = answer;
  if (!Buffer.isBuffer(body)) return answer;
  return {
    ...answer,
    async *body(gone) {
      await pause(reply.firstByte, gone);
      const count = reply.reasoning.length + reply.deltas.length;
      for (let index = 0; index < count && !gone.aborted; index++) await unlessGone(reply.hold(index), gone);
      if (!gone.aborted) yield body;
    },
  };
}

async function* paced(frames: readonly Frame[], reply: Reply, mangled: boolean, gone: AbortSignal) {
  await pause(reply.firstByte, gone);
  for (const { bytes, delta } of frames) {
    if (delta !== undefined) {
      await unlessGone(reply.hold(delta), gone);
      await pause(reply.pace, gone);
    }
    if (gone.aborted) return;
    yield mangled ? Buffer.from(bytes.toString('utf8')) : bytes;
  }
  if (reply.ending === 'stall') await unlessGone(new Promise(() => undefined), gone);
  if (reply.ending === 'connectionLost') throw new Severed();
}

async function pause(milliseconds: number, gone: AbortSignal): Promise<void> {
  if (milliseconds === Infinity) await unlessGone(new Promise(() => undefined), gone);
  // The client leaving is no error here: whoever asked looks at the signal next.
  else if (milliseconds > 0) await delay(milliseconds, undefined, { signal: gone }).catch(() => undefined);
}

/** Resolves when the promise does or the client is gone, whichever is first. */
function unlessGone(waiting: Promise<unknown>, gone: AbortSignal): Promise<void> {
  if (gone.aborted) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const done = () => {
      gone.removeEventListener('abort', done);
      resolve();
    };
    gone.addEventListener('abort', done);
    waiting.then(done, reject);
  });
}
