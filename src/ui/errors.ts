// The one error policy: what a command, a button or a page was asked for and cannot do is shown once, with why, and
// logged. Nothing fails in silence, and nothing rejects unheard.
import { commands, l10n } from 'vscode';
import { showInvalid } from './invalidSetting';
import { maskLookalikes } from '../core/failures/lookalikes';
import type { PartNotLoaded } from '../util/loadPart';
import type { SettingInvalid, SettingNotWritten } from '../settings';
import { showErrorMessage } from './messages';
import { plainText } from '../util/plainText';

/**
 * Runs what a user asked for; `what` is what they call it: a command's title, a button's label, the title of a page.
 * Never rejects.
 */
export type RunReporting = (what: string, run: () => unknown) => Promise<void>;

/** Shows why `what` failed, with a button that helps. Resolves at once. */
export type ReportError = (what: string, error: unknown) => void;

export interface ErrorPolicy {
  readonly attempt: RunReporting;
  readonly report: ReportError;
}

/** Characters of a reason, so that what failed stays in sight. */
const longestReason = 400;

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
    await offer(notLoadedSentence(name), l10n.t('Reload Window'), 'workbench.action.reloadWindow');
    return;
  }
  const reason = error instanceof Error ? error.message : String(error);
  const message = l10n.t('“{0}” did not work. {1}', name, plainText(maskLookalikes(reason), longestReason));
  if (isNamed<SettingNotWritten>(error, 'SettingNotWritten'))
    await offer(message, l10n.t('Open settings.json'), settingsFile[error.of]);
  else await offer(message, l10n.t('Show Log'), 'bedrockGateway.showLog');
}

const settingsFile: { readonly [O in SettingNotWritten['of']]: string } = {
  user: 'workbench.action.openSettingsJson',
  workspace: 'workbench.action.openWorkspaceSettingsFile',
};

async function offer(message: string, button: string, command: string): Promise<void> {
  if ((await showErrorMessage(message, button)) === button) await commands.executeCommand(command);
}

/** Also for a page, where nothing else can be drawn. */
export function notLoadedSentence(what: string): string {
  return l10n.t(
    'Couldn’t load a part of the extension, so “{0}” is not available. Reload the window. This stops running replies.',
    what,
  );
}

/** Each chunk has classes of its own: an error is told by its name. */
function isNamed<E extends Error>(error: unknown, name: E['name']): error is E {
  return error instanceof Error && error.name === name;
}

/** VS Code’s own, when something was left: https://code.visualstudio.com/api/references/vscode-api#CancellationError */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && (error.name === 'Canceled' || error.message === 'Canceled');
}
