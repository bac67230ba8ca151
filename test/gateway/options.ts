import { type Credentials } from './signature.js';
import type { Fault } from './faults.js';
import type { Entry } from './log.js';
import type { Switches } from './switches.js';

/** A short-term Bedrock API key: it is a signed address inside, of one region and for a while. */
export interface ApiKey {
  readonly key: string;
  /** The only region that accepts it. */
  readonly region?: string;
  /** Milliseconds since 1970. */
  readonly expiration?: number;
}

export interface Options {
  /** 0, the default, takes a free one. */
  readonly port: number;
  readonly host: string;
  readonly account: string;
  readonly gateway: string;
  /** When set, every request must carry it in cf-aig-authorization. */
  readonly token?: string;
  /** Read anew at each request: a test may rotate what the array holds. */
  readonly credentials: readonly Credentials[];
  readonly apiKeys?: readonly (string | ApiKey)[];
  /** Aliases of AWS keys stored in the gateway, '' for the default one. Needs a token, as Cloudflare does. */
  readonly storedKeys?: readonly string[];
  /** The first one is in `Gateway.url`; others do not exist, unless the list is empty. */
  readonly regions: readonly string[];
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Milliseconds before each piece of a streamed reply. */
  readonly pace: number;
  readonly cacheStreams: boolean;
  /** What AWS and the cache think the time is, in milliseconds since 1970. */
  readonly clock: () => number;
  readonly switches?: Partial<Switches>;
  /** Fails a share (0 to 1) of all prompts, in ways drawn from `deck`: from all that it knows, when absent. */
  readonly faults?: { readonly share: number; readonly seed: number; readonly deck?: readonly Fault[] };
  /** How many requests the log keeps, the latest; all, when absent. */
  readonly keep?: number;
  /** Called when a request is over. */
  readonly onEntry?: (entry: Entry) => void;
}

/** Of no use anywhere else, and visibly so. */
export const standInKeys = {
  accessKeyId: 'AKIASTANDINEXAMPLE00',
  secretAccessKey: 'stand-in/secret+key/of/no/use/elsewhere0',
} as const satisfies Credentials;
export const standInToken = 'stand-in-gateway-token';
export const standInApiKey = 'stand-in-bedrock-api-key';

export const defaults: Options = {
  port: 0,
  host: '127.0.0.1',
  account: '0123456789abcdef0123456789abcdef',
  gateway: 'stand-in',
  credentials: [standInKeys],
  regions: [],
  pace: 25,
  cacheStreams: true,
  clock: Date.now,
};

export type StartOptions = { readonly [K in keyof Options]?: Options[K] | undefined };

/** Undefined entries count as left out. Throws where the real gateway could not be set up like that either. */
export function readOptions(given: StartOptions): Options {
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const options: Options = { ...defaults, ...chosen };
  if (options.storedKeys && options.token === undefined) {
    throw new TypeError('keys stored in the gateway need a gateway token');
  }
  return options;
}
