import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import { type Answer, Severed } from './answer.js';
import type { Entry, Log } from './log.js';

/** Writes the response chunk by chunk, and logs its progress. Does not reject if the client leaves. */
export async function send(
  answer: Answer,
  response: ServerResponse,
  entry: Entry,
  log: Log,
  signal: AbortSignal,
) {
  log.changed(entry, {
    framesTotal: answer.frames,
    ...(answer.error !== undefined && { error: answer.error }),
  });
  const { body } = answer;
  if (answer.raw && Buffer.isBuffer(body)) {
    log.changed(entry, { finished: true });
    // End instead of destroy: Node would drop what was just written.
    response.socket?.end(body);
    return;
  }
  try {
    const chunks = Buffer.isBuffer(body) ? [body] : body(signal);
    for await (const chunk of chunks) {
      if (signal.aborted) return;
      if (!response.headersSent) open(answer, chunk, response, entry, log);
      if (!response.write(chunk)) await drained(response, signal);
      log.changed(entry, {
        bytesSent: entry.bytesSent + chunk.length,
        framesSent: Buffer.isBuffer(body) ? answer.frames : Math.min(answer.frames, entry.framesSent + 1),
      });
    }
    if (signal.aborted) return;
    response.end();
  } catch (error) {
    if (!(error instanceof Severed)) throw error;
    log.changed(entry, { finished: true });
    response.destroy();
  }
}

function open(answer: Answer, first: Buffer, response: ServerResponse, entry: Entry, log: Log): void {
  response.sendDate = false;
  // Only a live stream has more than one chunk.
  const streams = answer.frames > 0 && !Buffer.isBuffer(answer.body);
  const length = !streams && { 'content-length': String(first.length) };
  response.writeHead(answer.status, { ...answer.headers, ...length });
  log.changed(entry, { status: answer.status });
}

async function drained(response: ServerResponse, signal: AbortSignal): Promise<void> {
  await once(response, 'drain', { signal }).catch(() => undefined);
}
