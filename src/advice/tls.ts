// Advice for connections that could not be secured. They are never used.
import { l10n } from 'vscode';
import { type AdviceRows, advice } from './row';

export const tlsAdvice = {
  certificateUntrusted: ({ host = '', code = '' }) =>
    advice(
      l10n.t('This machine does not trust the certificate'),
      l10n.t(
        'The certificate for {0} was issued by an unknown authority ({1}). If your company inspects traffic, install its certificate on this machine, and turn on VS Code’s setting http.systemCertificates.',
        host,
        code,
      ),
      'openProxySettings',
      'sendAgain',
      'checkConnection',
    ),
  certificateExpired: ({ host = '' }) =>
    advice(
      l10n.t('The certificate has expired'),
      l10n.t(
        'The certificate for {0} is no longer valid, or the clock of this machine is ahead. The administrator of that address, or of the proxy in front of it, must renew the certificate.',
        host,
      ),
      'sendAgain',
    ),
  certificateNotYetValid: ({ host = '' }) =>
    advice(
      l10n.t('The certificate is not valid yet'),
      l10n.t(
        'The certificate for {0} becomes valid in the future. The clock of this machine is probably behind.',
        host,
      ),
      'sendAgain',
    ),
  certificateForAnotherName: ({ host = '' }) =>
    advice(
      l10n.t('The certificate is for another host name'),
      l10n.t(
        '{0} presented the certificate of another host. Check the gateway’s address, and whether the network requires you to sign in.',
        host,
      ),
      'setUp',
      'sendAgain',
    ),
  certificateRejected: ({ host = '', code = '' }) =>
    advice(
      l10n.t('The certificate is not valid'),
      l10n.t('This machine rejected the certificate for {0} ({1}).', host, code),
      'sendAgain',
      'showLog',
    ),
  tlsFailed: ({ host = '', code = '' }) =>
    advice(
      l10n.t('Couldn’t establish a secure connection'),
      l10n.t(
        'This machine and {0} couldn’t agree on a secure connection ({1}). Usually a proxy inspects traffic or requires a client certificate.',
        host,
        code,
      ),
      'sendAgain',
      'showLog',
    ),
  tlsCut: ({ host = '' }) =>
    advice(
      l10n.t('The connection closed before it was secure'),
      l10n.t(
        'A firewall, a proxy, or {0} closed it immediately. Nothing was sent. Check whether this network allows the address.',
        host,
      ),
      'sendAgain',
      'openProxySettings',
    ),
  notTls: ({ host = '' }) =>
    advice(
      l10n.t('The server does not use HTTPS'),
      l10n.t(
        '{0} answered without encryption. Check the gateway’s address and its port, and the setting http.proxy.',
        host,
      ),
      'setUp',
      'openProxySettings',
    ),
} satisfies AdviceRows;
