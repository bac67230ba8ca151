// The address of a gateway, as people copy it from Cloudflare's "API Endpoints" or from a custom domain.
import { isPlaceholder, percentDecoded, unseenIn, unwrapped } from '../model/pasted';
import type { Address } from '../model/request';
import { parseUrl } from '../model/url';

/** Why a text is no address of a gateway. The shell has the words. */
export type AddressProblemKind =
  | 'empty'
  | 'notUrl'
  | 'notHttps'
  | 'hasCredentials'
  | 'hasQuery'
  | 'incomplete'
  /** It holds a character that is not seen. */
  | 'unseen'
  /** It holds what stands in instructions for a value of the reader's own. */
  | 'placeholder'
  /** AWS's own host, which a gateway stands in front of. */
  | 'awsHost'
  /** The host of Cloudflare's REST API. */
  | 'cloudflareApi'
  /** A page of Cloudflare's: the dashboard, the documentation. */
  | 'cloudflarePage'
  /** The gateway, at the path of another provider. */
  | 'otherProvider'
  /** The gateway, at a path that takes the requests of any provider in OpenAI's or in its own form. */
  | 'otherEndpoint'
  /** The gateway, at a path of AWS's that is not bedrock-runtime. */
  | 'otherService'
  | 'notRegion';

export interface AddressProblem {
  readonly problem: AddressProblemKind;
  /** The part of the text that it is about; '' where that is the whole. */
  readonly part: string;
}

export const isAddress = (parsed: Address | AddressProblem): parsed is Address => 'hostname' in parsed;

/** Region names go into a host name and into the signature: nothing but these characters may. */
export const regionPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const cloudflareHost = 'gateway.ai.cloudflare.com';
/** What may follow the gateway's own path; of a whole example request the end is left out. */
const provider = /^(.*?)\/aws-bedrock(?:\/bedrock-runtime(?:\/([^/]+)(?:\/.*)?)?)?$/;
/** The same with another service of AWS's. */
const otherService = /\/aws-bedrock\/(?!bedrock-runtime(?:\/|$))([^/]+)/;

/**
 * Reads a gateway's address, with or without a trailing slash, `/aws-bedrock`, or
 * `/aws-bedrock/bedrock-runtime/{region}`. What clings to it from where it was pasted is taken off, and `https://` is
 * put in front of a bare host. Plain http is for loopback alone.
 */
export function parseAddress(text: string): Address | AddressProblem {
  const trimmed = withScheme(decoded(unwrapped(text)));
  if (!trimmed) return because('empty');
  const unseen =
    unseenIn(trimmed) ?? (/^https?:/i.test(trimmed) ? unseenIn(percentDecoded(trimmed)) : undefined);
  if (unseen !== undefined) return because('unseen', unseen);
  const placeholder = placeholderIn(trimmed);
  if (placeholder !== undefined) return because('placeholder', placeholder);
  const url = parseUrl(trimmed);
  if (!url) return because('notUrl');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return because('notUrl');
  if (url.username || url.password) return because('hasCredentials');
  const elsewhere = otherHost(url);
  if (elsewhere) return elsewhere;
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return because('notHttps');
  if (url.search || url.hash || trimmed.includes('?') || trimmed.includes('#')) return because('hasQuery');

  const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
  const match = provider.exec(path);
  const root = match?.[1] ?? path;
  const region = match?.[2];
  if (region !== undefined && !regionPattern.test(region)) return because('notRegion', region);
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

const because = (problem: AddressProblemKind, part = ''): AddressProblem => ({ problem, part });

/** An address that was encoded as a whole, as it stands in another address. */
function decoded(text: string): string {
  return /^https?%(25)*3a/i.test(text) ? percentDecoded(text) : text;
}

/** A host name with a dot in it, and what may follow one. */
const bareHost = /^(?:\/\/)?(?:[a-z0-9_$<>{}[\]-]+\.)+[a-z]{2,}\.?(?::\d+)?(?:\/|$)/i;

function withScheme(text: string): string {
  // What was pasted after an `https://` that stood there already.
  const once = text.replace(/^(?:https?:\/\/)+(?=https?:\/\/)/i, '');
  return bareHost.test(once) ? `https://${once.replace(/^\/\//, '')}` : once;
}

function placeholderIn(address: string): string | undefined {
  const [, authority = '', path = ''] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)/i.exec(address) ?? [];
  // An IPv6 address has brackets and colons of its own; Cloudflare's host may be written in capitals.
  const isReal = /\[.*:/.test(authority) || authority.toLowerCase().startsWith(cloudflareHost);
  const labels = isReal ? [] : authority.split(/[.:]/);
  // A host's labels may be called anything, in small letters.
  return (
    labels.map(percentDecoded).find((label) => /[^a-z0-9-]|^your-/.test(label) && isPlaceholder(label)) ??
    path.split('/').map(percentDecoded).find(isPlaceholder)
  );
}

/** AWS's own hosts and pages; but what stands behind its load balancers and gateways is somebody's own. */
const awsHosts =
  /^(?!(?:[^.]{1,63}\.){1,4}(?:elb|execute-api|lambda-url|awsapprunner|elasticbeanstalk|compute(?:-1)?|vpce-svc-[0-9a-z]{1,40})\.)(?:.{1,200}\.)?(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws|aws\.amazon\.com)$/;
const cloudflarePages = /(^|\.)(dash|developers|www|one\.dash)\.cloudflare\.com$|^cloudflare\.com$/;

function otherHost({ hostname, pathname, hash, search }: URL): AddressProblem | undefined {
  const host = hostname.replace(/\.$/, '');
  if (awsHosts.test(host)) return because('awsHost', host);
  if (host === 'api.cloudflare.com') return because('cloudflareApi', gatewayIn(pathname));
  if (cloudflarePages.test(host)) return because('cloudflarePage', gatewayIn(pathname + search + hash));
  return undefined;
}

/** The address of the gateway that a path of Cloudflare's API or dashboard names; '' where it names none. */
function gatewayIn(path: string): string {
  const [, account = ''] = /(?:\/accounts)?\/([0-9a-f]{32})(?:\/|$)/.exec(path) ?? [];
  const [, gateway = ''] = /\/ai-gateway\/(?:gateways\/)?(?!gateways(?:\/|$))([\w-]+)/.exec(path) ?? [];
  return account && gateway ? `https://${cloudflareHost}/v1/${account}/${gateway}/aws-bedrock` : '';
}

/**
 * The providers beside `aws-bedrock`, and what else a gateway has at that place.
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

/** What is wrong with a path: `root` is all of it before `/aws-bedrock`, if it has that. */
function otherPath(hostname: string, root: string, hasProvider: boolean): AddressProblem | undefined {
  const service = otherService.exec(root)?.[1];
  if (service !== undefined) return because('otherService', service);
  const isCloudflares = hostname.replace(/\.$/, '') === cloudflareHost;
  const [version, account, gateway, ...rest] = root.split('/').slice(1);
  if (isCloudflares && (version !== 'v1' || !account || !gateway)) return because('incomplete');
  // A custom domain may have its gateway anywhere.
  const named = isCloudflares ? rest : hasProvider ? [] : root.split('/');
  const other = named.find((each) => otherProviders.has(each) || otherEndpoints.has(each));
  const part = other ?? (isCloudflares ? rest[0] : undefined);
  if (part === undefined) return undefined;
  return because(otherEndpoints.has(part) ? 'otherEndpoint' : 'otherProvider', part);
}

/** localhost, 127.0.0.0/8 and ::1: what never leaves this machine. Takes a host name as URL spells it. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** One line that names a gateway: for the log, and as the key of what was learned about it. */
export function formatAddress({ protocol, hostname, port, path }: Address): string {
  const host = hostname.includes(':') ? `[${hostname}]` : hostname;
  return `${protocol}//${host}${port === undefined ? '' : `:${port}`}${path}`;
}
