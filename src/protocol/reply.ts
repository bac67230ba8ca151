// Every message between the two halves of the reply panel. The host owns the replies and formats all texts. The page
// holds nothing that can't be sent again, but what is typed, which it posts many times a second: it posts `ready`, gets a
// `snapshot`, and from then on the changes. Times are durations, since the two halves may not share a clock.
import type { AttachmentsToHost, AttachmentsToWebview, AttachmentView } from './attachments';
import type { AttemptView, CopyTarget } from './attempt';
import type { ComposerView, EditsView } from './composer';

/** A button. The page returns its `id`. */
export interface Action {
  readonly id: string;
  readonly label: string;
}

/** One item of the line under a reply, such as "1,204 in · 310 out". */
export interface ReplyStat {
  readonly text: string;
  /** The full meaning of the text, as a tooltip and for screen readers. */
  readonly detail?: string;
  /** What a click copies; the host has the value. Absent if the item is not a button. */
  readonly copy?: 'logId';
}

export interface OutcomeView {
  readonly kind: 'done' | 'stopped' | 'cut' | 'blocked' | 'failed';
  /** What happened, in a few words; '' for a reply that ended normally. */
  readonly title: string;
  /** What to do about it; '' if there is nothing to do. */
  readonly advice: string;
  /** The message of AWS or the gateway, unchanged; '' if there is none. */
  readonly providerMessage: string;
  readonly actions: readonly Action[];
}

/** Everything about a reply but its text. */
export interface State {
  readonly phase: 'waiting' | 'streaming' | 'ended';
  /** ms since the prompt was sent. */
  readonly elapsed: number;
  /** ms until the next attempt; absent if none is scheduled. */
  readonly retryIn?: number;
  /** Says what is unusual, such as a retry without streaming; '' if nothing is. */
  readonly note: string;
  /** The reply runs in another window, from which alone it can be stopped. */
  readonly runsElsewhere?: true;
  readonly outcome?: OutcomeView;
  /** Says that the model thinks, or how long it did; absent if it does not. */
  readonly thinking?: string;
  readonly stats: readonly ReplyStat[];
  /** The number of ended attempts, which Details can show. */
  readonly attempts: number;
}

export interface TurnView {
  /** The request's ID. */
  readonly id: string;
  /** The place of this version among all with the same prompt before it, 1-based; absent if it is the only one. */
  readonly version?: { readonly index: number; readonly count: number };
  readonly prompt: string;
  /** What went along with the prompt; absent if nothing did. */
  readonly attachments?: readonly AttachmentView[];
  /** Says what of the conversation before was not sent with the prompt; '' if all of it was. */
  readonly notSent: string;
  /** The source of the prompt, such as "main.ts:12–40"; '' for a typed prompt. */
  readonly source: string;
  readonly text: string;
  readonly reasoning: string;
  readonly state: State;
}

/** Where a conversation was left: at `offset` px below the upper edge of a turn, or of a block of its text. */
export interface ReadingPlace {
  readonly turn: string;
  /** 0-based. A browser does not know how high what is above it is until that has been in sight. */
  readonly block?: number;
  readonly offset: number;
  /** The running reply was followed. */
  readonly isFollowing?: boolean;
}

export interface DifferencePart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The versions of a turn, formatted. */
export interface ComparisonView {
  readonly headings: readonly string[];
  readonly rows: readonly {
    readonly turn: string;
    readonly cells: readonly string[];
    readonly isShown: boolean;
    /** Its words are compared with those of the shown one. */
    readonly isCompared: boolean;
  }[];
  /** The words that differ between two; `note` says why there are none. */
  readonly differences:
    { readonly title: string; readonly parts: readonly DifferencePart[]; readonly note: string } | undefined;
}

/** The strings of the page, in the user's language, with placeholders such as {0}. */
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
  readonly insertCode: string;
  readonly replaceSelection: string;
  readonly newFile: string;
  readonly saveCode: string;
  /** The button with the further actions for a code block. */
  readonly moreActions: string;
  readonly copied: string;
  readonly reasoning: string;
  readonly details: string;
  /** The label of the common end of both addresses. */
  readonly sameInBoth: string;
  readonly differing: string;
  readonly signedAs: string;
  readonly receivedAs: string;
  readonly times: string;
  readonly requestIds: string;
  readonly copy: string;
  /** {0}: the name of the value */
  readonly copyNamed: string;
  readonly showAll: string;
  readonly showLess: string;
  readonly previous: string;
  readonly next: string;
  /** {0} of {1} */
  readonly position: string;
  readonly jumpToEnd: string;
  /** {0}: the image's description or address */
  readonly picture: string;
  /** For screen readers: a task that is done, and one that is not. */
  readonly taskDone: string;
  readonly taskOpen: string;
  /** {0}: the footnote's label */
  readonly footnote: string;
  readonly replyFinished: string;
  readonly composer: string;
  readonly placeholder: string;
  readonly send: string;
  readonly queue: string;
  readonly edit: string;
  readonly editing: string;
  readonly cancel: string;
  readonly remove: string;
  readonly sendNow: string;
  /** Read out when a prompt was not sent, or is taken from the queue. */
  readonly promptBack: string;
  readonly sendAgain: string;
  readonly askAnotherModel: string;
  readonly changeModel: string;
  /** {0}: the place of the selection */
  readonly attach: string;
  readonly attachments: string;
  /** The button that asks what to attach, and its tooltip, which says what else there is. */
  readonly attachPick: string;
  readonly attachHint: string;
  /** Shown while files are dragged over the panel. */
  readonly dropToAttach: string;
  /** On an attachment that is being read or scaled. */
  readonly preparing: string;
  /** Why a prompt is not sent yet. */
  readonly notReady: string;
  /** Read out. {0}: the attachment */
  readonly attached: string;
  readonly removed: string;
  readonly close: string;
  /** In place of a picture. */
  readonly pictureGone: string;
  /** {0}: a number of prompts */
  readonly takeLastTurns: string;
  /** {0} of {1} */
  readonly version: string;
  /** The name of the group of the two buttons. */
  readonly versions: string;
  readonly previousVersion: string;
  readonly nextVersion: string;
  readonly compare: string;
  readonly compareWith: string;
}

/** Commands that the page carries out, since it knows what is in sight. */
export type PageCommand =
  'focusComposer' | 'previousPrompt' | 'nextPrompt' | 'previousVersion' | 'nextVersion';

export type ReplyToWebview =
  | AttachmentsToWebview
  | {
      readonly type: 'snapshot';
      readonly strings: PanelStrings;
      /** The ID of the shown conversation, which may have no turns yet. */
      readonly conversation: string;
      /** What is typed in it. The page ignores it while it shows this conversation already. */
      readonly draft: string;
      /** The edits in it; absent if there are none. The page ignores them like the draft. */
      readonly edits?: EditsView;
      readonly composer: ComposerView;
      /** Where the conversation was left, if it was. */
      readonly place?: ReadingPlace;
      readonly turns: readonly TurnView[];
      /** The shown conversation among those of this window, 1-based; `count` is 0 if there are none. */
      readonly position: { readonly index: number; readonly count: number };
    }
  /** More text of a reply, to be appended. */
  | {
      readonly type: 'append';
      readonly turn: string;
      readonly text: string;
      readonly reasoning: string;
    }
  | { readonly type: 'state'; readonly turn: string; readonly state: State }
  | { readonly type: 'composer'; readonly conversation: string; readonly view: ComposerView }
  /**
   * A prompt was not sent: its text goes back into the composer, before what was typed since. `editing`: it is the edit of
   * that turn's prompt.
   */
  | {
      readonly type: 'promptBack';
      readonly conversation: string;
      readonly text: string;
      readonly editing?: string;
    }
  /** A command of the user for this page. */
  | { readonly type: 'command'; readonly command: PageCommand }
  /** The response to `compare`. */
  | { readonly type: 'comparison'; readonly turn: string; readonly view: ComparisonView }
  /** The response to `details`. */
  | { readonly type: 'details'; readonly turn: string; readonly attempts: readonly AttemptView[] };

/** What can be done with a code block. */
export type CodeAction = 'copy' | 'insert' | 'replace' | 'newFile' | 'save';

/** A code block in a reply, as it was when its buttons were drawn. */
export interface CodePlace {
  /** 0-based. */
  readonly block: number;
  /** How much of the reply's text had arrived, in UTF-16 units, and whether that was all. */
  readonly length: number;
  readonly isOver: boolean;
}

/** The code block in use: the one with the focus, or the one clicked last; empty if none is. */
export interface CodeInUse {
  readonly turn?: string;
  /** 0-based. */
  readonly block?: number;
}

export type ReplyToHost =
  | AttachmentsToHost
  | { readonly type: 'ready' }
  | { readonly type: 'stop'; readonly turn: string }
  | { readonly type: 'act'; readonly turn: string; readonly action: string }
  | { readonly type: 'copyReply'; readonly turn: string }
  | { readonly type: 'copyStat'; readonly turn: string; readonly what: 'logId' }
  | { readonly type: 'code'; readonly turn: string; readonly code: CodePlace; readonly action: CodeAction }
  | ({ readonly type: 'codeInUse' } & CodeInUse)
  /** Details was expanded, or there are more attempts since. */
  | { readonly type: 'details'; readonly turn: string }
  | {
      readonly type: 'copyDetail';
      readonly turn: string;
      readonly attempt: number;
      readonly what: CopyTarget;
    }
  /** A link in a reply was clicked; the host decides whether and how it opens. */
  | { readonly type: 'open'; readonly href: string }
  /** The text in the composer has changed. */
  | { readonly type: 'draft'; readonly conversation: string; readonly text: string }
  /** Sends the text, or queues it while a reply is running. The composer is empty now. */
  | { readonly type: 'submit'; readonly conversation: string; readonly text: string }
  /** The prompt of a turn is edited: `text` is in the composer now, and `before` was there. */
  | {
      readonly type: 'editPrompt';
      readonly turn: string;
      readonly text: string;
      readonly before: string;
    }
  | { readonly type: 'cancelEdit'; readonly conversation: string }
  /** Answers a question about a prompt with the button at this index. */
  | { readonly type: 'answer'; readonly question: string; readonly button: number }
  /** `editQueued` puts the text of a queued prompt back into the composer. */
  | {
      readonly type: 'editQueued' | 'removeQueued' | 'sendQueued';
      readonly conversation: string;
      readonly prompt: string;
    }
  /** Attaches the selection of the last editor. */
  | { readonly type: 'attach'; readonly conversation: string }
  | { readonly type: 'detach'; readonly conversation: string; readonly attachment: string }
  | { readonly type: 'pickModel'; readonly conversation: string }
  /** Starts a new conversation with the last turns of this one. */
  | { readonly type: 'takeLastTurns'; readonly conversation: string }
  | { readonly type: 'sendAgain' | 'askAnotherModel'; readonly turn: string }
  /** Shows the previous (-1) or next (+1) version of a turn. */
  | { readonly type: 'version'; readonly turn: string; readonly by: -1 | 1 }
  /** Compares the versions of a turn; its words with those of the version `with`. */
  | { readonly type: 'compare'; readonly turn: string; readonly with?: string }
  | { readonly type: 'place'; readonly conversation: string; readonly place: ReadingPlace }
  /** Shows the previous (-1) or next (+1) conversation. */
  | { readonly type: 'step'; readonly by: -1 | 1 }
  /** An error in the page; `what` names the place in its code, and never contains text of a reply. */
  | { readonly type: 'broken'; readonly what: string };
