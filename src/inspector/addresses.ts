// Where a prompt was signed for beside where it went: what differs, and the end that is the same.
import { l10n } from 'vscode';
import { awsHost } from '../core/gateway/readdress';
import type { Authentication, Request } from '../core/model/request';
import type { AttemptRecord } from '../core/model/attemptRecord';
import type { Addresses } from '../protocol/reply';

/** Both addresses in full; undefined when nothing was sent. */
export function addressesOf({ signed, sent }: AttemptRecord, { target, gateway }: Request) {
  if (!sent) return undefined;
  const before = `${gateway.address.path}/aws-bedrock/bedrock-runtime/${target.region}`;
  // Where nothing is signed, it is the path that the gateway calls.
  const path = signed?.path ?? (sent.path.startsWith(before) ? sent.path.slice(before.length) : sent.path);
  return {
    signed: `https://${signed?.host ?? awsHost(target.region)}${path}`,
    sent: `${sent.protocol}//${sent.host}${sent.path}`,
  };
}

export function addressesView(wire: AttemptRecord, request: Request): Addresses | undefined {
  const both = addressesOf(wire, request);
  if (!both || !wire.sent) return undefined;
  const end = commonEnd(both.signed, both.sent);
  const beginning = (address: string) => address.slice(0, address.length - end.length);
  return {
    method: wire.sent.method,
    signed: {
      title: wire.signed ? l10n.t('Signed for AWS') : l10n.t('Address at AWS'),
      beginning: beginning(both.signed),
    },
    sent: { title: l10n.t('Sent to the gateway'), beginning: beginning(both.sent) },
    end,
    covers: wire.signed
      ? l10n.t(
          'The signature covers the method, the path at AWS, the body, and the headers {0}.',
          wire.signed.headers.join(', '),
        )
      : unsigned[request.authentication](),
  };
}

const unsigned: { readonly [A in Authentication]: () => string } = {
  accessKeys: () => '',
  profile: () => '',
  apiKey: () => l10n.t('Nothing is signed: the Bedrock API key goes along in a header.'),
  gateway: () => l10n.t('Nothing is signed here: the gateway signs, with the keys stored in it.'),
};

/** The longest end of both that begins with a `/`. */
function commonEnd(one: string, other: string): string {
  let length = 0;
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length))
    length++;
  const same = one.slice(one.length - length);
  const slash = same.indexOf('/');
  return slash < 0 ? '' : same.slice(slash);
}
