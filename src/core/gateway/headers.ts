// Which headers leave the machine. https://developers.cloudflare.com/ai-gateway/configuration/request-handling/
import type { Authentication, GatewayOptions } from '../model/request';

export type Headers = Readonly<Record<string, string>>;

/**
 * The `cf-aig-*` headers of a request. They are added after signing: AWS never sees them.
 *
 * A cache key is sent only together with a time to live, because a key alone makes a gateway cache for five
 * minutes even where caching is off.
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

/** JSON in a header: every character outside ASCII escaped, since a header carries no other safely. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Headers of the SDK that Bedrock needs; all others (user agents, attempt counters, trace ids) stay here. */
const needed = /^(content-type|content-length|accept|x-amzn-bedrock-.+)$/;
const ofSignature = /^(authorization|x-amz-date|x-amz-security-token|x-amz-content-sha256)$/;
/** Headers that authenticate to AWS. When the gateway does that with keys of its own, none may be there. */
const authenticating: { readonly [A in Authentication]: RegExp | undefined } = {
  accessKeys: ofSignature,
  profile: ofSignature,
  apiKey: /^authorization$/,
  gateway: undefined,
};

/**
 * Those of the SDK's headers that are passed on, with lower-case names. `host` is left out: after signing it
 * still names AWS, and the HTTP handler writes the right one.
 */
export function forwardedHeaders(headers: Headers, authentication: Authentication): Headers {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (needed.test(lower) || authenticating[authentication]?.test(lower)) passed[lower] = value;
  }
  return passed;
}
