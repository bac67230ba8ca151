// Finds out who sent an error response: AWS is recognized by its request ID, the gateway by its error envelope, Access
// by its headers. `cf-ray` proves nothing, since Cloudflare adds it to every response that passes.
import { type ResponseHead, type GatewayError, gatewayError, isPage } from '../gateway/response';
import { accessOnPage, type Access } from '../gateway/access';
import { isRecord, parseJson } from '../model/json';
import { isKnownName } from './aws';
import { type ProviderError, readProviderError } from './providerMessage';

export type Signer =
  | { readonly by: 'access'; readonly access: Access }
  | { readonly by: 'gateway'; readonly error: GatewayError }
  | { readonly by: 'aws'; readonly error: ProviderError }
  | { readonly by: 'unknown'; readonly error: ProviderError };

/** Who sent `response`, and the error in it. */
export function signerOf(response: ResponseHead): Signer {
  const { status, body = '', requestIds } = response;
  const parsed = parseJson(body);
  const fromAws = requestIds.awsRequestId !== undefined || response.awsException !== undefined;
  const access = response.access ?? (isPage(response) && !fromAws ? accessOnPage(status, body) : undefined);
  if (access && !fromAws) return { by: 'access', access };
  const gatewaysError = gatewayError(parsed);
  if (gatewaysError) return { by: 'gateway', error: gatewaysError };
  const error = readProviderError(body);
  if (isRecord(parsed) && parsed['success'] === false && !fromAws)
    return { by: 'gateway', error: { code: 0, message: error.message } };
  const isAws = fromAws || looksLikeAws(parsed, error) || isForwarded(response, error);
  return { by: isAws ? 'aws' : 'unknown', error };
}

/** An error with a success status, or one in a provider's format that passed Cloudflare, is passed on from AWS. */
function isForwarded({ status, requestIds }: ResponseHead, { names, shape }: ProviderError): boolean {
  if (status < 300) return shape === 'json';
  return requestIds.ray !== undefined && names.some(isKnownName);
}

/** An error in AWS's format, whose identifying headers a gateway dropped. */
function looksLikeAws(parsed: unknown, { names, shape }: ProviderError): boolean {
  if (shape === 'xml') return names.some(isKnownName);
  if (!isRecord(parsed)) return false;
  return typeof parsed['__type'] === 'string' || typeof (parsed['message'] ?? parsed['Message']) === 'string';
}
