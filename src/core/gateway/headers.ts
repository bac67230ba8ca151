// Decides which headers are sent. https://developers.cloudflare.com/ai-gateway/configuration/request-handling/
import type { Authentication, GatewayOptions } from '../model/request';

export type Headers = Readonly<Record<string, string>>;

/**
 * The `cf-aig-*` headers of a request. They are added after signing, and AWS never sees them.
 *
 * A cache key is sent only with a time to live: a key alone makes a gateway cache for five minutes, even if caching is
 * off.
 */
export function gatewayHeaders(
  options: GatewayOptions,
  { token, cacheKey }: { token: string | undefined; cacheKey: () => string },
): Headers {
  return {
    ...(token && { 'cf-aig-authorization': `Bearer ${token}` }),
    ...(options.keyAlias && { 'cf-aig-byok-alias': options.keyAlias }),
    ...cacheHeaders(options.cacheTtl, cacheKey),
    ...logHeaders[options.logs],
    ...(Object.keys(options.metadata).length > 0 && { 'cf-aig-metadata': asciiJson(options.metadata) }),
  };
}

function cacheHeaders(ttl: number | null, cacheKey: () => string): Headers {
  if (ttl === null) return {};
  if (ttl === 0) return { 'cf-aig-skip-cache': 'true' };
  return { 'cf-aig-cache-ttl': String(ttl), 'cf-aig-cache-key': cacheKey() };
}

const logHeaders: { readonly [Logs in GatewayOptions['logs']]: Headers } = {
  default: {},
  metadataOnly: { 'cf-aig-collect-log-payload': 'false' },
  none: { 'cf-aig-collect-log': 'false' },
};

/** JSON for a header: escapes all characters outside ASCII, which headers cannot carry safely. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The SDK's headers that Bedrock needs; others (user agents, attempt counters, trace IDs) are not sent. */
const needed = /^(content-type|content-length|accept|x-amzn-bedrock-.+)$/;
const signatureHeaders = /^(authorization|x-amz-date|x-amz-security-token|x-amz-content-sha256)$/;
/** Headers that authenticate to AWS. None may be sent if the gateway authenticates with its own keys. */
const authHeaders: { readonly [A in Authentication]: RegExp | undefined } = {
  accessKeys: signatureHeaders,
  profile: signatureHeaders,
  apiKey: /^authorization$/,
  gateway: undefined,
};

/**
 * The SDK's headers that are sent, with lower-case names. `host` is left out: it still names AWS, and the HTTP handler
 * sets the right one.
 */
export function forwardedHeaders(headers: Headers, authentication: Authentication): Headers {
  const forwarded: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (needed.test(lower) || authHeaders[authentication]?.test(lower)) forwarded[lower] = value;
  }
  return forwarded;
}
