// What is said where the reply panel could not be loaded.
import { type WebviewPanel, l10n } from 'vscode';
import type { ReportError } from '../ui/errors';
import { showNotLoaded } from '../ui/webviewHost';

/** Told why, and where a panel stands that stays empty for that. */
export type NotShown = (error: unknown, empty?: WebviewPanel) => void;

export function notShown(report: ReportError): NotShown {
  return (error, empty) => {
    const name = panelTitle();
    if (empty) showNotLoaded(empty.webview, name);
    report(name, error);
  };
}

export function panelTitle(): string {
  return l10n.t('Bedrock Reply');
}
