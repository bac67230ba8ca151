// Advice for signatures that AWS rejects.
import { l10n } from 'vscode';
import { clockOffsetTo } from '../core/retryPolicy';
import { type AdviceRows, advice } from './row';

export const awsAdvice = {
  signatureRejected: () =>
    advice(
      l10n.t('AWS rejected the signature'),
      l10n.t('The secret access key may be wrong, or the gateway changed a signed part of the request.'),
      'checkConnection',
      'setCredentials',
      'showLog',
    ),
  signatureMissing: ({ authentication }) =>
    authentication === 'gateway'
      ? advice(
          l10n.t('The gateway has no AWS key'),
          l10n.t(
            'The request reached AWS without credentials. Store a key at Cloudflare, under your gateway › Provider Keys, or choose another authentication method.',
          ),
          'setCredentials',
        )
      : advice(
          l10n.t('The request reached AWS without its credentials'),
          l10n.t(
            'The gateway or a proxy removed them. If the gateway stores the AWS keys, choose that in “Set Credentials…”.',
          ),
          'setCredentials',
          'checkConnection',
        ),
  changedOnTheWay: ({ changed = '' }) =>
    advice(
      l10n.t('The request was changed on its way'),
      l10n.t(
        'AWS received another “{0}” than the extension signed. The gateway, or a proxy in front of it, must forward it unchanged.',
        changed,
      ),
      'checkConnection',
      'showLog',
    ),
  operationUnknown: ({ model = '' }) =>
    advice(
      l10n.t('AWS does not recognize the path of the request'),
      l10n.t(
        'The gateway, or a proxy in front of it, changed the path. AWS must receive the model ID {0} unchanged.',
        model,
      ),
      'checkConnection',
      'selectModel',
      'showLog',
    ),
  clockSkewed: ({ serverTime }) =>
    advice(
      l10n.t('The clock of this machine is wrong'),
      serverTime === undefined
        ? l10n.t('AWS accepts a difference of five minutes. Set the clock.')
        : clockOffsetTo(serverTime, Date.now()) === undefined
          ? l10n.t(
              'According to the response, the time is {0}, more than a day from the time of this machine. The extension does not sign for such a time. Check this machine’s date; if it is right, ask the gateway’s administrator.',
              new Date(serverTime).toISOString(),
            )
          : l10n.t(
              'AWS accepts a difference of five minutes. Its clock says {0}.',
              new Date(serverTime).toISOString(),
            ),
      'sendAgain',
    ),
} satisfies AdviceRows;
