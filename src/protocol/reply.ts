// Every message between the reply panel's two halves. The host owns replies and speaks the user's language;
// the webview draws what it is told and holds nothing that cannot be told again: it says `ready`, gets a
// `snapshot`, and from then on what changes. Times are durations, since the two halves may not share a clock.

/** A button. `id` is the host's; the webview hands it back. */
export interface Action {
  readonly id: string;
  readonly label: string;
}

/** One item of the line under a reply, such as "1,204 in · 310 out". */
export interface ReplyStat {
  readonly text: string;
  /** Shown when the pointer rests on it, and read out: what the text means, in full. */
  readonly detail?: string;
  /** Present when a click copies something; names what is copied. The host knows the value. */
  readonly copy?: 'logId';
}

export interface OutcomeView {
  readonly kind: 'done' | 'stopped' | 'cut' | 'blocked' | 'failed';
  /** What happened, in a few words; '' for a reply that ended by itself. */
  readonly title: string;
  /** What to do about it, one sentence; '' when there is nothing to do. */
  readonly advice: string;
  /** The other side's own sentence, as it came; '' when there is none. */
  readonly providerMessage: string;
  readonly actions: readonly Action[];
}

/** A name, and what it stands for. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** What Details can copy; the host knows the values. */
export type CopyTarget =
  'signed' | 'sent' | 'logId' | 'eventId' | 'ray' | 'awsRequestId' | 'dlp' | 'curlGateway' | 'curlAws';

/** An attempt on the wire, in words. Lists may be empty. */
export interface AttemptView {
  /** From 1. */
  readonly number: number;
  /** Such as "Attempt 2 · converse · 200 · 1.2 s". */
  readonly title: string;
  /** Why it was made, and what was wrong with it. */
  readonly notes: readonly string[];
  /** Where it was signed for and where it went; absent when nothing was sent. */
  readonly addresses?: Addresses;
  /** What AWS saw otherwise than it was signed. */
  readonly differing: readonly {
    readonly name: string;
    readonly signed: string;
    readonly received: string;
  }[];
  readonly spans: readonly SpanView[];
  readonly requestIds: readonly (NamedValue & { readonly copy: CopyTarget })[];
  readonly request?: HeadersView;
  readonly response?: HeadersView;
  readonly copies: readonly { readonly label: string; readonly copy: CopyTarget }[];
}

/** Two addresses that end alike. */
export interface Addresses {
  readonly method: string;
  /** `beginning` is what differs. */
  readonly signed: { readonly title: string; readonly beginning: string };
  readonly sent: { readonly title: string; readonly beginning: string };
  /** The end of both, byte for byte. */
  readonly end: string;
  /** What the signature covers; or that there is none. */
  readonly covers: string;
}

/** A part of an attempt's time; `from` and `to` are shares of all of it, 0 to 1. */
export interface SpanView {
  readonly kind: 'queue' | 'connect' | 'firstByte' | 'stream';
  readonly name: string;
  readonly time: string;
  readonly detail: string;
  readonly from: number;
  readonly to: number;
}

export interface HeadersView {
  readonly title: string;
  readonly rows: readonly NamedValue[];
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
  readonly outcome?: OutcomeView;
  readonly stats: readonly ReplyStat[];
  /** How many attempts are over, of which Details can tell. */
  readonly attempts: number;
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
export interface PanelStrings {
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
  readonly details: string;
  /** What stands at the end of both addresses. */
  readonly sameInBoth: string;
  readonly differing: string;
  readonly signedAs: string;
  readonly receivedAs: string;
  readonly times: string;
  readonly requestIds: string;
  readonly copy: string;
  /** {0}: the name of what is copied */
  readonly copyNamed: string;
  readonly showAll: string;
  readonly showLess: string;
  readonly previous: string;
  readonly next: string;
  /** {0} of {1} */
  readonly position: string;
  readonly jumpToEnd: string;
  /** {0}: the picture's description or address */
  readonly picture: string;
  /** What a screen reader says of a task that is done, and of one that is not. */
  readonly taskDone: string;
  readonly taskOpen: string;
  /** {0}: the footnote's label */
  readonly footnote: string;
  readonly replyFinished: string;
}

export type ReplyToWebview =
  | {
      readonly type: 'snapshot';
      readonly strings: PanelStrings;
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
  | { readonly type: 'state'; readonly turn: string; readonly state: State }
  /** What `details` asked for. */
  | { readonly type: 'details'; readonly turn: string; readonly attempts: readonly AttemptView[] };

/** A block of code in a reply, as it stood when its Copy was drawn. */
export interface CodePlace {
  /** 0 the first. */
  readonly block: number;
  /** How much of the reply's text had arrived then, in UTF-16 units; and whether that was all of it. */
  readonly length: number;
  readonly isOver: boolean;
}

export type ReplyToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'stop'; readonly turn: string }
  | { readonly type: 'act'; readonly turn: string; readonly action: string }
  | { readonly type: 'copyReply'; readonly turn: string }
  | { readonly type: 'copyFact'; readonly turn: string; readonly what: 'logId' }
  | { readonly type: 'copyCode'; readonly turn: string; readonly code: CodePlace }
  /** Details was unfolded, or has become more since. */
  | { readonly type: 'details'; readonly turn: string }
  | {
      readonly type: 'copyDetail';
      readonly turn: string;
      readonly attempt: number;
      readonly what: CopyTarget;
    }
  /** A link in a reply was followed; the host decides whether and how it opens. */
  | { readonly type: 'open'; readonly href: string }
  /** Show the conversation before (-1) or after (+1) the one shown. */
  | { readonly type: 'step'; readonly by: -1 | 1 }
  /** The webview could not do something; `what` names the place in its code, never words of a reply. */
  | { readonly type: 'broken'; readonly what: string };
