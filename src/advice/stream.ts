// Words for replies that broke off.
import { l10n } from 'vscode';
import { type AdviceRows, advice, durationText } from './row';

export const streamAdvice = {
  streamDamaged: () => ({
    ...advice(
      l10n.t('The stream arrived damaged'),
      l10n.t(
        'The gateway, or a proxy, changed bytes of it. Without streaming the reply comes in one piece, which survives this; the prompt is charged again.',
      ),
      'sendWithoutStreaming',
      'openSettings',
      'checkConnection',
    ),
    setting: 'request.stream',
  }),
  streamIncomplete: () =>
    advice(
      l10n.t('The stream ended early'),
      l10n.t(
        'It ended before the model said that it was done: the gateway, a proxy or AWS broke it off. Sent again, it is charged again.',
      ),
      'sendAgain',
    ),
  streamStalled: ({ elapsed = 0 }) =>
    advice(
      l10n.t('The stream fell silent'),
      l10n.t(
        'Nothing more came from the model or the gateway for {0}, so the connection was closed.',
        durationText(elapsed),
      ),
      'sendAgain',
      'selectModel',
    ),
  streamThrottled: () =>
    advice(
      l10n.t('AWS limited the model in the middle of its reply'),
      l10n.t(
        'The account’s quota of tokens for this model is used up for the moment. Another model has a quota of its own.',
      ),
      'sendAgain',
      'selectModel',
    ),
  streamModelErred: () =>
    advice(
      l10n.t('The model failed in the middle of its reply'),
      l10n.t('AWS reports an error inside the model.'),
      'sendAgain',
      'selectModel',
    ),
  streamModelTimedOut: () =>
    advice(
      l10n.t('The model took too long in the middle of its reply'),
      l10n.t('AWS gave up waiting for it. A shorter reply or another model may do.'),
      'sendAgain',
      'selectModel',
    ),
  streamInvalid: () =>
    advice(
      l10n.t('AWS refused the rest of the reply'),
      l10n.t('What the model wrote, or a parameter that was set for it, is not what AWS allows.'),
      'sendAgain',
      'selectModel',
    ),
  streamUnavailable: () =>
    advice(
      l10n.t('The service failed in the middle of the reply'),
      l10n.t('AWS, or the model’s provider, is overloaded for the moment. Try again in a little while.'),
      'sendAgain',
      'selectModel',
    ),
  streamInternalError: () =>
    advice(
      l10n.t('AWS failed in the middle of the reply'),
      l10n.t('AWS reports an error of its own. Try again in a little while.'),
      'sendAgain',
      'selectModel',
    ),
  streamException: ({ code = '' }) =>
    advice(
      l10n.t('The model broke off'),
      l10n.t('AWS ended the stream with {0}.', code),
      'sendAgain',
      'selectModel',
    ),
  replyTooLarge: () => ({
    ...advice(
      l10n.t('The reply is too large'),
      l10n.t(
        'More than 32 MB came, which no model writes, so the connection was closed. The text that arrived is kept.',
      ),
      'checkConnection',
    ),
    final: true,
  }),
  answerUnreadable: () =>
    advice(
      l10n.t('The answer cannot be read'),
      l10n.t(
        'What came back is not what Bedrock sends. The gateway, or something else on the way, may have changed it.',
      ),
      'sendAgain',
      'showLog',
    ),
  answerCompressed: ({ code = '' }) => ({
    ...advice(
      l10n.t('Something compressed the answer on its way'),
      l10n.t(
        'A proxy, or a rule at Cloudflare, compressed it ({0}). The prompt may have been charged, so it was not sent again. Ask the proxy’s administrator to turn compression off for this address.',
        code,
      ),
      'checkConnection',
      'showLog',
    ),
    final: true,
  }),

  unknown: ({ code = '' }) =>
    advice(
      l10n.t('Something unforeseen went wrong'),
      l10n.t('It is a fault of this extension, or of VS Code. The error is named “{0}”.', code),
      'sendAgain',
      'showLog',
    ),
} satisfies AdviceRows;
