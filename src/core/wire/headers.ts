// Prepares headers for display. By an allow-list: for other headers only the name is shown.
import type { HeaderPair } from '../model/attemptRecord';
import { redact } from '../failures/redact';
import { sanitize, toLine } from '../failures/sanitize';
import { maskSecrets } from '../failures/secretForms';
import { readDataLoss } from '../gateway/dataLoss';

/** Replaces hidden values. */
const hidden = '…';
/** The longest value that is kept; no honest header is longer. */
const maxValueLength = 1_000;
const maxNameLength = 100;

/** Request headers for HTTP, Bedrock and the gateway, including the user's gateway settings. */
const visibleInRequests =
  /^(accept|content-length|content-type|host|user-agent|x-amz-(content-sha256|date)|x-amzn-bedrock-.+|cf-aig-(backoff|byok-alias|cache-key|cache-ttl|collect-log|collect-log-payload|event-id|max-attempts|metadata|request-timeout|retry-delay|skip-cache))$/;

/** Response headers. Not set-cookie, or those that a proxy or a sign-in page may add. */
const visibleInResponses =
  /^(age|cache-control|cf-cache-status|cf-mitigated|cf-ray|cf-aig-(cache-status|event-id|log-id|request-id|step)|connection|content-encoding|content-length|content-type|date|retry-after|server|transfer-encoding|via|x-amzn-(bedrock-.+|errortype|requestid))$/;

type Show = (value: string) => string;

/** Headers that are shown in part. */
const partly: ReadonlyMap<string, Show> = new Map([
  ['authorization', authorization],
  ['cf-aig-authorization', scheme],
  ['cf-aig-dlp', dataLossNames],
  ['location', withoutQuery],
  ['proxy-authenticate', scheme],
  ['www-authenticate', scheme],
]);

/** The headers of a request for display, in their order. `secrets` are masked in all of them. */
export function visibleRequestHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): HeaderPair[] {
  return visible(headers, visibleInRequests, secrets);
}

/**
 * The headers of a response for display. `secrets` are masked in all of them, since a server may quote what it was
 * sent.
 */
export function visibleResponseHeaders(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): HeaderPair[] {
  return visible(headers, visibleInResponses, secrets);
}

function visible(
  headers: Readonly<Record<string, string>>,
  allowed: RegExp,
  secrets: readonly string[],
): HeaderPair[] {
  return Object.entries(headers).map(([name, value]) => {
    const lower = name.toLowerCase();
    const part = partly.get(lower);
    // Header names come from the server too.
    const shownName = toLine(maskSecrets(lower, secrets), maxNameLength);
    // redact() would mask the whole credential scope; here only the secrets themselves are masked.
    if (part) return [shownName, maskSecrets(part(value), secrets)];
    return [shownName, allowed.test(lower) ? sanitize(value, secrets, maxValueLength) : hidden];
  });
}

const sigV4 =
  /^(AWS4-HMAC-SHA256) Credential=([^/\s,]+)\/([\w/-]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=/;

/** Shows a signature's algorithm, scope (day, region and service) and signed headers, not the signature itself. */
function authorization(value: string): string {
  const [whole, algorithm, id = '', scope, signed] = sigV4.exec(value) ?? [];
  if (whole === undefined) return scheme(value);
  return `${algorithm} Credential=${masked(id)}/${scope}, SignedHeaders=${signed}, Signature=${hidden}`;
}

/** The last characters of a key ID distinguish it from others. */
function masked(id: string): string {
  return id.length >= 12 ? `${hidden}${id.slice(-4)}` : hidden;
}

/** `Bearer …` */
function scheme(value: string): string {
  const [, name] = /^([A-Za-z][\w-]{0,30})(?: |$)/.exec(value) ?? [];
  return name === undefined ? hidden : `${name} ${hidden}`;
}

/** Shows which data loss prevention policies and profiles matched, and where. Not the matched text. */
function dataLossNames(value: string): string {
  return redact(JSON.stringify(readDataLoss(value)), []);
}

function withoutQuery(value: string): string {
  const [before = ''] = value.slice(0, maxValueLength).split(/[?#]/);
  // `//user:password@host` is in this part too.
  return before.includes('@') ? hidden : before;
}
