import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Late } from './behaviours.js';
import { Cache } from './cache.js';
import { openDesk } from './desk.js';
import { Dealer } from './faults.js';
import { handle } from './handle.js';
import { type Entry, Log } from './log.js';
import { readOptions, type StartOptions } from './options.js';
import type { Script } from './reply.js';
import type { Running } from './running.js';
import { type Switches, switchesWith } from './switches.js';

export interface Gateway {
  /** As Cloudflare shows it, with the first region: …/v1/{account}/{gateway}/aws-bedrock/bedrock-runtime/{region} */
  readonly url: string;
  /** The same without the provider: …/v1/{account}/{gateway} */
  readonly base: string;
  /** Scheme, host and port: what a custom domain would be. */
  readonly root: string;
  readonly port: number;
  readonly log: readonly Entry[];
  /** Paths under /canary/ that were fetched. A reply that was shown safely leaves this empty. */
  readonly canary: readonly string[];
  /** Set at any time; they hold from the next request on. */
  readonly switches: Switches;
  readonly urlFor: (region: string) => string;
  /** The first request, past or to come, of which this is or becomes true. Rejects after `timeout` ms (10 s). */
  readonly waitFor: (predicate: (entry: Entry) => boolean, timeout?: number) => Promise<Entry>;
  /** What this model says from now on: one script, or a function that may answer differently each turn. */
  readonly script: (model: string, says: Script | Late['answer']) => void;
  /** How often this model was asked. Refusals, errors of the gateway and cache HITs ask no model. */
  readonly asked: (model: string) => number;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

export async function startGateway(given: StartOptions = {}): Promise<Gateway> {
  const options = readOptions(given);
  const { host, tls } = options;
  const log = new Log(options.keep);
  const running: Running = {
    options,
    switches: switchesWith(options.switches),
    log,
    dealer: options.faults && new Dealer(options.faults),
    cache: new Cache(options.clock),
    scripts: new Map(),
    turns: new Map(),
    root: () => root,
  };
  const desk = openDesk(running);
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    handle(request, response, running, desk, () => server.listening).catch((error: unknown) => {
      console.error('The stand-in gateway failed:', error);
      response.destroy();
    });
  };
  const server: Server = tls ? createTlsServer(tls, listener) : createServer(listener);
  // Longer than any test: an idle connection that closes under a client's next request looks like a network error.
  server.keepAliveTimeout = 600_000;
  const port = await listen(server, options.port, host);
  const root = `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const base = `${root}/v1/${options.account}/${options.gateway}`;
  const urlFor = (region: string) => `${base}/aws-bedrock/bedrock-runtime/${region}`;
  return {
    url: urlFor(options.regions[0] ?? 'us-east-1'),
    base,
    root,
    port,
    log: log.entries,
    canary: desk.canary,
    switches: running.switches,
    urlFor,
    waitFor: (predicate, timeout) => log.waitFor(predicate, timeout),
    script: (model, says) => running.scripts.set(model, typeof says === 'function' ? says : () => says),
    asked: (model) => running.turns.get(model) ?? 0,
    close: () => close(server),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
