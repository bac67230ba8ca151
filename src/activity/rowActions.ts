// What can be done with the open row.
import { env, l10n, window } from 'vscode';
import { newReply } from '../core/model/reply';
import type { Turn } from '../core/model/reply';
import type { Tally } from '../core/activity/requestProgress';
import { formatAddress } from '../core/gateway/address';
import { oneLine } from '../util/plainText';
import { dashboardOf } from './dashboard';
import type { OpenRow, Said, ToHost } from '../protocol/activity';
import { type Row, isRunning } from './requestLog';
import { activityTitle } from './parts';
import { type Shown, openRowOf, tallyOf } from './viewState';

/** What a deed needs of the view's surroundings. */
export interface Around {
  readonly showReply: (conversation: string) => Promise<void>;
}

type DeedId = 'copyLogId' | 'openDashboard' | 'showReply';

interface Looked {
  readonly logId: string | undefined;
  readonly gateway: string;
  readonly conversation: string;
}

function lookedAt(row: Row): Looked {
  if (!isRunning(row)) return { logId: row.logId, gateway: row.gateway, conversation: row.conversation };
  const { request, trace } = row;
  return {
    logId: trace.logId,
    gateway: formatAddress(request.gateway.address),
    conversation: request.conversation,
  };
}

interface Deed {
  readonly label: () => string;
  readonly copies?: true;
  readonly offered: (row: Looked, shown: Shown) => boolean;
  readonly run: (row: Looked, around: Around) => Promise<void> | void;
}

const deeds: { readonly [D in DeedId]: Deed } = {
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

export function deedsOf(row: Row, shown: Shown): OpenRow['deeds'] {
  const looked = lookedAt(row);
  return (Object.entries(deeds) as [DeedId, Deed][])
    .filter(([, { offered }]) => offered(looked, shown))
    .map(([id, { label, copies }]) => ({ id, label: label(), ...(copies && { copies }) }));
}

/** What the user calls what a message asks for. */
export function nameOf(message: Said): string {
  if (message.type === 'copyDetail') return l10n.t('Copy');
  const isDeed = message.type === 'act' && Object.hasOwn(deeds, message.deed);
  return isDeed ? deeds[message.deed as DeedId].label() : activityTitle();
}

/** Carries out what the page asks, of what was offered: the page names a row and a deed, and decides nothing. */
export function rowDeeds(shown: Shown, around: Around) {
  return async (message: Extract<ToHost, { type: 'act' | 'copyDetail' }>): Promise<void> => {
    const row = openRowOf({ ...shown, chosen: { ...shown.chosen, open: message.row } });
    if (!row) return;
    if (message.type === 'act') {
      const offered = deedsOf(row, shown).some(({ id }) => id === message.deed);
      if (offered) await deeds[message.deed as DeedId].run(lookedAt(row), around);
      return;
    }
    const tally = tallyOf(shown, row);
    const text = tally && shown.panel.copiedOf(turnOf(tally), message.attempt, message.what);
    if (text) await env.clipboard.writeText(text);
  };
}

/** As the reply panel knows it, without its text. */
export function turnOf({ request, startedAt, wires, outcome }: Tally): Turn {
  return { request, reply: { ...newReply(startedAt), wires, ...(outcome && { outcome }) } };
}
