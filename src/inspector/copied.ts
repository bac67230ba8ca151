// The values that Details can copy. The page only names them; the host has them.
import { l10n } from 'vscode';
import type { Turn } from '../core/model/reply';
import type { AttemptRecord } from '../core/model/attemptRecord';
import { logIdHeaders } from '../core/model/requestIds';
import { type CurlComments, curl } from '../core/wire/curl';
import { pingBody } from '../core/wire/ping';
import { oneLine, shortened } from '../util/plainText';
import { addressesOf } from './addresses';
import type { AttemptView, CopyTarget } from '../protocol/attempt';

type ReadValue = (record: AttemptRecord, turn: Turn) => string | undefined;

/** The IDs by which an attempt can be found in logs, and the data loss prevention header. */
const ids = {
  logId: { of: logIdOf, name: () => l10n.t('Gateway log ID') },
  eventId: { of: header('cf-aig-event-id'), name: () => l10n.t('Gateway event ID') },
  ray: { of: header('cf-ray'), name: () => l10n.t('Cloudflare Ray ID') },
  awsRequestId: { of: header('x-amzn-requestid'), name: () => l10n.t('AWS request ID') },
  dlp: { of: header('cf-aig-dlp'), name: () => l10n.t('Data loss prevention') },
} as const satisfies {
  readonly [C in CopyTarget]?: {
    readonly of: (record: AttemptRecord) => string | undefined;
    readonly name: () => string;
  };
};

const values: { readonly [C in CopyTarget]: ReadValue } = {
  signed: (record, { request }) => addressesOf(record, request)?.signed,
  sent: (record, { request }) => addressesOf(record, request)?.sent,
  logId: ids.logId.of,
  eventId: ids.eventId.of,
  ray: ids.ray.of,
  awsRequestId: ids.awsRequestId.of,
  dlp: ids.dlp.of,
  curlGateway: ({ sent }, { request }) =>
    sent && curl({ request, sent, body: pingBody(request) }, 'gateway', curlStrings()),
  curlAws: ({ sent }, { request }) =>
    sent && curl({ request, sent, body: pingBody(request) }, 'aws', curlStrings()),
};

/** The value that `what` names in an attempt (from 1) of `turn`; undefined if it has no such value. */
export function copiedText(turn: Turn, attempt: number, what: string): string | undefined {
  const record = turn.reply.records.find(({ attempt: number }) => number === attempt);
  return record && Object.hasOwn(values, what) ? values[what as CopyTarget](record, turn) : undefined;
}

/** The request IDs of an attempt, with their names. */
export function requestIdViews(record: AttemptRecord): AttemptView['requestIds'] {
  return Object.entries(ids).flatMap(([copy, { of, name }]) => {
    const value = of(record);
    return value === undefined ? [] : [{ name: name(), value, copy: copy as CopyTarget }];
  });
}

/** Maximum length of a copied header, in characters. It has one line, since a terminal may run a pasted line break. */
const maxValueLength = 1000;

function header(name: string): (record: AttemptRecord) => string | undefined {
  return ({ response }) => {
    const value = response?.headers.find(([each]) => each === name)?.[1];
    return value === undefined ? undefined : shortened(oneLine(value), maxValueLength);
  };
}

/** undefined if the request asked the gateway to keep no log. */
function logIdOf(record: AttemptRecord): string | undefined {
  const isNotLogged = record.sent?.headers.some(
    ([name, value]) => name === 'cf-aig-collect-log' && value === 'false',
  );
  return isNotLogged ? undefined : logIdHeaders.map((name) => header(name)(record)).find(Boolean);
}

function curlStrings(): CurlComments {
  return {
    about: l10n.t('From Bedrock via AI Gateway. Contains no key, and “ping” in place of the prompt.'),
    variables: (names) => l10n.t('Reads from the environment: {0}.', names),
    gatewayTakesNoSignature: l10n.t(
      'The extension signs for AWS and sends to the gateway. curl signs for the host that it calls, and AWS rejects such a signature behind a gateway. So this command uses a Bedrock API key.',
    ),
    newCurl: l10n.t('curl before 8.15 signs model IDs with colons or slashes differently from AWS.'),
    stream: l10n.t('A stream consists of binary frames. The last line shows the text in them.'),
  };
}
