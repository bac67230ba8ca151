// The chunk that holds the AWS SDK: loaded when the first prompt is sent (esbuild.js makes it a file of its own).
import { type Ask, ask } from '../core/ask';
import { type Check, check } from '../core/check/check';
import type { Ports } from '../core/model/ports';
import { endedLine } from './endedLine';
import { nodeHash } from '../platform/node/hash';
import { systemClock } from '../platform/clock';
import { openHttp } from '../platform/node/http';
import { nodeSockets } from '../platform/node/sockets';
import { unpack } from '../platform/node/unpack';

/** What speaks to the gateway: both by the same connections, so that a check tells what a prompt would meet. */
export interface Engine {
  readonly ask: Ask;
  readonly check: Check;
  readonly endedLine: typeof endedLine;
}

/** The ports that are the same for all who ask. */
export type OfThisMachine = 'http' | 'sockets' | 'unpack' | 'hash' | 'clock';

/** An ask() and a check() over the network as VS Code reaches it. `clock`: another than this machine's. */
export function createEngine(given: Omit<Ports, OfThisMachine> & Partial<Pick<Ports, 'clock'>>): Engine {
  const ports: Ports = {
    clock: systemClock,
    ...given,
    http: openHttp(),
    sockets: nodeSockets,
    unpack,
    hash: nodeHash,
  };
  return {
    ask: (request, signal) => ask(request, ports, signal),
    check: (request, signal, limits) => check(request, ports, signal, limits),
    endedLine,
  };
}
