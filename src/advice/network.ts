// Advice for requests that never reached the gateway, because of this machine or the network.
import { l10n } from 'vscode';
import { type AdviceRows, advice } from './row';

export const networkAdvice = {
  nameNotFound: ({ host = '' }) =>
    advice(
      l10n.t('The gateway’s host name was not found'),
      l10n.t(
        'DNS couldn’t find {0}. Check the gateway’s address. Some names can be resolved only inside a company’s network or VPN.',
        host,
      ),
      'sendAgain',
      'setUp',
    ),
  nameServerUnreachable: ({ host = '' }) =>
    advice(
      l10n.t('The DNS server didn’t answer'),
      l10n.t(
        'This machine couldn’t look up {0}. The machine or its network is offline: check the connection, the VPN, and whether the network requires you to sign in.',
        host,
      ),
      'sendAgain',
    ),
  connectionRefused: ({ host = '' }) =>
    advice(
      l10n.t('The gateway’s address refused the connection'),
      l10n.t(
        'Nothing accepts connections at {0}. Check the gateway’s address, and whether you need a VPN or proxy.',
        host,
      ),
      'sendAgain',
      'setUp',
      'checkConnection',
    ),
  networkUnreachable: ({ host = '', code = '' }) =>
    advice(
      l10n.t('The network can’t reach the gateway'),
      l10n.t(
        'This machine has no route to {0} ({1}). Check the network connection, and whether you need a VPN.',
        host,
        code,
      ),
      'sendAgain',
    ),
  connectionTimedOut: ({ host = '' }) =>
    advice(
      l10n.t('Connecting to the gateway timed out'),
      l10n.t(
        'Connecting to {0} timed out. Usually a firewall drops the connection: check whether you need a VPN or proxy.',
        host,
      ),
      'sendAgain',
      'setUp',
    ),
  connectionForbidden: ({ host = '', code = '' }) =>
    advice(
      l10n.t('This machine does not allow the connection'),
      l10n.t('A firewall or a rule on this machine prevents VS Code from reaching {0} ({1}).', host, code),
      'sendAgain',
    ),
  machineExhausted: ({ code = '' }) =>
    advice(
      l10n.t('This machine can’t open another connection'),
      l10n.t(
        'Too many files or connections are open, or the machine is out of memory ({0}). Close some programs.',
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
      l10n.t('The network connection to {0} failed with the error {1}.', host, code),
      'sendAgain',
      'showLog',
    ),

  proxyUnreachable: ({ proxy }) =>
    advice(
      l10n.t('Couldn’t connect through the proxy'),
      proxy === undefined
        ? l10n.t(
            'VS Code is set to use a proxy, but couldn’t connect through it. Check the setting http.proxy.',
          )
        : l10n.t(
            'VS Code is set to use the proxy {0}, but couldn’t connect through it. Check the setting http.proxy, and whether the proxy is running.',
            proxy,
          ),
      'openProxySettings',
      'sendAgain',
      'checkConnection',
    ),
  proxyWantsAuthentication: () =>
    advice(
      l10n.t('The proxy requires a user name and password'),
      l10n.t(
        'The network’s proxy answered 407. Add the name and password to the setting http.proxy (http://name:password@host:port); VS Code does not use http.proxyAuthorization for extensions.',
      ),
      'openProxySettings',
      'sendAgain',
    ),
  proxyRefused: ({ host = '', status = 403 }) =>
    advice(
      l10n.t('A proxy or firewall refused the request'),
      l10n.t(
        'A proxy or firewall in the network answered {0} in place of {1}. Ask its administrator to allow this address.',
        status,
        host,
      ),
      'openProxySettings',
      'sendAgain',
    ),
  proxyFailed: ({ host = '', status = 502 }) =>
    advice(
      l10n.t('A proxy failed'),
      l10n.t(
        'A proxy in the network answered {0} in place of {1}: it is overloaded, or can’t reach the address itself. Ask its administrator.',
        status,
        host,
      ),
      'sendAgain',
      'openProxySettings',
    ),
  signInPage: ({ host = '' }) =>
    advice(
      l10n.t('A web page answered instead of the gateway'),
      l10n.t(
        'The network answered in place of {0}, as the sign-in page of a hotel or a company does. Open a browser, sign in to the network, and send the prompt again.',
        host,
      ),
      'sendAgain',
      'setUp',
    ),
} satisfies AdviceRows;
