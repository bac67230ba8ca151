// What killedWriter.ts says about itself, one JSON a line.

/** What the process says. `at`: ms since the epoch, with fractions. */
export type Said = { readonly at: number } & (
  | { readonly type: 'prompt'; readonly conversation: string; readonly turn: string; readonly prompt: string }
  | { readonly type: 'text'; readonly turn: string; readonly text: string }
  | { readonly type: 'end'; readonly turn: string }
  /** The history has said that a prompt, or a whole reply, is on disk. */
  | { readonly type: 'promptStored' | 'replyStored'; readonly turn: string }
  | { readonly type: 'draft'; readonly conversation: string; readonly text: string }
  /** A timer of 10 ms and an append to a file beside the history have come to their end. */
  | { readonly type: 'tick' }
  | { readonly type: 'error'; readonly text: string }
);

/** ms since the epoch, with fractions. */
export const clock = (): number => performance.timeOrigin + performance.now();
