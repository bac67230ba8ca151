import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refused } from './answer.js';
import type { Desk } from './desk.js';
import { answerTo } from './gateway.js';
import type { Entry } from './log.js';
import { flatHeaders, readBody } from './received.js';
import type { GatewayState } from './running.js';
import { send } from './send.js';

/** Handles one request until its connection ends. Rejects only for a bug in the stand-in. */
export async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  running: GatewayState,
  desk: Desk,
  open: () => boolean,
): Promise<void> {
  const { log, options } = running;
  const controlResponse = await desk.answer(request);
  if (controlResponse) {
    response.writeHead(controlResponse.status, controlResponse.headers).end(controlResponse.body);
    return;
  }
  const { method = 'GET', url = '/' } = request;
  const headers = flatHeaders(request);
  const entry = log.open({ method, url, headers });
  log.changed(entry, {});
  const clientGone = new AbortController();
  response.once('finish', () => log.changed(entry, { finished: true }));
  response.once('close', () => {
    if (!entry.finished && open()) log.changed(entry, { closedByClientAt: Date.now() });
    clientGone.abort();
    options.onEntry?.(entry);
  });
  const answer = await read(request, entry, running);
  if (answer) await send(answer, response, entry, log, clientGone.signal);
}

/** Undefined if the client left before its body was complete. */
async function read(request: IncomingMessage, entry: Entry, running: GatewayState) {
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
