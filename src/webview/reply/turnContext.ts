// What a turn depends on.
import type { PanelStrings, ReplyToHost } from '../../protocol/reply';
import type { Announce } from '../kit/announcer';
import type { Pictures } from './attachments/pictures';
import type { ReplyMemory } from './memory';

export interface TurnContext {
  readonly strings: PanelStrings;
  readonly post: (message: ReplyToHost) => void;
  readonly memory: ReplyMemory;
  readonly announce: Announce;
  readonly pictures: Pictures;
  /** Puts the prompt of a turn into the composer. */
  readonly edit: (turn: string, prompt: string) => void;
  /** Sends the prompt of a turn again. */
  readonly resend: (how: 'sendAgain' | 'askAnotherModel', turn: string) => void;
  /** Requests a frame in which draw() is called. */
  readonly requestDraw: () => void;
  /** Shows on the pressed button that something was copied. */
  readonly showCopied: (from: HTMLElement) => void;
}
