// The title and the view type of the reply panel.
import { l10n } from 'vscode';

/** The view type, by which VS Code restores the panel after a reload. */
export const replyViewType = 'bedrockGateway.reply';

export function panelTitle(): string {
  return l10n.t('Bedrock Reply');
}
