import type { PanelStrings, ReplyToHost } from '../../protocol/reply';
import type { Announce } from '../kit/announcer';
import type { ReplyMemory } from './memory';

/** What a turn needs of the page around it. */
export interface TurnContext {
  readonly strings: PanelStrings;
  readonly post: (message: ReplyToHost) => void;
  readonly memory: ReplyMemory;
  readonly announce: Announce;
  /** Asks for a frame in which draw() is called. */
  readonly changed: () => void;
  /** Tells the reader, at the button pressed, that something was copied. */
  readonly copied: (from: HTMLElement) => void;
}
