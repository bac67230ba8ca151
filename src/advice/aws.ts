// Words for what AWS says of the signature.
import { l10n } from 'vscode';
import { clockOffsetTo } from '../core/retryPolicy';
import { type AdviceRows, advice } from './row';

export const awsAdvice = {
  signatureRejected: () =>
    advice(
      l10n.t('AWS rejected the signature'),
      l10n.t(
        'The secret access key may be wrong, or the gateway changed a part of the request that is signed.',
      ),
      'checkConnection',
      'setCredentials',
      'showLog',
    ),
  signatureMissing: ({ authentication }) =>
    authentication === 'gateway'
      ? advice(
          l10n.t('The gateway holds no AWS key'),
          l10n.t(
            'The request reached AWS without credentials. Store a key at Cloudflare, under your gateway › Provider Keys, or authenticate another way.',
          ),
          'setCredentials',
        )
      : advice(
          l10n.t('The request reached AWS without its credentials'),
          l10n.t(
            'Something on the way removed them. If the gateway holds the AWS keys, say so in “Set Credentials…”.',
          ),
          'setCredentials',
          'checkConnection',
        ),
  changedOnTheWay: ({ changed = '' }) =>
    advice(
      l10n.t('The request was changed on its way'),
      l10n.t(
        'AWS received another “{0}” than was signed. The gateway, or a proxy before it, must pass it on as it is.',
        changed,
      ),
      'checkConnection',
      'showLog',
    ),
  operationUnknown: ({ model = '' }) =>
    advice(
      l10n.t('AWS does not recognize the path of the request'),
      l10n.t(
        'The gateway, or a proxy before it, changed the path. AWS must receive the model ID {0} as it was sent.',
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
              'The answer says that it is {0}, more than a day from the time of this machine. No request is signed for such a time: compare the date here, and ask who runs the gateway if it is right.',
              new Date(serverTime).toISOString(),
            )
          : l10n.t(
              'AWS accepts a difference of five minutes; its clock said {0}.',
              new Date(serverTime).toISOString(),
            ),
      'sendAgain',
    ),
} satisfies AdviceRows;
