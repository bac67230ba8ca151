// Errors in words, for VS Code Chat: it shows an error's message, and nothing else of it.
import { LanguageModelError, l10n } from 'vscode';
import { adviceFor } from '../advice/advice';
import { partNotLoaded } from '../core/failures/partNotLoaded';
import type { Failure } from '../core/model/failure';
import type { SettingInvalid } from '../settings';
import { isNamed } from '../ui/errors';
import { invalidSettingText } from '../ui/invalidSetting';
import { oneLine } from '../util/plainText';

/** The error for a reply that ended with `failure`. */
export function failureInWords(kind: 'cut' | 'blocked' | 'failed', failure: Failure): Error {
  const { title, sentence } = adviceFor(failure);
  const message = inWords(kind === 'cut' ? l10n.t('Incomplete: {0}', title) : title, sentence);
  return kind === 'blocked' ? LanguageModelError.Blocked(message) : errorOf(failure, message);
}

/** VS Code's kinds of errors tell other extensions whether another model may do. */
function errorOf({ kind, stage }: Failure, message: string): Error {
  if (kind === 'modelNotFound' || kind === 'modelRetired') return LanguageModelError.NotFound(message);
  if (stage === 'awsCredentials' || stage === 'gatewayToken')
    return LanguageModelError.NoPermissions(message);
  return new Error(message);
}

/** `title` and `sentence` as one line. */
export function inWords(title: string, sentence: string): string {
  return oneLine(l10n.t('{0}. {1}', title, sentence));
}

/** `error` with a message for the user, and without the stack, which VS Code would log. */
export function inChatWords(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const shown = shownError(error);
  shown.stack = '';
  return shown;
}

function shownError(error: Error): Error {
  if (isNamed<SettingInvalid>(error, 'SettingInvalid')) return new Error(invalidSettingText(error));
  if (isNamed(error, 'PartNotLoaded')) return failureInWords('failed', partNotLoaded(error));
  return error;
}
