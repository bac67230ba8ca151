import { type Credentials } from './signature.js';
import type { Fault } from './faults.js';
import type { Entry } from './log.js';
import type { Switches } from './switches.js';

/** A short-term Bedrock API key, which is a presigned URL for one region and a limited time. */
export interface ApiKey {
  readonly key: string;
  /** The only region that accepts it. */
  readonly region?: string;
  /** ms since the epoch. */
  readonly expiration?: number;
}

export interface Options {
  /** 0, the default, selects a free port. */
  readonly port: number;
  readonly host: string;
  readonly account: string;
  readonly gateway: string;
  /** If set, every request must carry it in cf-aig-authorization. */
  readonly token?: string;
  /** Read at each request: a test may change the array. */
  readonly credentials: readonly Credentials[];
  readonly apiKeys?: readonly (string | ApiKey)[];
  /** Aliases of AWS keys stored in the gateway; '' is the default one. Requires a token, as in Cloudflare. */
  readonly storedKeys?: readonly string[];
  /** The first one is in `Gateway.url`. Other regions do not exist, unless the list is empty. */
  readonly regions: readonly string[];
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Milliseconds before each piece of a streamed reply. */
  readonly pace: number;
  readonly cacheStreams: boolean;
  /** The clock of AWS and the cache, ms since the epoch. */
  readonly clock: () => number;
  readonly switches?: Partial<Switches>;
  /** Fails a share (0 to 1) of all prompts, with faults from `deck`; from all faults if it is absent. */
  readonly faults?: { readonly share: number; readonly seed: number; readonly deck?: readonly Fault[] };
  /** How many of the latest requests the log keeps; all if absent. */
  readonly keep?: number;
  /** Called when a request is over. */
  readonly onEntry?: (entry: Entry) => void;
}

/** Obviously of no use anywhere else. */
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

/** Undefined options count as absent. Throws if the real gateway could not be set up like that. */
export function readOptions(given: StartOptions): Options {
  const chosen = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const options: Options = { ...defaults, ...chosen };
  if (options.storedKeys && options.token === undefined) {
    throw new TypeError('keys stored in the gateway need a gateway token');
  }
  return options;
}
