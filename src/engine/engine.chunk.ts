// The chunk that contains the AWS SDK, loaded with the first prompt (esbuild.js makes it a file of its own).
import { type Ask, ask } from '../core/ask';
import { type Check, check } from '../core/check/check';
import type { Blobs, Ports } from '../core/model/ports';
import type { Request } from '../core/model/request';
import { endedLine } from './endedLine';
import { nodeHash } from '../platform/node/hash';
import { systemClock } from '../platform/clock';
import { openHttp } from '../platform/node/http';
import { nodeSockets } from '../platform/node/sockets';
import { unpack } from '../platform/node/unpack';

/**
 * Sends prompts and checks through the gateway. Both use the same connections, so that a check meets the same
 * conditions as a prompt.
 */
export interface Engine {
  /** `blobs`: the bytes of the request's pictures, if they are not where the conversations' are. */
  readonly ask: (request: Request, signal: AbortSignal, blobs?: Blobs) => ReturnType<Ask>;
  readonly check: Check;
  readonly endedLine: typeof endedLine;
}

/** The ports that depend only on this machine. */
export type MachinePorts = 'http' | 'sockets' | 'unpack' | 'hash' | 'clock';

/** Connects ask() and check() to the network as VS Code reaches it. `clock` replaces this machine's clock. */
export function createEngine(parts: Omit<Ports, MachinePorts> & Partial<Pick<Ports, 'clock'>>): Engine {
  const ports: Ports = {
    clock: systemClock,
    ...parts,
    http: openHttp(),
    sockets: nodeSockets,
    unpack,
    hash: nodeHash,
  };
  return {
    ask: (request, signal, blobs = ports.blobs) =>
      ask(request, { ...ports, ...(blobs && { blobs }) }, signal),
    check: (request, signal, limits) => check(request, ports, signal, limits),
    endedLine,
  };
}
