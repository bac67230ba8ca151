// Finds Node's request for one of the SDK's, through Node's diagnostics channel: the SDK's handler does not expose it,
// and VS Code replaces the agent. AsyncLocalStorage would find it too, but makes every promise of the extension host
// slower for as long as it lives (Node before 24).
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import type { Sockets } from '../../core/model/ports';

type SdkRequest = Parameters<Sockets['watch']>[0];

interface Listener {
  readonly request: SdkRequest;
  /** `isCertain` is false if an equal request waits too: they cannot be told apart. */
  readonly onFound: (request: ClientRequest, isCertain: boolean) => void;
}

/** Published when a request is assigned to its socket, which happens before that is connected (Node 18 to 24). */
const channel = 'http.client.request.start';

const listeners = new Set<Listener>();
const uncertain = new WeakSet<SdkRequest>();

/**
 * Calls `onFound` once, with Node's request, when that is assigned to its socket. Subscribes only while a caller waits.
 * @returns stops waiting
 */
export function onNodeRequest(request: SdkRequest, onFound: Listener['onFound']): () => void {
  const listener = { request, onFound };
  if (listeners.size === 0) subscribe(channel, onStarted);
  listeners.add(listener);
  return () => remove(listener);
}

function remove(listener: Listener): void {
  if (listeners.delete(listener) && listeners.size === 0) unsubscribe(channel, onStarted);
}

function onStarted(message: unknown): void {
  const { request: started } = message as { readonly request: ClientRequest };
  const matching = [...listeners].filter(({ request }) => isSame(request, started));
  const requests = new Set(matching.map(({ request }) => request));
  if (requests.size > 1) requests.forEach((each) => uncertain.add(each));
  const [first] = requests;
  for (const listener of matching.filter(({ request }) => request === first)) {
    remove(listener);
    listener.onFound(started, !uncertain.has(listener.request));
  }
}

/** Whether `sent` is Node's request for the SDK's, whose path has no query. Other requests have other paths. */
function isSame({ path, headers }: SdkRequest, sent: ClientRequest): boolean {
  return (
    (sent.path === path || sent.path.startsWith(`${path}?`)) &&
    Object.entries(headers).every(([name, value]) => sent.getHeader(name) === value)
  );
}
