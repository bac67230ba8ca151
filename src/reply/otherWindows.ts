// Keeps the shown conversation up to date with what other windows write to it.
import type { Disposable } from 'vscode';
import { window } from 'vscode';
import type { Conversation, Conversations } from '../conversation/conversations';

/** ms between two looks at a reply that runs in another window. */
const lookAgainMs = 1000;

export interface OtherWindowsDeps {
  readonly conversations: Pick<Conversations, 'runsElsewhere'>;
  /** The conversation that the panel shows. */
  readonly shown: () => Conversation | undefined;
  readonly isVisible: () => boolean;
  /** Reads the shown conversation from the history. Never rejects. */
  readonly read: () => Promise<void>;
  /** Adds what is new of the replies that run in other windows; false if the conversation must be read. Never rejects. */
  readonly follow: () => Promise<boolean>;
}

export class OtherWindows implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscription: Disposable;

  constructor(private readonly deps: OtherWindowsDeps) {
    this.subscription = window.onDidChangeWindowState(({ focused }) => {
      if (focused) void this.look();
    });
  }

  /** Reads what other windows have written, if the panel is visible. */
  async look(): Promise<void> {
    if (this.deps.isVisible()) await this.deps.read();
    this.watch();
  }

  private async lookAtReplies(): Promise<void> {
    const { isVisible, follow, read } = this.deps;
    if (isVisible() && !(await follow())) await read();
    this.watch();
  }

  /** Looks again now and then while a reply is shown that runs in another window. */
  watch(): void {
    clearTimeout(this.timer);
    const { conversations, shown, isVisible } = this.deps;
    const isRunning = shown()?.turns.some((turn) => conversations.runsElsewhere(turn));
    if (isRunning && isVisible()) this.timer = setTimeout(() => void this.lookAtReplies(), lookAgainMs);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
  }
}
