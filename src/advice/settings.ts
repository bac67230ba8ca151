// Words for what stays on this machine: nothing was sent.
import { l10n } from 'vscode';
import { type AdviceRows, advice } from './row';

export const settingsAdvice = {
  promptEmpty: () => ({
    ...advice(
      l10n.t('The prompt is empty'),
      l10n.t('It holds nothing but blanks, which no model takes. Nothing was sent: select some text.'),
    ),
    final: true,
  }),
  bodyUnknown: ({ model = '' }) => ({
    ...advice(
      l10n.t('The body that this model takes is not known'),
      model.startsWith('arn:')
        ? l10n.t(
            'Nothing was sent. The ARN does not tell which model is behind it. Ask it through Converse, or name its body under “models”: "body" is "claudeMessages", "claudeText" or "titanText".',
          )
        : l10n.t(
            'Nothing was sent. “invoke” sends a model’s own body, and only those of Claude and Titan Text are known. Ask {0} through Converse.',
            model,
          ),
      'useConverse',
      'openSettings',
    ),
    setting: 'models',
  }),
  headerUnsendable: () =>
    advice(
      l10n.t('A key or a setting holds a character that cannot be sent'),
      l10n.t(
        'Nothing was sent. A stored key, the gateway’s token, or gateway.metadata holds a line break or the like: store the key once more.',
      ),
      'setCredentials',
    ),
  secretsUnreadable: () =>
    advice(
      l10n.t('The stored keys cannot be read'),
      l10n.t(
        'Nothing was sent. VS Code could not read its secret storage: the system’s keychain may be locked. Unlock it, or store the keys once more.',
      ),
      'sendAgain',
      'setCredentials',
    ),
  partNotLoaded: () =>
    advice(
      l10n.t('A part of the extension could not be loaded'),
      l10n.t(
        'Nothing was sent. An update may have replaced its files: reloading the window loads the new ones.',
      ),
      'reloadWindow',
    ),
} satisfies AdviceRows;
