// What the panel may do outside of itself.
import { Uri, commands, env } from 'vscode';
import type { ActionId } from '../advice/row';
import { type RemedyContext, remedyActions } from '../advice/actions';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { Turn } from '../core/model/reply';
import type { AwsProfiles } from '../aws/awsProfiles';
import type { SendOverrides, Sender } from '../prompt/sender';
import { section } from '../settings';
import { storeConverse, storeRegion } from '../settings/modelEntry';
import type { PanelActions } from './messages';

export function panelActions(sender: Sender, setUp: SetUpDialogs, profiles: AwsProfiles): PanelActions {
  // With the settings of now: what was wrong may have been mended.
  const sendAgain = (
    { request: { surface, messages, sources, withoutLogBodies } }: Turn,
    how: SendOverrides = {},
  ) => sender.resend({ surface, messages, sources, ...(withoutLogBodies && { withoutLogBodies }) }, how);
  /** Turns of which a button is at work. */
  const atWork = new Set<string>();
  const actions: {
    readonly [D in ActionId]: (pressed: RemedyContext & { readonly turn: Turn }) => Promise<void>;
  } = {
    ...remedyActions(profiles),
    checkConnection: async () => {
      await commands.executeCommand(`${section}.checkConnection`);
    },
    sendAgain: ({ turn }) => sendAgain(turn),
    sendWithoutStreaming: ({ turn }) => sendAgain(turn, { stream: 'off' }),
    useConverse: async ({ turn }) => {
      await storeConverse(turn.request.target.model);
      await sendAgain(turn);
    },
  };
  return {
    copy: async (text) => env.clipboard.writeText(text),
    open: async (href) => {
      await env.openExternal(Uri.parse(href, true));
    },
    remedy: async (remedy, turn, setting) => {
      // A second click on a button that is at work would send, and cost, a second prompt.
      const { id } = turn.request;
      const { outcome } = turn.reply;
      const failure = outcome && 'failure' in outcome ? outcome.failure : undefined;
      if (atWork.has(id)) return;
      atWork.add(id);
      try {
        if (typeof remedy === 'string') {
          await actions[remedy]({ turn, failure, setting });
          return;
        }
        await storeRegion(remedy.useModel, turn.request.target);
        await setUp.storeModel(remedy.useModel);
        await sendAgain(turn);
      } finally {
        atWork.delete(id);
      }
    },
  };
}
