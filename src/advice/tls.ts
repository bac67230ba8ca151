// Words for a connection that is not secure. It is never used all the same.
import { l10n } from 'vscode';
import { type AdviceRows, advice } from './row';

export const tlsAdvice = {
  certificateUntrusted: ({ host = '', code = '' }) =>
    advice(
      l10n.t('The certificate is signed by nobody whom this machine trusts'),
      l10n.t(
        'Whoever answered for {0} showed a certificate of an unknown authority ({1}). If your company inspects traffic, its certificate must be installed on this machine, and VS Code’s setting http.systemCertificates be on.',
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
        'The certificate shown for {0} is no longer valid, or the clock of this machine is ahead. Whoever runs that address, or the proxy before it, must renew it.',
        host,
      ),
      'sendAgain',
    ),
  certificateNotYetValid: ({ host = '' }) =>
    advice(
      l10n.t('The certificate is not valid yet'),
      l10n.t(
        'The certificate shown for {0} begins in the future: the clock of this machine is probably behind.',
        host,
      ),
      'sendAgain',
    ),
  certificateForAnotherName: ({ host = '' }) =>
    advice(
      l10n.t('The certificate is for another name'),
      l10n.t(
        'Whoever answered for {0} showed the certificate of another host. Compare the gateway’s address; a sign-in page of the network may be the reason.',
        host,
      ),
      'setUp',
      'sendAgain',
    ),
  certificateRejected: ({ host = '', code = '' }) =>
    advice(
      l10n.t('The certificate was not accepted'),
      l10n.t('The certificate shown for {0} is not valid ({1}).', host, code),
      'sendAgain',
      'showLog',
    ),
  tlsFailed: ({ host = '', code = '' }) =>
    advice(
      l10n.t('No secure connection came about'),
      l10n.t(
        'This machine and whoever answered for {0} found no way to speak securely ({1}). A proxy that inspects traffic, or wants a certificate of yours, is the usual reason.',
        host,
        code,
      ),
      'sendAgain',
      'showLog',
    ),
  tlsCut: ({ host = '' }) =>
    advice(
      l10n.t('The connection was cut before it was secure'),
      l10n.t(
        'A firewall, a proxy, or {0} closed it at once. Nothing was sent. Check whether this network lets the address through.',
        host,
      ),
      'sendAgain',
      'openProxySettings',
    ),
  notTls: ({ host = '' }) =>
    advice(
      l10n.t('The other side does not speak https'),
      l10n.t(
        '{0} answered without encryption. Compare the gateway’s address and its port, and the setting http.proxy.',
        host,
      ),
      'setUp',
      'openProxySettings',
    ),
} satisfies AdviceRows;
