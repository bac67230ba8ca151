// The other half of the panel, as the page sees it.
import type { ToHost } from '../protocol';

interface VsCode {
  readonly postMessage: (message: ToHost) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

declare const acquireVsCodeApi: () => VsCode;

const vscode = acquireVsCodeApi();

export const { postMessage: post, getState, setState } = vscode;

/** Runs a handler; if it fails, the host is told where. The error's message may quote a reply: it stays here. */
export function guarded(what: string, handler: () => void): void {
  try {
    handler();
  } catch (error) {
    post({ type: 'broken', what: `${what}: ${error instanceof Error ? error.name : typeof error}` });
  }
}
