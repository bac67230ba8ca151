// Parses a gateway's address, as users copy it from Cloudflare's "API Endpoints" or from a custom domain.
import { isPlaceholder, percentDecoded, unseenIn, unwrapped } from '../model/pasted';
import type { Address } from '../model/request';
import { parseUrl } from '../model/url';

/** Why a text is no gateway address. src/settings/ has the texts. */
export type AddressProblemKind =
  | 'empty'
  | 'notUrl'
  | 'notHttps'
  | 'hasCredentials'
  | 'hasQuery'
  | 'incomplete'
  /** It contains an invisible character. */
  | 'unseen'
  /** It contains a placeholder that the user did not replace. */
  | 'placeholder'
  /** AWS's host instead of a gateway's. */
  | 'awsHost'
  /** The host of Cloudflare's REST API. */
  | 'cloudflareApi'
  /** A Cloudflare web page: the dashboard or the documentation. */
  | 'cloudflarePage'
  /** A gateway with the path of another provider. */
  | 'otherProvider'
  /** A gateway with the path of an endpoint for several providers. */
  | 'otherEndpoint'
  /** A gateway with the path of an AWS service other than bedrock-runtime. */
  | 'otherService'
  | 'notRegion';

export interface AddressProblem {
  readonly problem: AddressProblemKind;
  /** The part of the text that has the problem; '' for the whole text. */
  readonly part: string;
}

export const isAddress = (parsed: Address | AddressProblem): parsed is Address => 'hostname' in parsed;

/** Region names become part of a host name and of the signature, so only these characters are allowed. */
export const regionPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const cloudflareHost = 'gateway.ai.cloudflare.com';
/** What may follow the gateway's path; the rest of a complete example URL is ignored. */
const provider = /^(.*?)\/aws-bedrock(?:\/bedrock-runtime(?:\/([^/]+)(?:\/.*)?)?)?$/;
/** The path of another AWS service. */
const otherService = /\/aws-bedrock\/(?!bedrock-runtime(?:\/|$))([^/]+)/;

/**
 * Parses a gateway's address, with or without a trailing slash, `/aws-bedrock`, or
 * `/aws-bedrock/bedrock-runtime/{region}`. Removes what was pasted around it, and adds `https://` to a bare host. Only
 * loopback addresses may use http.
 */
export function parseAddress(text: string): Address | AddressProblem {
  const trimmed = withScheme(decoded(unwrapped(text)));
  if (!trimmed) return problemOf('empty');
  const invisible =
    unseenIn(trimmed) ?? (/^https?:/i.test(trimmed) ? unseenIn(percentDecoded(trimmed)) : undefined);
  if (invisible !== undefined) return problemOf('unseen', invisible);
  const placeholder = placeholderIn(trimmed);
  if (placeholder !== undefined) return problemOf('placeholder', placeholder);
  const url = parseUrl(trimmed);
  if (!url) return problemOf('notUrl');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return problemOf('notUrl');
  if (url.username || url.password) return problemOf('hasCredentials');
  const elsewhere = otherHost(url);
  if (elsewhere) return elsewhere;
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return problemOf('notHttps');
  if (url.search || url.hash || trimmed.includes('?') || trimmed.includes('#')) return problemOf('hasQuery');

  const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  const match = provider.exec(path);
  const root = match?.[1] ?? path;
  const region = match?.[2];
  if (region !== undefined && !regionPattern.test(region)) return problemOf('notRegion', region);
  const wrong = otherPath(url.hostname, root, match !== null);
  if (wrong) return wrong;
  return {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port && { port: Number(url.port) }),
    path: root,
    ...(region !== undefined && { region }),
  };
}

const problemOf = (problem: AddressProblemKind, part = ''): AddressProblem => ({ problem, part });

/** Decodes an address that is percent-encoded as a whole. */
function decoded(text: string): string {
  return /^https?%(25)*3a/i.test(text) ? percentDecoded(text) : text;
}

/** A host name that contains a dot, and what may follow it. */
const bareHost = /^(?:\/\/)?(?:[a-z0-9_$<>{}[\]-]+\.)+[a-z]{2,}\.?(?::\d+)?(?:\/|$)/i;

function withScheme(text: string): string {
  // The address was pasted after an existing `https://`.
  const once = text.replace(/^(?:https?:\/\/)+(?=https?:\/\/)/i, '');
  return bareHost.test(once) ? `https://${once.replace(/^\/\//, '')}` : once;
}

function placeholderIn(address: string): string | undefined {
  const [, authority = '', path = ''] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)/i.exec(address) ?? [];
  // IPv6 addresses have brackets and colons, and Cloudflare's host may be in capitals.
  const isReal = /\[.*:/.test(authority) || authority.toLowerCase().startsWith(cloudflareHost);
  const labels = isReal ? [] : authority.split(/[.:]/);
  // Labels in lower case may be real names.
  return (
    labels.map(percentDecoded).find((label) => /[^a-z0-9-]|^your-/.test(label) && isPlaceholder(label)) ??
    path.split('/').map(percentDecoded).find(isPlaceholder)
  );
}

/** AWS's hosts and pages, except load balancers and API gateways, which belong to AWS's customers. */
const awsHosts =
  /^(?!(?:[^.]{1,63}\.){1,4}(?:elb|execute-api|lambda-url|awsapprunner|elasticbeanstalk|compute(?:-1)?|vpce-svc-[0-9a-z]{1,40})\.)(?:.{1,200}\.)?(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws|aws\.amazon\.com)$/;
const cloudflarePages = /(^|\.)(dash|developers|www|one\.dash)\.cloudflare\.com$|^cloudflare\.com$/;

function otherHost({ hostname, pathname, hash, search }: URL): AddressProblem | undefined {
  const host = hostname.replace(/\.$/, '');
  if (awsHosts.test(host)) return problemOf('awsHost', host);
  if (host === 'api.cloudflare.com') return problemOf('cloudflareApi', gatewayIn(pathname));
  if (cloudflarePages.test(host)) return problemOf('cloudflarePage', gatewayIn(pathname + search + hash));
  return undefined;
}

/** The address of the gateway that a path of Cloudflare's API or dashboard names; '' if it names none. */
function gatewayIn(path: string): string {
  const [, account = ''] = /(?:\/accounts)?\/([0-9a-f]{32})(?:\/|$)/.exec(path) ?? [];
  const [, gateway = ''] = /\/ai-gateway\/(?:gateways\/)?(?!gateways(?:\/|$))([\w-]+)/.exec(path) ?? [];
  return account && gateway ? `https://${cloudflareHost}/v1/${account}/${gateway}/aws-bedrock` : '';
}

/**
 * The other providers, and the other endpoints of a gateway.
 * https://developers.cloudflare.com/ai-gateway/usage/providers/ (November 2026)
 */
const otherProviders: ReadonlySet<string> = new Set([
  ...[
    'anthropic',
    'azure-openai',
    'baseten',
    'cartesia',
    'cerebras-ai',
    'cerebras',
    'cohere',
    'custom',
    'deepgram',
  ],
  ...['deepseek', 'elevenlabs', 'fal', 'fireworks', 'google-ai-studio', 'google-vertex-ai', 'grok', 'groq'],
  ...[
    'huggingface',
    'ideogram',
    'mistral',
    'openai',
    'openrouter',
    'parallel',
    'perplexity-ai',
    'perplexity',
  ],
  ...['replicate', 'together', 'vertex-ai', 'workers-ai', 'xai', 'bedrock', 'amazon-bedrock'],
]);
const otherEndpoints: ReadonlySet<string> = new Set([
  'compat',
  'universal',
  'dynamic',
  'chat',
  'responses',
  'messages',
]);

/** Finds a problem in a path; `root` is the part before `/aws-bedrock`, if it has that. */
function otherPath(hostname: string, root: string, hasProvider: boolean): AddressProblem | undefined {
  const service = otherService.exec(root)?.[1];
  if (service !== undefined) return problemOf('otherService', service);
  const isCloudflareHost = hostname.replace(/\.$/, '') === cloudflareHost;
  const [version, account, gateway, ...rest] = root.split('/').slice(1);
  if (isCloudflareHost && (version !== 'v1' || !account || !gateway)) return problemOf('incomplete');
  // On a custom domain the gateway may be at any path.
  const segments = isCloudflareHost ? rest : hasProvider ? [] : root.split('/');
  const other = segments.find((each) => otherProviders.has(each) || otherEndpoints.has(each));
  const part = other ?? (isCloudflareHost ? rest[0] : undefined);
  if (part === undefined) return undefined;
  return problemOf(otherEndpoints.has(part) ? 'otherEndpoint' : 'otherProvider', part);
}

/** Whether `hostname`, as URL spells it, is localhost, in 127.0.0.0/8, or ::1. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** The address as text: for the log, and as a key for quirks. */
export function formatAddress({ protocol, hostname, port, path }: Address): string {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${protocol}//${host}${port === undefined ? '' : `:${port}`}${path}`;
}
