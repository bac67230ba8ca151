// A word before an accident.
import { env, l10n, window } from 'vscode';

/** Tokens from which on a prompt is taken for an accident. */
const many = 100_000;

/** About four bytes of UTF-8 make a token, in code and prose of most languages; an estimate, and said to be one. */
function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

/** Whether `text` is to be sent: asks when it is very long. */
export async function confirmLength(text: string): Promise<boolean> {
  const tokens = estimateTokens(text);
  if (tokens < many) return true;
  const send = l10n.t('Send');
  const chosen = await window.showWarningMessage(
    l10n.t(
      'The prompt is very long: {0} characters, about {1} tokens. Send it?',
      text.length.toLocaleString(env.language),
      tokens.toLocaleString(env.language),
    ),
    send,
    l10n.t('Cancel'),
  );
  return chosen === send;
}
