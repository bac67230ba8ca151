// Headers as they may be shown. An allow-list: of a header that is not in it, the name alone is told.
import type { HeaderPair } from '../model/attemptRecord';
import { redact } from '../failures/redact';
import { sanitize, toLine } from '../failures/sanitize';
import { maskSecrets } from '../failures/secretForms';
import { readDataLoss } from '../gateway/dataLoss';

/** What stands for what is not shown. */
const hidden = '…';
/** Characters of a value that are kept: no header here is longer, unless the other side means harm. */
const longest = 1_000;
const longestName = 100;

/** What HTTP, Bedrock and the gateway are told, and what the user has set for the gateway. */
const told =
  /^(accept|content-length|content-type|host|user-agent|x-amz-(content-sha256|date)|x-amzn-bedrock-.+|cf-aig-(backoff|byok-alias|cache-key|cache-ttl|collect-log|collect-log-payload|event-id|max-attempts|metadata|request-timeout|retry-delay|skip-cache))$/;

/** What an answer says of itself. Not among them: set-cookie, and whatever a proxy or a sign-in page may add. */
const answered =
  /^(age|cache-control|cf-cache-status|cf-mitigated|cf-ray|cf-aig-(cache-status|event-id|log-id|request-id|step)|connection|content-encoding|content-length|content-type|date|retry-after|server|transfer-encoding|via|x-amzn-(bedrock-.+|errortype|requestid))$/;

type Show = (value: string) => string;

/** Those of which a part may be shown. */
const partly: ReadonlyMap<string, Show> = new Map([
  ['authorization', authorization],
  ['cf-aig-authorization', scheme],
  ['cf-aig-dlp', found],
  ['location', withoutQuery],
  ['proxy-authenticate', scheme],
  ['www-authenticate', scheme],
]);

/** Headers of a request, in the order in which they were set. `secrets` are in none of them, whatever its name. */
export function shownOfRequest(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): HeaderPair[] {
  return shown(headers, told, secrets);
}

/** Headers of an answer. Another side may quote what it was sent: `secrets` are in none of them. */
export function shownOfAnswer(
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): HeaderPair[] {
  return shown(headers, answered, secrets);
}

function shown(
  headers: Readonly<Record<string, string>>,
  allowed: RegExp,
  secrets: readonly string[],
): HeaderPair[] {
  return Object.entries(headers).map(([name, value]) => {
    const lower = name.toLowerCase();
    const part = partly.get(lower);
    // The other side chooses its headers' names too.
    const shownName = toLine(maskSecrets(lower, secrets), longestName);
    // redact() would take the whole of a credential's scope; here only the secrets themselves go.
    if (part) return [shownName, maskSecrets(part(value), secrets)];
    return [shownName, allowed.test(lower) ? sanitize(value, secrets, longest) : hidden];
  });
}

const sigV4 =
  /^(AWS4-HMAC-SHA256) Credential=([^/\s,]+)\/([\w/-]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=/;

/** Of a signature: how it was made, for which day, region and service, and what it covers. */
function authorization(value: string): string {
  const [whole, algorithm, id = '', scope, signed] = sigV4.exec(value) ?? [];
  if (whole === undefined) return scheme(value);
  return `${algorithm} Credential=${masked(id)}/${scope}, SignedHeaders=${signed}, Signature=${hidden}`;
}

/** The end of a key's ID tells it from others. */
function masked(id: string): string {
  return id.length >= 12 ? `${hidden}${id.slice(-4)}` : hidden;
}

/** `Bearer …` */
function scheme(value: string): string {
  const [, name] = /^([A-Za-z][\w-]{0,30})(?: |$)/.exec(value) ?? [];
  return name === undefined ? hidden : `${name} ${hidden}`;
}

/** Of what data loss prevention found: which policies and profiles, and where. Not the text in which it did. */
function found(value: string): string {
  return redact(JSON.stringify(readDataLoss(value)), []);
}

function withoutQuery(value: string): string {
  const [before = ''] = value.slice(0, longest).split(/[?#]/);
  // `//user:password@host` would be in it as well.
  return before.includes('@') ? hidden : before;
}
