// Who gave an answer that is no success. Who signs it tells: AWS by its request ID, the gateway by its envelope,
// Access by its headers. `cf-ray` signs nothing, since it stands on all that passed Cloudflare.
import { type ResponseHead, type GatewayError, gatewayError, isPage } from '../gateway/response';
import { accessOnPage, type Access } from '../gateway/access';
import { isRecord, parseJson } from '../model/json';
import { isKnownName } from './aws';
import { type ProviderError, readProviderError } from './providerMessage';

export type Signer =
  | { readonly by: 'access'; readonly says: Access }
  | { readonly by: 'gateway'; readonly error: GatewayError }
  | { readonly by: 'aws'; readonly said: ProviderError }
  | { readonly by: 'nobody'; readonly said: ProviderError };

/** Who gave `answer`, and what it says. */
export function signerOf(answer: ResponseHead): Signer {
  const { status, access, body = '', requestIds } = answer;
  const parsed = parseJson(body);
  const fromAws = requestIds.awsRequestId !== undefined || answer.awsException !== undefined;
  const says = access ?? (isPage(answer) && !fromAws ? accessOnPage(status, body) : undefined);
  if (says && !fromAws) return { by: 'access', says };
  const own = gatewayError(parsed);
  if (own) return { by: 'gateway', error: own };
  const said = readProviderError(body);
  if (isRecord(parsed) && parsed['success'] === false && !fromAws)
    return { by: 'gateway', error: { code: 0, message: said.message } };
  const isAws = fromAws || looksLikeAws(parsed, said) || isPassedOn(answer, said);
  return { by: isAws ? 'aws' : 'nobody', said };
}

/** What comes with a success, or has passed Cloudflare in the form of a model's provider, is passed on from AWS. */
function isPassedOn({ status, requestIds }: ResponseHead, { names, shape }: ProviderError): boolean {
  if (status < 300) return shape === 'json';
  return requestIds.ray !== undefined && names.some(isKnownName);
}

/** An error in AWS's own form, where a gateway has dropped the headers that sign it. */
function looksLikeAws(parsed: unknown, { names, shape }: ProviderError): boolean {
  if (shape === 'xml') return names.some(isKnownName);
  if (!isRecord(parsed)) return false;
  return typeof parsed['__type'] === 'string' || typeof (parsed['message'] ?? parsed['Message']) === 'string';
}
