// Every message between the two halves of the panel that checks the connection. It is small: whatever changes, the
// whole view is told anew, in the user's language, and the webview draws what differs.
import type { Action } from './reply';

export type HopState = 'waiting' | 'running' | 'passed' | 'cautioned' | 'failed' | 'notReached';

/** A line of the canonical request. */
export interface LineView {
  readonly name: string;
  readonly ours: string;
  readonly theirs: string;
  readonly differs: boolean;
}

export interface HopView {
  readonly id: string;
  readonly title: string;
  readonly state: HopState;
  /** The state in words. */
  readonly stateText: string;
  /** What was found, such as an address; '' before. */
  readonly found: string;
  /** How long it took; '' where that is not known by itself. */
  readonly took: string;
  /** What is not as it should be, though prompts pass; '' when nothing is. */
  readonly remark: string;
  readonly problem?: {
    readonly title: string;
    readonly advice: string;
    /** The other side's own sentence; '' when there is none. */
    readonly said: string;
    readonly actions: readonly Action[];
    readonly lines?: readonly LineView[];
  };
}

/** A button of the panel itself: all of them are there always, so that those on screen keep their place and focus. */
export interface OwnButton extends Action {
  readonly offered: boolean;
}

export interface CheckView {
  readonly heading: string;
  /** Which gateway and model are checked, and who asks. */
  readonly subject: string;
  /** What it sends and what that costs, at most; '' where `changed` says it. */
  readonly beforehand: string;
  readonly phase: 'before' | 'running' | 'ended';
  readonly stages: readonly HopView[];
  /** How it ended, in a sentence; '' before. */
  readonly summary: string;
  /** That the settings were changed since, and what the next check sends; '' where they were not. */
  readonly changed: string;
  readonly settledHeading: string;
  readonly settled: readonly { readonly question: string; readonly answer: string }[];
  readonly actions: readonly OwnButton[];
  /** What `do` hands back. */
  readonly offer: number;
  readonly lineHeads: { readonly part: string; readonly ours: string; readonly theirs: string };
  /** Marks a line that differs, for those who do not see its colour. */
  readonly differs: string;
  readonly copied: string;
}

export interface CheckToWebview {
  readonly type: 'show';
  readonly view: CheckView;
}

export type CheckToHost =
  | { readonly type: 'ready' }
  /**
   * A button of the panel, or Escape: begin, stop, copyReport, forget. `offer` is that of the view in which it was
   * pressed: what costs money is not begun out of one that is no longer true.
   */
  | { readonly type: 'do'; readonly action: string; readonly offer: number }
  /** A button of the stage that failed. */
  | { readonly type: 'act'; readonly action: string }
  | { readonly type: 'broken'; readonly what: string };
