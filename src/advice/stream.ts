// Words for replies that broke off.
import { l10n } from 'vscode';
import { type Rows, advice } from './row';

export const streamAdvice = {
  streamDamaged: () => ({
    ...advice(
      l10n.t('The stream arrived damaged'),
      l10n.t('The gateway, or a proxy, changed bytes of it. Setting request.stream to “off” avoids this.'),
      'sendAgain',
      'openSettings',
    ),
    setting: 'request.stream',
  }),
  streamIncomplete: () =>
    advice(
      l10n.t('The stream ended early'),
      l10n.t('It ended before the model said that it was done.'),
      'sendAgain',
    ),
  streamException: ({ code = '' }) =>
    advice(
      l10n.t('The model broke off'),
      l10n.t('AWS ended the stream with {0}.', code),
      'sendAgain',
      'selectModel',
    ),
  answerUnreadable: () =>
    advice(
      l10n.t('The answer cannot be read'),
      l10n.t('What came back is not what Bedrock sends. Something on the way may have changed it.'),
      'sendAgain',
      'showLog',
    ),

  unknown: ({ code = '' }) =>
    advice(
      l10n.t('Something unforeseen went wrong'),
      l10n.t('The error is named “{0}”.', code),
      'sendAgain',
      'showLog',
    ),
} satisfies Rows;
