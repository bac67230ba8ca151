// Advice for replies that ended early or arrived damaged.
import { l10n } from 'vscode';
import { type AdviceRows, advice, durationText } from './row';

export const streamAdvice = {
  windowClosed: () =>
    advice(
      l10n.t('The window was closed or reloaded'),
      l10n.t(
        'VS Code ended while the reply was running. What had arrived is kept. If you send the prompt again, it is charged again.',
      ),
      'sendAgain',
    ),
  streamDamaged: () => ({
    ...advice(
      l10n.t('The stream arrived damaged'),
      l10n.t(
        'The gateway or a proxy changed bytes of it. Try without streaming: the reply then arrives all at once, which avoids the problem. The prompt is charged again.',
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
        'The gateway, a proxy or AWS closed it before the reply was complete. If you send the prompt again, it is charged again.',
      ),
      'sendAgain',
    ),
  streamStalled: ({ elapsed = 0 }) =>
    advice(
      l10n.t('The stream stalled'),
      l10n.t(
        'The model and the gateway sent nothing for {0}, so the extension closed the connection.',
        durationText(elapsed),
      ),
      'sendAgain',
      'selectModel',
    ),
  streamThrottled: () =>
    advice(
      l10n.t('AWS throttled the model in the middle of its reply'),
      l10n.t(
        'The account’s token quota for this model is temporarily used up. Another model has its own quota.',
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
      l10n.t('AWS gave up waiting for it. Try asking for a shorter reply, or another model.'),
      'sendAgain',
      'selectModel',
    ),
  streamInvalid: () =>
    advice(
      l10n.t('AWS refused the rest of the reply'),
      l10n.t('AWS does not allow what the model wrote, or a parameter of the request.'),
      'sendAgain',
      'selectModel',
    ),
  streamUnavailable: () =>
    advice(
      l10n.t('The service failed in the middle of the reply'),
      l10n.t('AWS or the model’s provider is temporarily overloaded. Try again in a few minutes.'),
      'sendAgain',
      'selectModel',
    ),
  streamInternalError: () =>
    advice(
      l10n.t('AWS had an internal error in the middle of the reply'),
      l10n.t('AWS reports an internal error. Try again in a few minutes.'),
      'sendAgain',
      'selectModel',
    ),
  streamException: ({ code = '' }) =>
    advice(
      l10n.t('The model stopped unexpectedly'),
      l10n.t('AWS ended the stream with {0}.', code),
      'sendAgain',
      'selectModel',
    ),
  replyTooLarge: () => ({
    ...advice(
      l10n.t('The reply is too large'),
      l10n.t(
        'More than 32 MB arrived, far more than a model writes, so the extension closed the connection. The text that arrived is kept.',
      ),
      'checkConnection',
    ),
    final: true,
  }),
  answerUnreadable: () =>
    advice(
      l10n.t('Couldn’t read the response'),
      l10n.t('Bedrock does not send such a response. The gateway or a proxy may have changed it.'),
      'sendAgain',
      'showLog',
    ),
  answerCompressed: ({ code = '' }) => ({
    ...advice(
      l10n.t('A proxy compressed the response'),
      l10n.t(
        'A proxy, or a rule at Cloudflare, compressed it ({0}). The prompt may have been charged, so it was not sent again. Ask the proxy’s administrator to turn off compression for this address.',
        code,
      ),
      'checkConnection',
      'showLog',
    ),
    final: true,
  }),

  unknown: ({ code = '' }) =>
    advice(
      l10n.t('Something unexpected went wrong'),
      l10n.t('This is a bug in this extension or in VS Code. The error is named “{0}”.', code),
      'sendAgain',
      'showLog',
    ),
} satisfies AdviceRows;
