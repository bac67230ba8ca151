// The reply panel as the rest of the extension sees it. What is behind it is loaded when there is something to
// show, not at activation.
import type { Disposable, WebviewPanel } from 'vscode';
import type { Conversation } from '../conversation/conversations';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type { PanelParts, ReplyPanel } from './replyPanel';

export class LazyPanel implements Disposable {
  private opened: ReplyPanel | undefined;
  private readonly open = lazy(async () => {
    const { ReplyPanel } = await loadPart(() => import('./panel.chunk'));
    return (this.opened = new ReplyPanel(this.parts));
  });
  private readonly listening: Disposable;

  constructor(private readonly parts: PanelParts) {
    // Of what changes while it is loaded nothing is lost: a panel that opens is told all there is. Where it cannot
    // be loaded, it is tried with the next prompt, not with each word of a reply.
    this.listening = parts.conversations.onDidChange((change) => {
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

  async reveal(how: { focus: boolean }): Promise<void> {
    (await this.open()).reveal(how);
  }

  /** Shows a conversation of this window. */
  async show(conversation: string): Promise<void> {
    (await this.open()).show(conversation);
  }

  /** See ReplyPanel. Rejects with PartNotLoaded where that cannot be loaded. */
  async restore(panel: WebviewPanel): Promise<void> {
    (await this.open()).restore(panel);
  }

  dispose(): void {
    this.listening.dispose();
    this.opened?.dispose();
  }
}
