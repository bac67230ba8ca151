// Classifies responses that are neither the gateway's JSON nor AWS's: they come from Cloudflare's edge, or from
// something before it. Cloudflare adds `cf-ray` to every response that passes it. VS Code's proxy support returns a
// proxy's response to CONNECT as the response to the request; such a response has no `cf-ray`. A response with a
// message may be passed on from any server, and is not attributed to one.
// https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
import type { FailureDetails } from '../model/failureDetails';
import { type Failure, type FailureKind, failure } from '../model/failure';
import type { ResponseHead } from '../gateway/response';
import { anywhereIn } from './phrases';
import type { ProviderError } from './providerMessage';

type Kinds = Readonly<Record<number, FailureKind>>;

/** Statuses of Cloudflare's own pages and lines of text. */
const cloudflareKinds: Kinds = {
  401: 'gatewayTokenRejected',
  403: 'gatewayEdgeBlocked',
  404: 'gatewayPathUnknown',
  405: 'gatewayPathUnknown',
  407: 'proxyWantsAuthentication',
  408: 'gatewayTimedOut',
  413: 'requestTooLarge',
  429: 'gatewayEdgeLimited',
  503: 'gatewayUnavailable',
  504: 'gatewayTimedOut',
  520: 'awsUnreachable',
  521: 'awsUnreachable',
  522: 'awsUnreachable',
  523: 'awsUnreachable',
  524: 'gatewayTimedOut',
  525: 'awsUnreachable',
  526: 'awsUnreachable',
  530: 'awsUnreachable',
};

/** Statuses of a proxy, a firewall or another network device. */
const otherKinds: Kinds = {
  401: 'notTheGateway',
  404: 'notTheGateway',
  405: 'notTheGateway',
  407: 'proxyWantsAuthentication',
  413: 'requestTooLarge',
  511: 'signInPage',
};

/** The edge's codes that say more than the status. 1016: the name does not resolve, so the region does not exist. */
const byEdgeCode: Readonly<Record<string, FailureKind>> = {
  1015: 'gatewayEdgeLimited',
  1016: 'regionUnknown',
  1027: 'gatewayEdgeLimited',
};

/** Makes a failure of such a response; `error` is read from its body. */
export function edgeFailure(response: ResponseHead, error: ProviderError): Failure {
  const { status, requestIds, retryAfter, body = '' } = response;
  const fromCloudflare = requestIds.ray !== undefined;
  const code = fromCloudflare ? /error[ _]code"?:? ?(\d{3,4})/i.exec(body)?.[1] : undefined;
  // A line with an edge code says nothing else.
  const message = code === undefined ? error.message.trim() : '';
  const details: FailureDetails = {
    status,
    ...(code !== undefined && { code }),
    ...(message && { message }),
  };
  return failure(kindOf(response, error, code), details, { retryAfter, requestIds });
}

function kindOf(
  { status, requestIds }: ResponseHead,
  { message, shape }: ProviderError,
  code: string | undefined,
): FailureKind {
  const fromCloudflare = requestIds.ray !== undefined;
  // The protocol was switched.
  if (status < 200) return 'notTheGateway';
  if (status < 400) return fromCloudflare ? 'notTheGateway' : 'signInPage';
  const general = anywhereIn(message);
  if (general) return general;
  const named = code === undefined ? undefined : byEdgeCode[code];
  if (named) return named;
  // A message may come from any server: the edge itself sends a page, or a line with a code.
  const hasMessage = message !== '' && code === undefined;
  if (fromCloudflare && hasMessage && (shape !== 'text' || status === 403) && !unambiguous.has(status))
    return 'unsignedError';
  const kind = (fromCloudflare ? cloudflareKinds : otherKinds)[status];
  if (kind) return kind;
  if (fromCloudflare) return 'gatewayError';
  return status < 500 ? 'proxyRefused' : 'proxyFailed';
}

/** Statuses that mean the same from every server. */
const unambiguous: ReadonlySet<number> = new Set([404, 405, 407, 413]);
