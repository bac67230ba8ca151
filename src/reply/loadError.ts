// What is said where the reply panel could not be loaded.
import { type WebviewPanel, l10n } from 'vscode';
import type { ReportError } from '../ui/errors';
import { showNotLoaded } from '../ui/webviewHost';

/** Told why, and where a panel stands that stays empty for that. */
export type OnLoadError = (error: unknown, empty?: WebviewPanel) => void;

export function onLoadError(report: ReportError): OnLoadError {
  return (error, empty) => {
    const name = panelTitle();
    if (empty) showNotLoaded(empty.webview, name);
    report(name, error);
  };
}

export function panelTitle(): string {
  return l10n.t('Bedrock Reply');
}
