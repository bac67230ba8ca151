// Words for what never reached the gateway.
import { l10n } from 'vscode';
import { type Rows, advice } from './row';

export const networkAdvice = {
  nameNotFound: () =>
    advice(
      l10n.t('The gateway’s host name was not found'),
      l10n.t('Check the network connection, and the address of the gateway.'),
      'sendAgain',
      'setUp',
    ),
  connectionRefused: () =>
    advice(
      l10n.t('Nobody answers at the gateway’s address'),
      l10n.t(
        'No connection could be made. Check the address of the gateway, and whether a VPN or proxy is needed.',
      ),
      'sendAgain',
      'setUp',
    ),
  connectionLost: () =>
    advice(
      l10n.t('The connection was lost'),
      l10n.t('The network, or something on the way, closed the connection before the reply was complete.'),
      'sendAgain',
    ),
  certificateRejected: ({ code = '' }) =>
    advice(
      l10n.t('The certificate was not accepted'),
      l10n.t(
        'The secure connection failed ({0}). If your company inspects traffic, its certificate must be installed on this machine.',
        code,
      ),
      'showLog',
    ),
  proxyRefused: () =>
    advice(
      l10n.t('The proxy did not let the request through'),
      l10n.t('Check the settings http.proxy and http.proxyAuthorization, or ask who runs the proxy.'),
      'sendAgain',
    ),
  notTheGateway: () =>
    advice(
      l10n.t('Something else answered in the gateway’s place'),
      l10n.t('A sign-in page of the network, a proxy, or another web site is at this address.'),
      'sendAgain',
      'setUp',
    ),
} satisfies Rows;
