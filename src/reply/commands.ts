import { type Disposable, commands } from 'vscode';
import type { CommandRows } from '../ui/commands';
import type { Conversations } from '../conversation/conversations';
import { section } from '../settings';
import type { LazyPanel } from './lazyPanel';

export function panelCommands(
  panel: LazyPanel,
  conversations: Conversations,
): CommandRows<'showReply' | 'stop'> {
  return {
    showReply: () => panel.reveal({ focus: true }),
    /** Stops what the panel shows; when that has ended, whatever else still runs, the latest first. */
    stop: () => {
      const shown = panel.conversation?.turns.findLast(({ request }) => conversations.isRunning(request.id));
      const id = shown?.request.id ?? conversations.latestRunning;
      if (id !== undefined) conversations.stop(id);
    },
  };
}

/** Keeps the context key `bedrockGateway.replying`, on which the command Stop depends. */
export function followReplying(conversations: Conversations): Disposable {
  let told = false;
  return conversations.onDidChange(() => {
    const replying = conversations.isRunning();
    if (replying === told) return;
    told = replying;
    void commands.executeCommand('setContext', `${section}.replying`, replying);
  });
}
