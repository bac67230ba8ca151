// Replies that ended while nobody could see them.
import { Disposable, type Event, EventEmitter, l10n } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import { shortName } from '../models/modelIds';
import { unlessInvalid } from '../settings';
import { readNotifiesReply } from '../settings/reply';
import { showInformationMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import type { LazyPanel } from './lazyPanel';

export interface UnseenRepliesDeps {
  readonly conversations: Conversations;
  readonly panel: Pick<LazyPanel, 'isInSight' | 'onDidShow' | 'show'>;
  readonly labelOf: (model: string) => string | undefined;
  /** Fires with the ID of a conversation that was deleted. */
  readonly onDidRemove: Event<string>;
}

export class UnseenReplies implements Disposable {
  /** IDs of their conversations, the latest last. */
  private readonly unseen = new Set<string>();
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: Disposable;

  constructor(private readonly deps: UnseenRepliesDeps) {
    const { conversations, panel, onDidRemove } = deps;
    const forget = (conversation: string) => {
      if (this.unseen.delete(conversation)) this.changed.fire();
    };
    this.subscriptions = Disposable.from(
      conversations.onDidChange(({ conversation, turn, event }) => {
        if (event?.type !== 'ended' || panel.isInSight(conversation)) return;
        // A reply that was deleted while it ran: there is nothing to see.
        if (!conversations.get(conversation)) return;
        this.unseen.delete(conversation);
        this.unseen.add(conversation);
        this.changed.fire();
        if (unlessInvalid(readNotifiesReply, false))
          void this.notify(conversation, turn.request.target.model);
      }),
      panel.onDidShow(forget),
      onDidRemove(forget),
    );
  }

  /** The conversation of the latest one; undefined if all were seen. */
  get latest(): string | undefined {
    return [...this.unseen].at(-1);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  /** Names the model alone: no text of a prompt or a reply is in a notification. */
  private async notify(conversation: string, model: string): Promise<void> {
    const show = l10n.t('Show Reply');
    const name = plainText(shortName(model, this.deps.labelOf(model)));
    const chosen = await showInformationMessage(l10n.t('The reply of {0} has ended.', name), show);
    if (chosen === show) await this.deps.panel.show(conversation);
  }
}
