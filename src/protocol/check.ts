// Every message between the two halves of the Check Connection panel. The view is small: after each change the host
// posts all of it, in the user's language, and the page redraws what differs.
import type { Action } from './reply';

export type StageState = 'waiting' | 'running' | 'passed' | 'warned' | 'failed' | 'notReached';

/** A line of the canonical request. */
export interface LineView {
  readonly name: string;
  readonly signed: string;
  readonly received: string;
  readonly differs: boolean;
}

export interface StageView {
  readonly id: string;
  readonly title: string;
  readonly state: StageState;
  /** The state, in the user's language. */
  readonly stateText: string;
  /** Such as an address; '' before the stage has passed. */
  readonly result: string;
  /** Such as "1.2 s"; '' if the stage took hardly any time of its own. */
  readonly duration: string;
  /** What is wrong although prompts work; '' if nothing is. */
  readonly warning: string;
  readonly problem?: {
    readonly title: string;
    readonly advice: string;
    /** The message of AWS or the gateway, unchanged; '' if there is none. */
    readonly providerMessage: string;
    readonly actions: readonly Action[];
    readonly lines?: readonly LineView[];
  };
}

/** One of the panel's own buttons. All of them always exist, so that the visible ones keep their place and focus. */
export interface PanelButton extends Action {
  readonly offered: boolean;
}

export interface CheckView {
  readonly heading: string;
  /** The model, the gateway and the authentication method. */
  readonly subject: string;
  /** What a check sends and its maximum cost; '' if `changed` says it. */
  readonly plan: string;
  readonly phase: 'before' | 'running' | 'ended';
  readonly stages: readonly StageView[];
  /** How the check ended, in a sentence; '' before the first check. */
  readonly summary: string;
  /** Says that the settings have changed since, and what the next check sends; '' if they have not. */
  readonly changed: string;
  readonly observationsHeading: string;
  readonly observations: readonly { readonly question: string; readonly answer: string }[];
  readonly actions: readonly PanelButton[];
  /** The page returns it with `do`. */
  readonly offer: number;
  readonly lineHeads: { readonly part: string; readonly signed: string; readonly received: string };
  /** Marks a line that differs, for readers who do not see its colour. */
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
   * One of the panel's own buttons, or Escape: begin, stop, copyReport, forget. `offer` is that of the view in which
   * the button was pressed, so that an outdated view cannot begin something that costs money.
   */
  | { readonly type: 'do'; readonly action: string; readonly offer: number }
  /** A button of the stage that failed. */
  | { readonly type: 'act'; readonly action: string }
  | { readonly type: 'broken'; readonly what: string };
