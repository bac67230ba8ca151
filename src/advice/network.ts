// Words for what never reached the gateway: this machine's and the network's.
import { l10n } from 'vscode';
import { type AdviceRows, advice } from './row';

export const networkAdvice = {
  nameNotFound: ({ host = '' }) =>
    advice(
      l10n.t('The gateway’s host name was not found'),
      l10n.t(
        'The network’s name server knows no {0}. Compare the gateway’s address; some names are known only inside a company’s network or VPN.',
        host,
      ),
      'sendAgain',
      'setUp',
    ),
  nameServerUnreachable: ({ host = '' }) =>
    advice(
      l10n.t('No name server answers'),
      l10n.t(
        'This machine could not ask where {0} is. It is offline, or its network is: check the connection, the VPN, and a sign-in page of the network.',
        host,
      ),
      'sendAgain',
    ),
  connectionRefused: ({ host = '' }) =>
    advice(
      l10n.t('Nobody answers at the gateway’s address'),
      l10n.t(
        '{0} refused the connection. Check the address of the gateway, and whether a VPN or proxy is needed.',
        host,
      ),
      'sendAgain',
      'setUp',
      'checkConnection',
    ),
  networkUnreachable: ({ host = '', code = '' }) =>
    advice(
      l10n.t('The network does not reach the gateway'),
      l10n.t(
        'There is no way from this machine to {0} ({1}). Check the network connection, and whether a VPN is needed.',
        host,
        code,
      ),
      'sendAgain',
    ),
  connectionTimedOut: ({ host = '' }) =>
    advice(
      l10n.t('The gateway’s address does not respond'),
      l10n.t(
        'No connection to {0} came about in time. A firewall that drops connections in silence is the usual reason: check whether a VPN or proxy is needed.',
        host,
      ),
      'sendAgain',
      'setUp',
    ),
  connectionForbidden: ({ host = '', code = '' }) =>
    advice(
      l10n.t('This machine does not allow the connection'),
      l10n.t('A firewall or a rule of this machine forbids VS Code to reach {0} ({1}).', host, code),
      'sendAgain',
    ),
  machineExhausted: ({ code = '' }) =>
    advice(
      l10n.t('This machine has no connection to spare'),
      l10n.t(
        'Too many files or connections are open, or memory is used up ({0}). Close some programs.',
        code,
      ),
      'sendAgain',
    ),
  connectionLost: ({ host = '' }) =>
    advice(
      l10n.t('The connection was lost'),
      l10n.t(
        'The network, a proxy, or {0} closed it before the reply was complete. The prompt may have been charged.',
        host,
      ),
      'sendAgain',
    ),
  networkFailed: ({ host = '', code = '' }) =>
    advice(
      l10n.t('The connection failed'),
      l10n.t('The network connection to {0} ended in the error {1}.', host, code),
      'sendAgain',
      'showLog',
    ),

  proxyUnreachable: ({ proxy }) =>
    advice(
      l10n.t('The proxy cannot be reached'),
      proxy === undefined
        ? l10n.t(
            'VS Code is set to use a proxy, and no connection through it came about. Check the setting http.proxy.',
          )
        : l10n.t(
            'VS Code is set to use the proxy {0}, and no connection through it came about. Check the setting http.proxy, and whether the proxy runs.',
            proxy,
          ),
      'openProxySettings',
      'sendAgain',
      'checkConnection',
    ),
  proxyWantsAuthentication: () =>
    advice(
      l10n.t('The proxy wants a user name and password'),
      l10n.t(
        'The network’s proxy answered 407. Put name and password into the setting http.proxy (http://name:password@host:port); http.proxyAuthorization is not used for extensions.',
      ),
      'openProxySettings',
      'sendAgain',
    ),
  proxyRefused: ({ host = '', status = 403 }) =>
    advice(
      l10n.t('Something on the way refused the request'),
      l10n.t(
        'A proxy or firewall of the network answered {0} in place of {1}. Ask who runs it to let this address through.',
        status,
        host,
      ),
      'openProxySettings',
      'sendAgain',
    ),
  proxyFailed: ({ host = '', status = 502 }) =>
    advice(
      l10n.t('Something on the way failed'),
      l10n.t(
        'A proxy of the network answered {0} in place of {1}: it is overloaded, or does not get through itself. Ask who runs it.',
        status,
        host,
      ),
      'sendAgain',
      'openProxySettings',
    ),
  signInPage: ({ host = '' }) =>
    advice(
      l10n.t('A web page came instead of an answer'),
      l10n.t(
        'The network answered in place of {0}, as a hotel’s or a company’s sign-in page does. Open a browser, sign in to the network, and send again.',
        host,
      ),
      'sendAgain',
      'setUp',
    ),
} satisfies AdviceRows;
