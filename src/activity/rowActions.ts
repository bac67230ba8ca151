// What can be done with the open row.
import { env, l10n, window } from 'vscode';
import type { Turn } from '../core/model/reply';
import type { RequestProgress } from '../core/activity/requestProgress';
import { formatAddress } from '../core/gateway/address';
import { oneLine } from '../util/plainText';
import { dashboardOf } from './dashboard';
import type { OpenRow, ActivityMessages, ActivityToHost } from '../protocol/activity';
import { type LoggedRequest, isRunning } from './requestLog';
import { activityTitle } from './names';
import { type ViewState, openRowOf, progressOf } from './viewState';

/** What an action needs besides the row. */
export interface RowActionContext {
  readonly showReply: (conversation: string) => Promise<void>;
}

type RowActionId = 'copyLogId' | 'openDashboard' | 'showReply';

interface Looked {
  readonly logId: string | undefined;
  readonly gateway: string;
  readonly conversation: string;
}

function lookedAt(row: LoggedRequest): Looked {
  if (!isRunning(row)) return { logId: row.logId, gateway: row.gateway, conversation: row.conversation };
  const {
    request,
    reply: { requestIds },
  } = row;
  return {
    logId: requestIds.logId,
    gateway: formatAddress(request.gateway.address),
    conversation: request.conversation,
  };
}

interface RowAction {
  readonly label: () => string;
  readonly copies?: true;
  readonly offered: (row: Looked, shown: ViewState) => boolean;
  readonly run: (row: Looked, around: RowActionContext) => Promise<void> | void;
}

const actions: { readonly [D in RowActionId]: RowAction } = {
  copyLogId: {
    label: () => l10n.t('Copy Log ID'),
    offered: ({ logId }) => logId !== undefined,
    copies: true,
    run: async ({ logId }) => env.clipboard.writeText(oneLine(logId ?? '')),
  },
  openDashboard: {
    label: () => l10n.t('Open in Cloudflare’s Dashboard'),
    offered: ({ gateway }) => dashboardOf(gateway) !== undefined,
    run: async ({ logId, gateway }) => {
      const address = dashboardOf(gateway);
      if (!address) return;
      if (logId !== undefined) {
        // The page has no address for one log; its search takes the ID.
        await env.clipboard.writeText(oneLine(logId));
        void window.setStatusBarMessage(
          l10n.t('The log ID is on the clipboard, for the dashboard’s search.'),
          10_000,
        );
      }
      await env.openExternal(address);
    },
  },
  showReply: {
    label: () => l10n.t('Show Reply'),
    offered: ({ conversation }, { hasReply }) => hasReply(conversation),
    run: ({ conversation }, { showReply }) => showReply(conversation),
  },
};

export function rowActionViews(row: LoggedRequest, shown: ViewState): OpenRow['actions'] {
  const looked = lookedAt(row);
  return (Object.entries(actions) as [RowActionId, RowAction][])
    .filter(([, { offered }]) => offered(looked, shown))
    .map(([id, { label, copies }]) => ({ id, label: label(), ...(copies && { copies }) }));
}

/** What the user calls what a message asks for. */
export function rowActionName(message: ActivityMessages): string {
  if (message.type === 'copyDetail') return l10n.t('Copy');
  const isAction = message.type === 'act' && Object.hasOwn(actions, message.action);
  return isAction ? actions[message.action as RowActionId].label() : activityTitle();
}

/** Carries out what the page asks, of what was offered: the page names a row and an action, and decides nothing. */
export function rowActions(shown: ViewState, around: RowActionContext) {
  return async (message: Extract<ActivityToHost, { type: 'act' | 'copyDetail' }>): Promise<void> => {
    const row = openRowOf({ ...shown, chosen: { ...shown.chosen, open: message.row } });
    if (!row) return;
    if (message.type === 'act') {
      const offered = rowActionViews(row, shown).some(({ id }) => id === message.action);
      if (offered) await actions[message.action as RowActionId].run(lookedAt(row), around);
      return;
    }
    const progress = progressOf(shown, row);
    const text = progress && shown.panel.copiedText(turnOf(progress), message.attempt, message.what);
    if (text) await env.clipboard.writeText(text);
  };
}

/** As the reply panel knows it, without its text. */
export function turnOf({ request, reply }: RequestProgress): Turn {
  return { request, reply: { ...reply, text: '', reasoning: '' } };
}
