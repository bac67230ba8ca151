import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { BedrockBehaviour } from './behaviours.js';
import { Cache } from './cache.js';
import { PromptCache } from './content/promptCache.js';
import { ThinkingMemory } from './content/thinking.js';
import { openDesk } from './desk.js';
import { FaultDealer } from './faults.js';
import { handle } from './handle.js';
import { type Entry, Log } from './log.js';
import { readOptions, type StartOptions } from './options.js';
import type { Script } from './reply.js';
import type { GatewayState } from './running.js';
import { type Switches, switchesWith } from './switches.js';

export interface Gateway {
  /**
   * The URL as Cloudflare shows it, with the first region:
   * …/v1/{account}/{gateway}/aws-bedrock/bedrock-runtime/{region}
   */
  readonly url: string;
  /** The URL without the provider: …/v1/{account}/{gateway} */
  readonly base: string;
  /** Scheme, host and port, as for a custom domain. */
  readonly root: string;
  readonly port: number;
  readonly log: readonly Entry[];
  /** Paths under /canary/ that were fetched. Stays empty if a reply was shown safely. */
  readonly canary: readonly string[];
  /** May be set at any time; effective from the next request. */
  readonly switches: Switches;
  readonly urlFor: (region: string) => string;
  /**
   * Resolves to the first request, past or future, for which the predicate is or becomes true. Rejects after `timeout`
   * ms (60 s).
   */
  readonly waitFor: (predicate: (entry: Entry) => boolean, timeout?: number) => Promise<Entry>;
  /** Sets the replies of a model: one script, or a function that may return another one each turn. */
  readonly script: (model: string, reply: Script | BedrockBehaviour['answer']) => void;
  /** How often this model was called. Refusals, gateway errors and cache HITs call no model. */
  readonly asked: (model: string) => number;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

export async function startGateway(given: StartOptions = {}): Promise<Gateway> {
  const options = readOptions(given);
  const { host, tls } = options;
  const log = new Log(options.keep);
  const running: GatewayState = {
    options,
    switches: switchesWith(options.switches),
    log,
    dealer: options.faults && new FaultDealer(options.faults),
    cache: new Cache(options.clock),
    promptCache: new PromptCache(options.clock),
    thinking: new ThinkingMemory(),
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
  // Longer than any test: an idle connection that closes during a client's next request would look like a network
  // error.
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
