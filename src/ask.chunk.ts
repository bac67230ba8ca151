// The chunk that holds the AWS SDK: loaded when the first prompt is sent (esbuild.js makes it a file of its own).
import { type Ask, ask } from './core/ask';
import type { Ports } from './core/ports';
import { openHttp } from './http';
import { nodeSockets } from './sockets';

/** An ask() over the network as VS Code reaches it. */
export function openAsk(ports: Omit<Ports, 'http' | 'sockets'>): Ask {
  const http = openHttp();
  return (request, signal) => ask(request, { ...ports, http, sockets: nodeSockets }, signal);
}
