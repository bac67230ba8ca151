// The address that a request was signed for, next to the one it was sent to: where they differ, and their common end.
import { l10n } from 'vscode';
import { awsHost } from '../core/gateway/readdress';
import type { Authentication, Request } from '../core/model/request';
import type { AttemptRecord } from '../core/model/attemptRecord';
import { formatList } from '../ui/format';
import type { Addresses } from '../protocol/attempt';

/** Both addresses in full; undefined if nothing was sent. */
export function addressesOf({ signed, sent }: AttemptRecord, { target, gateway }: Request) {
  if (!sent) return undefined;
  const prefix = `${gateway.address.path}/aws-bedrock/bedrock-runtime/${target.region}`;
  // If the extension does not sign, this is the path that the gateway calls.
  const path = signed?.path ?? (sent.path.startsWith(prefix) ? sent.path.slice(prefix.length) : sent.path);
  return {
    signed: `https://${signed?.host ?? awsHost(target.region)}${path}`,
    sent: `${sent.protocol}//${sent.host}${sent.path}`,
  };
}

export function addressesView(record: AttemptRecord, request: Request): Addresses | undefined {
  const both = addressesOf(record, request);
  if (!both || !record.sent) return undefined;
  const end = commonEnd(both.signed, both.sent);
  const beginning = (address: string) => address.slice(0, address.length - end.length);
  return {
    method: record.sent.method,
    signed: {
      title: record.signed ? l10n.t('Signed for AWS') : l10n.t('Address at AWS'),
      beginning: beginning(both.signed),
    },
    sent: { title: l10n.t('Sent to the gateway'), beginning: beginning(both.sent) },
    end,
    covers: record.signed
      ? l10n.t(
          'The signature covers the method, the path at AWS, the body, and the headers {0}.',
          formatList(record.signed.headers),
        )
      : unsigned[request.authentication](),
  };
}

const unsigned: { readonly [A in Authentication]: () => string } = {
  accessKeys: () => '',
  profile: () => '',
  apiKey: () => l10n.t('Nothing is signed: the extension sends the Bedrock API key in a header.'),
  gateway: () => l10n.t('The extension does not sign: the gateway signs with the keys stored there.'),
};

/** The longest common end of both that begins with a `/`. */
function commonEnd(one: string, other: string): string {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length))
    length++;
  const same = one.slice(one.length - length);
  const slash = same.indexOf('/');
  return slash < 0 ? '' : same.slice(slash);
}
