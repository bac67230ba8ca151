// The actions of the open row.
import { env, l10n, window } from 'vscode';
import type { Turn } from '../core/model/reply';
import type { RecentRequest } from './recentRequests';
import { formatAddress } from '../core/gateway/address';
import { oneLine } from '../util/plainText';
import { dashboardOf } from './dashboard';
import type { OpenRow, ActivityMessages, ActivityToHost } from '../protocol/activity';
import { type LoggedRequest, isRunning } from './requestLog';
import { activityTitle } from './names';
import { type ViewState, openRowOf, progressOf } from './viewState';

/** What the actions depend on. */
export interface RowActionContext {
  readonly showReply: (conversation: string) => Promise<void>;
}

type RowActionId = 'copyLogId' | 'openDashboard' | 'showReply';

interface ActionTarget {
  readonly logId: string | undefined;
  readonly gateway: string;
  readonly conversation: string;
}

function actionTarget(row: LoggedRequest): ActionTarget {
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
  readonly offered: (row: ActionTarget, state: ViewState) => boolean;
  readonly run: (row: ActionTarget, context: RowActionContext) => Promise<void> | void;
}

const actions: { readonly [A in RowActionId]: RowAction } = {
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
        // The dashboard has no URL for a single log, but its search finds the ID.
        await env.clipboard.writeText(oneLine(logId));
        void window.setStatusBarMessage(
          l10n.t('Copied the log ID. Paste it into the dashboard’s search.'),
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

export function rowActionViews(row: LoggedRequest, state: ViewState): OpenRow['actions'] {
  const target = actionTarget(row);
  return (Object.entries(actions) as [RowActionId, RowAction][])
    .filter(([, { offered }]) => offered(target, state))
    .map(([id, { label, copies }]) => ({ id, label: label(), ...(copies && { copies }) }));
}

/** What the user calls the action of a message: the label of its button. Error messages name it. */
export function rowActionName(message: ActivityMessages): string {
  if (message.type === 'copyDetail') return l10n.t('Copy');
  const isAction = message.type === 'act' && Object.hasOwn(actions, message.action);
  return isAction ? actions[message.action as RowActionId].label() : activityTitle();
}

/** Carries out an action of a row, but only if it is offered: the page can only press a button that exists. */
export function rowActions(state: ViewState, context: RowActionContext) {
  return async (message: Extract<ActivityToHost, { type: 'act' | 'copyDetail' }>): Promise<void> => {
    const row = openRowOf({ ...state, options: { ...state.options, open: message.row } });
    if (!row) return;
    if (message.type === 'act') {
      const offered = rowActionViews(row, state).some(({ id }) => id === message.action);
      if (offered) await actions[message.action as RowActionId].run(actionTarget(row), context);
      return;
    }
    const progress = progressOf(state, row);
    const text = progress && state.panel.copiedText(turnOf(progress), message.attempt, message.what);
    if (text) await env.clipboard.writeText(text);
  };
}

/** The turn for the reply panel's functions, without its text. */
export function turnOf({ request, reply }: RecentRequest): Turn {
  return { request, reply: { ...reply, text: '', reasoning: '' } };
}
