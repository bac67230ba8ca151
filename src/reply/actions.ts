// The actions of the reply panel that reach beyond it: clipboard, browser, remedies.
import { Uri, commands, env } from 'vscode';
import type { ActionId } from '../advice/row';
import { type RemedyContext, remedyActions } from '../advice/actions';
import type { CodeOut } from '../code/codeOut';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { Turn } from '../core/model/reply';
import type { AwsProfiles } from '../aws/awsProfiles';
import type { Composer } from '../prompt/composer';
import { section } from '../settings';
import { storeConverse, storeRegion } from '../settings/modelEntry';
import type { PanelActions } from './messages';

export function panelActions(
  composer: Composer,
  setUp: SetUpDialogs,
  profiles: AwsProfiles,
  code: CodeOut,
): PanelActions {
  /** IDs of the turns whose button is still busy. */
  const busyTurns = new Set<string>();
  const actions: {
    readonly [A in ActionId]: (context: RemedyContext & { readonly turn: Turn }) => Promise<void>;
  } = {
    ...remedyActions(profiles),
    checkConnection: async () => {
      await commands.executeCommand(`${section}.checkConnection`);
    },
    sendAgain: ({ turn }) => composer.resend(turn),
    sendWithoutStreaming: ({ turn }) => composer.resend(turn, { stream: 'off' }),
    useConverse: async ({ turn }) => {
      await storeConverse(turn.request.target.model);
      await composer.resend(turn, { model: turn.request.target.model });
    },
  };
  return {
    code: (action, turn, place) => code.runAt(action, turn, place),
    copy: async (text) => env.clipboard.writeText(text),
    open: async (href) => {
      await env.openExternal(Uri.parse(href, true));
    },
    remedy: async (remedy, turn, setting) => {
      // A second click on a busy button would send, and charge, a second prompt.
      const { id } = turn.request;
      const { outcome } = turn.reply;
      const failure = outcome && 'failure' in outcome ? outcome.failure : undefined;
      if (busyTurns.has(id)) return;
      busyTurns.add(id);
      try {
        if (typeof remedy === 'string') {
          await actions[remedy]({ turn, failure, setting });
          return;
        }
        await storeRegion(remedy.useModel, turn.request.target);
        await setUp.storeModel(remedy.useModel);
        await composer.resend(turn, { model: remedy.useModel });
      } finally {
        busyTurns.delete(id);
      }
    },
  };
}
