// The commands about the reply panel.
import { type Disposable, commands } from 'vscode';
import type { CommandRows } from '../ui/commands';
import type { Conversations } from '../conversation/conversations';
import { type AttachmentActions, thingsToAttach } from '../prompt/loadAttach';
import type { LastEditor } from '../prompt/selection';
import { section } from '../settings';
import type { LazyPanel } from './lazyPanel';
import type { UnseenReplies } from './unseenReplies';

export function panelCommands(
  panel: LazyPanel,
  conversations: Conversations,
  unseen: Pick<UnseenReplies, 'latest'>,
  { attachments, lastEditor }: { readonly attachments: AttachmentActions; readonly lastEditor: LastEditor },
): CommandRows<
  | 'askAnotherModel'
  | 'attach'
  | 'newConversation'
  | 'nextPrompt'
  | 'nextVersion'
  | 'previousPrompt'
  | 'previousVersion'
  | 'showReply'
  | 'stop'
> {
  return {
    showReply: async () => {
      if (unseen.latest === undefined) await panel.reveal({ focus: true });
      else await panel.show(unseen.latest);
      panel.run('focusComposer');
    },
    newConversation: () => panel.startConversation(),
    askAnotherModel: () => panel.askAnotherModel(),
    attach: async (argument, further) => {
      const things = await thingsToAttach(argument, further, lastEditor, () => attachments.pick());
      if (things.length > 0) await attachments.attach(await panel.showComposer(), things);
    },
    previousPrompt: () => panel.run('previousPrompt'),
    nextPrompt: () => panel.run('nextPrompt'),
    previousVersion: () => panel.run('previousVersion'),
    nextVersion: () => panel.run('nextVersion'),
    /** Stops the reply that the panel shows; if that has ended, the latest one that is still running. */
    stop: () => {
      const visibleTurn = panel.conversation?.turns.findLast(({ request }) =>
        conversations.isRunning(request.id),
      );
      const id = visibleTurn?.request.id ?? conversations.latestRunning;
      if (id !== undefined) conversations.stop(id);
    },
  };
}

/** Keeps the context key `bedrockGateway.replying` up to date; the command “Stop” depends on it. */
export function followReplying(conversations: Conversations): Disposable {
  let reported = false;
  return conversations.onDidChange(() => {
    const replying = conversations.isRunning();
    if (replying === reported) return;
    reported = replying;
    void commands.executeCommand('setContext', `${section}.replying`, replying);
  });
}
