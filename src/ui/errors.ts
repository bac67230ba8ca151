// The error policy of commands, buttons and pages: each error is shown once, with its reason, and logged. No error is
// ignored, and no rejection is unhandled.
import { commands, l10n } from 'vscode';
import { showInvalid } from './invalidSetting';
import { maskLookalikes } from '../core/failures/lookalikes';
import type { PartNotLoaded } from '../util/loadPart';
import type { SettingInvalid, SettingNotWritten } from '../settings';
import { showErrorMessage } from './messages';
import { plainText } from '../util/plainText';

/**
 * Runs an action of the user and reports its error. `what` is the user's name for it: a command's title, a button's
 * label, or a page's title. Never rejects.
 */
export type RunReporting = (what: string, run: () => unknown) => Promise<void>;

/** Shows why `what` failed, with a button that helps. Returns immediately. */
export type ReportError = (what: string, error: unknown) => void;

export interface ErrorPolicy {
  readonly attempt: RunReporting;
  readonly report: ReportError;
}

/** Maximum length of a reason, in characters, so that the rest of the message stays visible. */
const maxReasonLength = 400;

export function errorPolicy(log: { warn(message: string): void }): ErrorPolicy {
  const report: ReportError = (what, error) => {
    if (isCancelled(error)) return;
    if (isNamed<SettingInvalid>(error, 'SettingInvalid')) {
      showInvalid(error);
      return;
    }
    log.warn(
      `${what}: ${maskLookalikes(error instanceof Error ? (error.stack ?? String(error)) : String(error))}`,
    );
    show(what, error).then(undefined, (failed: unknown) => log.warn(`${what}: not shown: ${String(failed)}`));
  };
  return {
    report,
    attempt: async (what, run) => {
      try {
        await run();
      } catch (error) {
        report(what, error);
      }
    },
  };
}

async function show(what: string, error: unknown): Promise<void> {
  const name = plainText(what);
  if (isNamed<PartNotLoaded>(error, 'PartNotLoaded')) {
    await offer(loadErrorText(name), l10n.t('Reload Window'), 'workbench.action.reloadWindow');
    return;
  }
  const reason = error instanceof Error ? error.message : String(error);
  const message = l10n.t('“{0}” did not work. {1}', name, plainText(maskLookalikes(reason), maxReasonLength));
  if (isNamed<SettingNotWritten>(error, 'SettingNotWritten'))
    await offer(message, l10n.t('Open settings.json'), settingsFile[error.owner]);
  else await offer(message, l10n.t('Show Log'), 'bedrockGateway.showLog');
}

const settingsFile: { readonly [O in SettingNotWritten['owner']]: string } = {
  user: 'workbench.action.openSettingsJson',
  workspace: 'workbench.action.openWorkspaceSettingsFile',
};

async function offer(message: string, button: string, command: string): Promise<void> {
  if ((await showErrorMessage(message, button)) === button) await commands.executeCommand(command);
}

/** Says that a part of the extension could not be loaded. Also shown in place of a page. */
export function loadErrorText(what: string): string {
  return l10n.t(
    'Couldn’t load a part of the extension, so “{0}” is not available. Reload the window. This stops running replies.',
    what,
  );
}

/** Compares names, since each chunk has its own copy of the error classes. */
export function isNamed<E extends Error>(error: unknown, name: E['name']): error is E {
  return error instanceof Error && error.name === name;
}

/** Whether it is VS Code's error for cancelled operations: https://code.visualstudio.com/api/references/vscode-api#CancellationError */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'Canceled' || error.message === 'Canceled');
}
