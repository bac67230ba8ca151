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

/** The page's one line to the host. To be called once. */
export function connect<Message extends { readonly type: string }>() {
  const api = acquireVsCodeApi() as VsCode<Message | Broken>;
  const { postMessage: post } = api;
  /** Runs a handler; if it fails, the host is told where. The error's message may quote a reply: it stays here. */
  const guarded = (what: string, handler: () => void) => {
    try {
      handler();
    } catch (error) {
      post({ type: 'broken', what: `${what}: ${error instanceof Error ? error.name : typeof error}` });
    }
  };
  return { ...api, post, guarded };
}
