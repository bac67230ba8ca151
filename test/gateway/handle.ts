import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused } from './answer.js';
import type { Desk } from './desk.js';
import { answerTo } from './gateway.js';
import type { Entry } from './log.js';
import { flatHeaders, readBody } from './received.js';
import type { Running } from './running.js';
import { send } from './send.js';

/** One request from its first byte to the end of its connection. Rejects only for a fault of the stand-in itself. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  running: Running,
  desk: Desk,
  open: () => boolean,
): Promise<void> {
  const { log, options } = running;
  const aside = await desk.answer(request);
  if (aside) {
    response.writeHead(aside.status, aside.headers).end(aside.body);
    return;
  }
  const { method = 'GET', url = '/' } = request;
  const headers = flatHeaders(request);
  const entry = log.open({ method, url, headers });
  log.changed(entry, {});
  const gone = new AbortController();
  response.once('finish', () => log.changed(entry, { finished: true }));
  response.once('close', () => {
    if (!entry.finished && open()) log.changed(entry, { closedByClientAt: Date.now() });
    gone.abort();
    options.onEntry?.(entry);
  });
  const answer = await read(request, entry, running);
  if (answer) await send(answer, response, entry, log, gone.signal);
}

/** Undefined when the client left before its body was whole. */
async function read(request: IncomingMessage, entry: Entry, running: Running) {
  const { method, url, headers } = entry;
  try {
    const body = await readBody(request);
    running.log.changed(entry, { body: body.toString('utf8') });
    return answerTo({ method, url, headers, body }, entry, running);
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return undefined;
    throw error;
  }
}
