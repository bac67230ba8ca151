// Replies that ended while nobody could see them.
import { Disposable, type Event, EventEmitter, l10n } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Removed } from '../conversation/history';
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
  /** See History.onDidRemove. */
  readonly onDidRemove: Event<Removed>;
}

export class UnseenReplies implements Disposable {
  /** IDs of their conversations, the latest last. */
  private readonly unseen = new Set<string>();
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: Disposable;

  constructor(private readonly deps: UnseenRepliesDeps) {
    const { conversations, panel, onDidRemove } = deps;
    const forget = (ids: readonly string[]) => {
      const forgotten = ids.filter((id) => this.unseen.delete(id));
      if (forgotten.length > 0) this.changed.fire();
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
      panel.onDidShow((conversation) => forget([conversation])),
      onDidRemove((removed) => forget(removed === 'all' ? [...this.unseen] : removed)),
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
