// Answers that are neither the gateway's JSON nor AWS's: the edge of Cloudflare's network, or whatever stands
// between it and this machine. `cf-ray`, which Cloudflare puts on all that passes it, tells the two apart: VS Code's
// proxy support hands on what a proxy answers to CONNECT as though it were the answer to the request. It accuses nobody
// of an answer in words, which may be passed on.
// https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
import type { FailureDetails } from '../model/failureDetails';
import { type Failure, type FailureKind, failure } from '../model/failure';
import type { ResponseHead } from '../gateway/response';
import { anywhereIn } from './phrases';
import type { ProviderError } from './providerMessage';

type Kinds = Readonly<Record<number, FailureKind>>;

/** What Cloudflare answers with a page or a line of text. */
const ofCloudflare: Kinds = {
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

/** What a proxy, a firewall or the network answers in its place. */
const ofOthers: Kinds = {
  401: 'notTheGateway',
  404: 'notTheGateway',
  405: 'notTheGateway',
  407: 'proxyWantsAuthentication',
  413: 'requestTooLarge',
  511: 'signInPage',
};

/** The edge's own codes, where they say more than the status. 1016: a name that does not resolve, so no such region. */
const byEdgeCode: Readonly<Record<string, FailureKind>> = {
  1015: 'gatewayEdgeLimited',
  1016: 'regionUnknown',
  1027: 'gatewayEdgeLimited',
};

/** The failure that such an answer tells of, whatever its status; `said` is what its body says. */
export function edgeFailure(answer: ResponseHead, said: ProviderError): Failure {
  const { status, requestIds, retryAfter, body = '' } = answer;
  const cloudflare = requestIds.ray !== undefined;
  const code = cloudflare ? /error[ _]code"?:? ?(\d{3,4})/i.exec(body)?.[1] : undefined;
  // A code of the edge's own is all that its line of text holds.
  const message = code === undefined ? said.message.trim() : '';
  const facts: FailureDetails = { status, ...(code !== undefined && { code }), ...(message && { message }) };
  return failure(kindOf(answer, said, code), facts, { retryAfter, requestIds });
}

function kindOf(
  { status, requestIds }: ResponseHead,
  { message, shape }: ProviderError,
  code: string | undefined,
): FailureKind {
  const cloudflare = requestIds.ray !== undefined;
  // It switched to another protocol.
  if (status < 200) return 'notTheGateway';
  if (status < 400) return cloudflare ? 'notTheGateway' : 'signInPage';
  const told = anywhereIn(message);
  if (told) return told;
  const named = code === undefined ? undefined : byEdgeCode[code];
  if (named) return named;
  // Words that are nobody's page may be anybody's: what the edge says is a page, or a line with a code.
  const wordy = message !== '' && code === undefined;
  if (cloudflare && wordy && (shape !== 'text' || status === 403) && !plain.has(status))
    return 'unsignedError';
  const kind = (cloudflare ? ofCloudflare : ofOthers)[status];
  if (kind) return kind;
  if (cloudflare) return 'gatewayError';
  return status < 500 ? 'proxyRefused' : 'proxyFailed';
}

/** Statuses that say the same whoever answers with them. */
const plain: ReadonlySet<number> = new Set([404, 405, 407, 413]);
