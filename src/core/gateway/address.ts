// The address of a gateway, as people copy it from Cloudflare's "API Endpoints" or from a custom domain.

/** Where requests go. Frozen text, so that a Request can hold it. */
export interface Address {
  /** `https:` or `http:`. */
  readonly protocol: string;
  /** Host name without port; an IPv6 address without its brackets. */
  readonly hostname: string;
  /** Absent for the protocol's own port. */
  readonly port?: number;
  /** All before `/aws-bedrock`, without a slash at its end: `/v1/{account}/{gateway}`, or '' for a custom domain. */
  readonly path: string;
  /** The region that the address named, when it did. */
  readonly region?: string;
}

/** Why a text is no address of a gateway. The shell has the words. */
export type AddressProblem =
  'empty' | 'notUrl' | 'notHttps' | 'hasCredentials' | 'hasQuery' | 'incomplete' | 'otherProvider';

/** Region names go into a host name and into the signature: nothing but these characters may. */
export const regionPattern = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const cloudflareHost = 'gateway.ai.cloudflare.com';
/** What may follow the gateway's own path; of a whole example request the end is left out. */
const provider = /^(.*?)\/aws-bedrock(?:\/bedrock-runtime(?:\/([^/]+)(?:\/model\/.*)?)?)?$/;

/**
 * Reads a gateway's address, with or without a trailing slash, `/aws-bedrock`, or
 * `/aws-bedrock/bedrock-runtime/{region}`. Plain http is for loopback alone.
 */
export function parseAddress(text: string): Address | AddressProblem {
  const trimmed = text.trim();
  if (!trimmed) return 'empty';
  if (!URL.canParse(trimmed)) return 'notUrl';
  const url = new URL(trimmed);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'notUrl';
  if (url.username || url.password) return 'hasCredentials';
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return 'notHttps';
  if (/[{}]/.test(trimmed)) return 'incomplete';
  if (url.search || url.hash || trimmed.includes('?') || trimmed.includes('#')) return 'hasQuery';

  const path = url.pathname.replace(/\/+$/, '');
  const match = provider.exec(path);
  const root = match?.[1] ?? path;
  const region = match?.[2];
  if (region !== undefined && !regionPattern.test(region)) return 'notUrl';
  // The page that shows the address, instead of the address.
  if (url.hostname === 'dash.cloudflare.com') return 'incomplete';
  if (url.hostname === cloudflareHost) {
    const [, version, account, gateway, ...rest] = root.split('/');
    if (version !== 'v1' || !account || !gateway) return 'incomplete';
    if (rest.length > 0) return 'otherProvider';
  }
  return {
    protocol: url.protocol,
    hostname: url.hostname.replace(/^\[|\]$/g, ''),
    ...(url.port && { port: Number(url.port) }),
    path: root,
    ...(region !== undefined && { region }),
  };
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
