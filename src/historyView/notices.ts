// Notifications about the history.
import { l10n } from 'vscode';
import type { History } from '../conversation/history';
import { formatNumber } from '../ui/format';
import { openSettings } from '../ui/invalidSetting';
import { showInformationMessage } from '../ui/messages';

/** Offers to delete what is kept, after the history was turned off. */
export async function offerToDelete(history: History): Promise<void> {
  const { length } = await history.summaries();
  if (length === 0 && (await history.directory.drafts()).length === 0) return;
  const remove = l10n.t('Delete All');
  const message = l10n.t(
    'Conversations and drafts are no longer kept. Those of this workspace are still on this machine ({0}). Delete them?',
    formatNumber(length),
  );
  if ((await showInformationMessage(message, remove, l10n.t('Keep'))) === remove) await history.removeAll();
}

/** Says that the oldest conversations were deleted, since there was no room for all. */
export async function showTrimmed(count: number): Promise<void> {
  const open = l10n.t('Open Settings');
  const message = l10n.t(
    'The history of this workspace has reached its limit (history.maxMegabytes). The oldest conversations were deleted: {0}.',
    formatNumber(count),
  );
  if ((await showInformationMessage(message, open)) === open) await openSettings('history.maxMegabytes');
}

const reportPauseMs = 10 * 60 * 1000;

/**
 * Shows an error of the history, and no other for a while: each part of a reply would have its own. Those that are not
 * shown are logged, each once.
 */
export function atIntervals(
  show: (error: unknown) => void,
  log: (reason: string) => void,
): (error: unknown) => void {
  let shownAt = -Infinity;
  const logged = new Set<string>();
  return (error) => {
    const now = performance.now();
    if (now - shownAt >= reportPauseMs) {
      shownAt = now;
      logged.clear();
      show(error);
      return;
    }
    const reason = reasonOf(error);
    if (logged.has(reason)) return;
    logged.add(reason);
    log(reason);
  };
}

/** The message of a file error names a path. Other messages may quote what was read, which is text of a prompt. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && 'syscall' in error ? error.message : error.name;
}
