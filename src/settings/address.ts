// Where the gateway is.
import { l10n } from 'vscode';
import { type Address, type AddressProblem, parseAddress } from '../core/gateway/address';
import { text } from './accept';
import { SettingInvalid, read } from './reading';

/** The gateway's address; undefined when none is set. @throws SettingInvalid */
export function readAddress(): Address | undefined {
  const address = parseAddress(read('gateway.url', text, () => l10n.t('It must be text.')));
  if (address === 'empty') return undefined;
  if (typeof address === 'string') throw new SettingInvalid('gateway.url', addressExpected(address));
  return address;
}

/** What is wrong with an address, and what would be right. */
export function addressExpected(problem: AddressProblem): string {
  return addressProblems[problem]();
}

const addressProblems: { readonly [P in AddressProblem]: () => string } = {
  empty: () =>
    l10n.t('The address is empty. Cloudflare shows it under AI › AI Gateway › your gateway › API.'),
  notUrl: () =>
    l10n.t(
      'This is not a web address. It should look like https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/aws-bedrock.',
    ),
  notHttps: () =>
    l10n.t('The address must begin with https://. Plain http is accepted for this machine only.'),
  hasCredentials: () =>
    l10n.t(
      'The address must not hold a user name or password. Store a gateway token with “Set Credentials…” instead.',
    ),
  hasQuery: () => l10n.t('The address must not hold “?” or “#”.'),
  incomplete: () =>
    l10n.t(
      'The address lacks the account or the gateway. It should look like https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/aws-bedrock.',
    ),
  otherProvider: () =>
    l10n.t(
      'The address belongs to another provider. It should end after the gateway’s name, or with /aws-bedrock.',
    ),
};
