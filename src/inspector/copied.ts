// What Details copies: the webview names it, the host knows it.
import { l10n } from 'vscode';
import type { Turn } from '../core/model/reply';
import type { AttemptRecord } from '../core/model/attemptRecord';
import { logIdHeaders } from '../core/model/requestIds';
import { type CurlComments, curl } from '../core/wire/curl';
import { pingBody } from '../core/wire/ping';
import { oneLine, shortened } from '../util/plainText';
import { addressesOf } from './addresses';
import type { AttemptView, Copied } from '../protocol/reply';

type Copy = (wire: AttemptRecord, turn: Turn) => string | undefined;

/** Names under which an attempt can be found again. */
const traces = {
  logId: { of: logIdOf, name: () => l10n.t('Gateway log ID') },
  eventId: { of: header('cf-aig-event-id'), name: () => l10n.t('Gateway event ID') },
  ray: { of: header('cf-ray'), name: () => l10n.t('Cloudflare Ray ID') },
  awsRequestId: { of: header('x-amzn-requestid'), name: () => l10n.t('AWS request ID') },
  dlp: { of: header('cf-aig-dlp'), name: () => l10n.t('Data loss prevention') },
} as const satisfies {
  readonly [C in Copied]?: {
    readonly of: (wire: AttemptRecord) => string | undefined;
    readonly name: () => string;
  };
};

const copies: { readonly [C in Copied]: Copy } = {
  signed: (wire, { request }) => addressesOf(wire, request)?.signed,
  sent: (wire, { request }) => addressesOf(wire, request)?.sent,
  logId: traces.logId.of,
  eventId: traces.eventId.of,
  ray: traces.ray.of,
  awsRequestId: traces.awsRequestId.of,
  dlp: traces.dlp.of,
  curlGateway: ({ sent }, { request }) =>
    sent && curl({ request, sent, body: pingBody(request) }, 'gateway', curlWords()),
  curlAws: ({ sent }, { request }) =>
    sent && curl({ request, sent, body: pingBody(request) }, 'aws', curlWords()),
};

/** What `what` stands for in an attempt of `turn`; undefined when it has no such thing. */
export function copiedText(turn: Turn, attempt: number, what: string): string | undefined {
  const wire = turn.reply.records.find(({ attempt: number }) => number === attempt);
  return wire && Object.hasOwn(copies, what) ? copies[what as Copied](wire, turn) : undefined;
}

export function tracesOf(wire: AttemptRecord): AttemptView['traces'] {
  return Object.entries(traces).flatMap(([copy, { of, name }]) => {
    const value = of(wire);
    return value === undefined ? [] : [{ name: name(), value, copy: copy as Copied }];
  });
}

/** Characters of what is copied of a header: it is pasted where a line end may be an order. */
const longestValue = 1000;

function header(name: string): (wire: AttemptRecord) => string | undefined {
  return ({ response }) => {
    const value = response?.headers.find(([each]) => each === name)?.[1];
    return value === undefined ? undefined : shortened(oneLine(value), longestValue);
  };
}

/** None where the gateway was told to keep no log. */
function logIdOf(wire: AttemptRecord): string | undefined {
  const unkept = wire.sent?.headers.some(
    ([name, value]) => name === 'cf-aig-collect-log' && value === 'false',
  );
  return unkept ? undefined : logIdHeaders.map((name) => header(name)(wire)).find(Boolean);
}

function curlWords(): CurlComments {
  return {
    about: l10n.t('By Bedrock via AI Gateway. It holds no key, and “ping” in place of the prompt.'),
    variables: (names) => l10n.t('It reads from the environment: {0}.', names),
    gatewayTakesNoSignature: l10n.t(
      'The extension signs for AWS and sends to the gateway. curl signs for the host that it calls, which AWS rejects behind a gateway: hence a Bedrock API key.',
    ),
    newCurl: l10n.t('curl before 8.15 signs a model ID with colons or slashes otherwise than AWS does.'),
    stream: l10n.t('A stream has binary frames; the last line shows what is text in them.'),
  };
}
