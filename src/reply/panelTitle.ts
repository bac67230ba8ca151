import { l10n } from 'vscode';

/** The kind of the panel, by which VS Code hands it back after a reload. */
export const replyViewType = 'bedrockGateway.reply';

/** What the user calls the reply panel. */
export function panelTitle(): string {
  return l10n.t('Bedrock Reply');
}
