// Endpoints of the stand-in that the real gateway does not have: a description, its log, its switches for tests in
// other processes, and the canary that hostile replies try to reach.
import type { IncomingMessage } from 'node:http';
import { type Answer, jsonAnswer, page } from './answer.js';
import { readBody } from './received.js';
import type { GatewayState } from './running.js';
import { readSwitches } from './switches.js';

export interface Desk {
  readonly canary: string[];
  /** Undefined if the request is for the gateway. */
  readonly answer: (request: IncomingMessage) => Promise<Answer | undefined>;
}

const about = (root: string) =>
  `This is a stand-in for Cloudflare AI Gateway with Amazon Bedrock behind it. It runs on this machine and asks no model.\n\nGET  ${root}/__log       every request that it got, as JSON; ?after=N leaves out the first N\nGET  ${root}/__switches  its switches; POST some as JSON to set them\n`;

export function openDesk(running: GatewayState): Desk {
  const canary: string[] = [];
  const answer = async (request: IncomingMessage) => {
    const path = request.url ?? '/';
    if (path === '/') return page(200, 'text/plain; charset=utf-8', about(running.root()));
    const log = /^\/__log(?:\?after=(\d+))?$/.exec(path);
    if (log) return jsonAnswer(200, running.log.entries.slice(Number(log[1] ?? 0)));
    if (path === '/__switches') return switches(request, running);
    if (!path.startsWith('/canary/')) return undefined;
    canary.push(path);
    return page(200, 'text/plain', 'sung');
  };
  return { canary, answer };
}

async function switches(request: IncomingMessage, running: GatewayState): Promise<Answer> {
  if (request.method === 'POST') {
    try {
      Object.assign(running.switches, readSwitches(JSON.parse(String(await readBody(request)))));
    } catch (error) {
      return jsonAnswer(400, { message: String(error) });
    }
  }
  return jsonAnswer(200, running.switches);
}
