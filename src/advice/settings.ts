// Advice for failures on this machine, before anything was sent.
import { l10n } from 'vscode';
import { type AdviceRows, advice } from './row';

export const settingsAdvice = {
  promptEmpty: () => ({
    ...advice(
      l10n.t('The prompt is empty'),
      l10n.t('It contains only blanks, which no model accepts. Nothing was sent. Select some text.'),
    ),
    final: true,
  }),
  bodyUnknown: ({ model = '' }) => ({
    ...advice(
      l10n.t('The request body for this model is unknown'),
      model.startsWith('arn:')
        ? l10n.t(
            'Nothing was sent. The ARN does not show which model is behind it. Use Converse, or name the model’s body under “models”: "body" is "claudeMessages", "claudeText" or "titanText".',
          )
        : l10n.t(
            'Nothing was sent. “invoke” sends a model’s own body, and the extension knows only those of Claude and Titan Text. Use Converse for {0}.',
            model,
          ),
      'useConverse',
      'openSettings',
    ),
    setting: 'models',
  }),
  blobMissing: ({ subject = '' }) =>
    advice(
      l10n.t('An attachment can’t be read'),
      l10n.t(
        'Nothing was sent. {0} is gone from the history, or can’t be read there. Attach it again.',
        subject,
      ),
    ),
  headerUnsendable: () =>
    advice(
      l10n.t('A key or a setting contains a character that can’t be sent'),
      l10n.t(
        'Nothing was sent. A stored key, the gateway’s token, or gateway.metadata contains a line break or a similar character. Store the key again.',
      ),
      'setCredentials',
    ),
  secretsUnreadable: () =>
    advice(
      l10n.t('Couldn’t read the stored keys'),
      l10n.t(
        'Nothing was sent. VS Code couldn’t read its secret storage: the system’s keychain may be locked. Unlock it, or store the keys again.',
      ),
      'sendAgain',
      'setCredentials',
    ),
  partNotLoaded: () =>
    advice(
      l10n.t('Couldn’t load a part of the extension'),
      l10n.t(
        'Nothing was sent. An update may have replaced its files. Reload the window to load the new ones.',
      ),
      'reloadWindow',
    ),
} satisfies AdviceRows;
