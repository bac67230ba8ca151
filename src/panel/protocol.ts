// Every message between the reply panel's two halves. The host owns replies and speaks the user's language;
// the webview draws what it is told and holds nothing that cannot be told again: it says `ready`, gets a
// `snapshot`, and from then on what changes. Times are durations, since the two halves may not share a clock.

/** A button. `id` is the host's; the webview hands it back. */
export interface Action {
  readonly id: string;
  readonly label: string;
}

/** One item of the line under a reply, such as "1,204 in · 310 out". */
export interface Fact {
  readonly text: string;
  /** Shown when the pointer rests on it, and read out: what the text means, in full. */
  readonly detail?: string;
  /** Present when a click copies something; names what is copied. The host knows the value. */
  readonly copy?: 'logId';
}

export interface Ending {
  readonly kind: 'done' | 'stopped' | 'cut' | 'blocked' | 'failed';
  /** What happened, in a few words; '' for a reply that ended by itself. */
  readonly title: string;
  /** What to do about it, one sentence; '' when there is nothing to do. */
  readonly advice: string;
  /** The other side's own sentence, as it came; '' when there is none. */
  readonly said: string;
  readonly actions: readonly Action[];
}

/** All of a reply but its words. */
export interface State {
  readonly phase: 'waiting' | 'streaming' | 'ended';
  /** ms since the prompt was sent. */
  readonly elapsed: number;
  /** ms until the next attempt, while one is waited for. */
  readonly retryIn?: number;
  /** Why things are not as usual, such as "Sent again without streaming: …"; '' when they are. */
  readonly note: string;
  readonly ending?: Ending;
  readonly facts: readonly Fact[];
}

export interface TurnView {
  /** The request's id. */
  readonly id: string;
  readonly prompt: string;
  /** Where the prompt came from, such as "main.ts:12–40"; '' for a prompt that was typed. */
  readonly source: string;
  readonly text: string;
  readonly reasoning: string;
  readonly state: State;
}

/** What the webview says by itself, in the user's language. {0} stands for what varies. */
export interface Words {
  readonly you: string;
  readonly reply: string;
  readonly empty: string;
  readonly waiting: string;
  /** {0}: seconds */
  readonly waitingFor: string;
  /** {0}: seconds */
  readonly retryIn: string;
  readonly stop: string;
  readonly copyReply: string;
  readonly copyCode: string;
  readonly copied: string;
  readonly reasoning: string;
  readonly showAll: string;
  readonly showLess: string;
  readonly previous: string;
  readonly next: string;
  /** {0} of {1} */
  readonly position: string;
  readonly jumpToEnd: string;
  /** {0}: the picture's description or address */
  readonly picture: string;
  readonly replyFinished: string;
}

export type ToWebview =
  | {
      readonly type: 'snapshot';
      readonly words: Words;
      readonly turns: readonly TurnView[];
      /** Which of this window's conversations is shown, from 1; count 0 when there is none. */
      readonly position: { readonly index: number; readonly count: number };
    }
  /** More of a reply: the parts are appended. */
  | {
      readonly type: 'more';
      readonly turn: string;
      readonly text: string;
      readonly reasoning: string;
    }
  | { readonly type: 'state'; readonly turn: string; readonly state: State };

export type ToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'stop'; readonly turn: string }
  | { readonly type: 'act'; readonly turn: string; readonly action: string }
  | { readonly type: 'copyReply'; readonly turn: string }
  | { readonly type: 'copyFact'; readonly turn: string; readonly what: 'logId' }
  | { readonly type: 'copyCode'; readonly text: string }
  /** A link in a reply was followed; the host decides whether and how it opens. */
  | { readonly type: 'open'; readonly href: string }
  /** Show the conversation before (-1) or after (+1) the one shown. */
  | { readonly type: 'step'; readonly by: -1 | 1 }
  /** The webview could not do something; `what` names the place in its code, never words of a reply. */
  | { readonly type: 'broken'; readonly what: string };
