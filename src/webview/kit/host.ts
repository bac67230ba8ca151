// VS Code, as any page of ours sees it.

interface VsCode<Message> {
  readonly postMessage: (message: Message) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

declare const acquireVsCodeApi: () => VsCode<unknown>;

/** What a page of ours tells when it could not do something. */
export interface Broken {
  readonly type: 'broken';
  readonly what: string;
}

/** The other half of a page. */
export interface PageHost<Message, Told = never> {
  readonly post: (message: Message) => void;
  /** What the page has kept of itself, when it was loaded before. */
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
  /** Hands what the host tells to `handle`, from now on. */
  readonly onMessage: (handle: (message: Told) => void) => void;
  /** Runs a handler; if it fails, the host is told where. */
  readonly guarded: (what: string, handler: () => void) => void;
}

/** The page's one line to the host. To be called once. */
export function connect<Message extends { readonly type: string }, Told>(): PageHost<Message, Told> {
  const api = acquireVsCodeApi() as VsCode<Message | Broken>;
  const { postMessage: post } = api;
  // The error's message may quote a reply: it stays here.
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
  return {
    ...{ post, guarded, getState: api.getState, setState: api.setState },
    onMessage: (handle) =>
      addEventListener('message', ({ data }: MessageEvent<Told>) => guarded('message', () => handle(data))),
  };
}

/** Where the page is drawn. */
export function pageRoot(): HTMLElement {
  return document.getElementById('panel') ?? document.body.appendChild(document.createElement('main'));
}
