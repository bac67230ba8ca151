// A stand-in for the reply panel, which is loaded when there is something to show, not at activation.
import type { Disposable, WebviewPanel } from 'vscode';
import type { Conversation } from '../conversation/conversations';
import type { PlainFile, ScaledPicture } from '../protocol/attachments';
import type { CodeInUse } from '../protocol/reply';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type { PageCommand } from '../protocol/reply';
import type { PanelParts, RevealOptions } from './panelParts';
import type { ReplyPanel } from './replyPanel';

export class LazyPanel implements Disposable {
  private opened: ReplyPanel | undefined;
  private readonly open = lazy(async () => {
    const { ReplyPanel } = await loadPart(() => import('./panel.chunk'));
    this.opened = new ReplyPanel(this.parts);
    this.opened.onDidShow((conversation) => this.shownListeners.forEach((listen) => listen(conversation)));
    return this.opened;
  });
  private readonly shownListeners = new Set<(conversation: string) => void>();
  private readonly subscription: Disposable;

  constructor(private readonly parts: PanelParts) {
    // Changes during loading are not lost: a panel that opens gets a complete snapshot. If loading fails, the next
    // prompt tries it again, not each part of a reply.
    this.subscription = parts.conversations.onDidChange((change) => {
      if (this.opened) this.opened.follow(change);
      else if (!change.event)
        this.open().then(
          (panel) => panel.follow(change),
          (error: unknown) => parts.onLoadError(error),
        );
    });
  }

  /** The conversation that the panel shows; undefined before the first. */
  get conversation(): Conversation | undefined {
    return this.opened?.conversation;
  }

  /** See ReplyPanel.codeInUse. */
  get codeInUse(): CodeInUse | undefined {
    return this.opened?.codeInUse;
  }

  /** Calls `listener` with the ID of a conversation whenever it is in sight. */
  onDidShow(listener: (conversation: string) => void): Pick<Disposable, 'dispose'> {
    this.shownListeners.add(listener);
    return { dispose: () => this.shownListeners.delete(listener) };
  }

  /** Whether the user can see a conversation now. */
  isInSight(conversation: string): boolean {
    return this.opened?.isInSight(conversation) ?? false;
  }

  async reveal(options: RevealOptions): Promise<void> {
    (await this.open()).reveal(options);
  }

  /** Shows a conversation. */
  async show(conversation: string): Promise<void> {
    await (await this.open()).show(conversation);
  }

  /** Shows an empty composer. */
  async startConversation(): Promise<void> {
    await (await this.open()).startConversation();
  }

  /** See ReplyPanel.showComposer. */
  async showComposer(): Promise<string> {
    return (await this.open()).showComposer();
  }

  /** See ReplyPanel.scale. */
  async scale(picture: PlainFile): Promise<ScaledPicture | undefined> {
    return (await this.open()).scale(picture);
  }

  /** Asks another model for a reply to the last shown prompt. */
  async askAnotherModel(): Promise<void> {
    await (await this.open()).askAnotherModel();
  }

  /** Lets the page carry out a command, if the panel is open. */
  run(command: PageCommand): void {
    this.opened?.run(command);
  }

  /** See ReplyPanel.restore. Rejects with PartNotLoaded if the panel can't be loaded. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    (await this.open()).restore(panel, state);
  }

  dispose(): void {
    this.subscription.dispose();
    this.opened?.dispose();
  }
}
