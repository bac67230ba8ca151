// The connection of a page to the extension host.

interface VsCode<Message> {
  readonly postMessage: (message: Message) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

declare const acquireVsCodeApi: () => VsCode<unknown>;

/** Reports an error in the page. */
export interface Broken {
  readonly type: 'broken';
  readonly what: string;
}

/** The host half of a page. */
export interface PageHost<Message, HostMessage = never> {
  readonly post: (message: Message) => void;
  /** The state that the page saved before it was unloaded. */
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
  /** Calls `handle` with each message of the host from now on. */
  readonly onMessage: (handle: (message: HostMessage) => void) => void;
  /** Runs a handler; if it fails, reports `what` to the host. */
  readonly guarded: (what: string, handler: () => void) => void;
}

/** Connects to the host. Call it once. */
export function connect<Message extends { readonly type: string }, Told>(): PageHost<Message, Told> {
  const api = acquireVsCodeApi() as VsCode<Message | Broken>;
  const { postMessage: post } = api;
  // The error's message may quote a reply, so only its name is reported.
  const guarded = (what: string, handler: () => void) => {
    try {
      handler();
    } catch (error) {
      post({ type: 'broken', what: `${what}: ${error instanceof Error ? error.name : typeof error}` });
    }
  };
  addEventListener('error', ({ error }) =>
    post({ type: 'broken', what: error instanceof Error ? error.name : 'error' }),
  );
  // What nobody waits for fails unheard otherwise.
  addEventListener('unhandledrejection', ({ reason }) =>
    post({ type: 'broken', what: reason instanceof Error ? reason.name : 'rejection' }),
  );
  return {
    ...{ post, guarded, getState: api.getState, setState: api.setState },
    onMessage: (handle) =>
      addEventListener('message', ({ data }: MessageEvent<Told>) => guarded('message', () => handle(data))),
  };
}

/** The element in which the page is drawn. */
export function pageRoot(): HTMLElement {
  return document.getElementById('panel') ?? document.body.appendChild(document.createElement('main'));
}
