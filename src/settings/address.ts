// The setting gateway.url.
import { l10n } from 'vscode';
import {
  type AddressProblem,
  type AddressProblemKind,
  isAddress,
  parseAddress,
} from '../core/gateway/address';
import { text } from './accept';
import type { Address } from '../core/model/request';
import { SettingInvalid, read } from './reading';

/** The gateway's address; undefined if none is set. @throws SettingInvalid */
export function readAddress(): Address | undefined {
  const address = parseAddress(read('gateway.url', text, () => l10n.t('It must be a string.')));
  if (isAddress(address)) return address;
  if (address.problem === 'empty') return undefined;
  throw new SettingInvalid('gateway.url', addressExpected(address));
}

/** A sentence that says what is wrong with an address and what it should be. */
export function addressExpected({ problem, part }: AddressProblem): string {
  return addressProblems[problem](part);
}

const example = 'https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/aws-bedrock';

const addressProblems: { readonly [P in AddressProblemKind]: (part: string) => string } = {
  empty: () =>
    l10n.t('The address is empty. Cloudflare shows it under AI › AI Gateway › your gateway › API.'),
  notUrl: () => l10n.t('This is not a web address. It should look like {0}.', example),
  notHttps: () => l10n.t('The address must begin with https://. Plain http works only for this machine.'),
  hasCredentials: () =>
    l10n.t(
      'The address must not contain a user name or password. Store a gateway token with “Set Credentials…” instead.',
    ),
  hasQuery: () => l10n.t('The address must not contain “?” or “#”.'),
  incomplete: () =>
    l10n.t('The account or the gateway is missing from the address. It should look like {0}.', example),
  unseen: (part) =>
    l10n.t('The address contains an invisible character ({0}). Delete it, or type the address.', part),
  placeholder: (part) =>
    l10n.t(
      '“{0}” in the address is a placeholder. Replace it with your own value. Cloudflare shows the whole address under AI › AI Gateway › your gateway › API.',
      part,
    ),
  awsHost: (part) =>
    l10n.t(
      '{0} is AWS’s own address. Enter the address of your Cloudflare gateway, such as {1}.',
      part,
      example,
    ),
  cloudflareApi: (part) =>
    l10n.t(
      'This is the address of Cloudflare’s API, not of your gateway. Enter the gateway’s address, such as {0}.',
      part || example,
    ),
  cloudflarePage: (part) =>
    l10n.t(
      'This is a page of Cloudflare’s website, not the address of your gateway. Enter the gateway’s address, such as {0}.',
      part || example,
    ),
  otherProvider: (part) =>
    l10n.t(
      '“/{0}” is the gateway’s path for another provider. The address should end in /aws-bedrock instead.',
      part,
    ),
  otherEndpoint: (part) =>
    l10n.t(
      '“/{0}” is another endpoint of the gateway, which does not accept requests for Bedrock. The address should end in /aws-bedrock instead.',
      part,
    ),
  otherService: (part) =>
    l10n.t(
      '“{0}” after /aws-bedrock is an AWS service that this extension does not support. The address should end in /aws-bedrock.',
      part,
    ),
  notRegion: (part) =>
    l10n.t(
      'The address names the region “{0}”. A region consists of lowercase letters, digits and hyphens, such as us-east-1.',
      part,
    ),
};
