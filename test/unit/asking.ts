// ask() as a test calls it: real HTTP to the stand-in gateway, everything in one place, nothing mocked.
import { ask } from '../../src/core/ask';
import { isAddress, parseAddress } from '../../src/core/gateway/address';
import { memoryQuirks } from '../../src/core/gateway/quirks';
import type { AwsCredentials, Ports, QuirksStore } from '../../src/core/model/ports';
import { type Reply, type ReplyEvent, reduceReply, newReply } from '../../src/core/model/reply';
import { textBlock } from '../../src/core/model/content';
import { type Request, frozen, type Address } from '../../src/core/model/request';
import { unpack } from '../../src/platform/node/unpack';
import { systemClock } from '../../src/platform/clock';
import { nodeHash } from '../../src/platform/node/hash';
import { openHttp } from '../../src/platform/node/http';
import {
  type Gateway,
  type StartOptions,
  standInApiKey,
  standInKeys,
  standInToken,
  startGateway,
} from '../gateway';

export const sonnet = 'global.anthropic.claude-sonnet-4-6';
export const withColon = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
export const profile = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
export const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';

export const claudeMessages = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
export const claudeText = 'anthropic.claude-v2:1';
export const titanText = 'amazon.titan-text-express-v1';

export const temporaryKeys = {
  ...standInKeys,
  accessKeyId: 'ASIASTANDINEXAMPLE00',
  sessionToken: 'session+token/of==',
};

const opened: Gateway[] = [];

/** Closes the gateways that a test has opened, also when it failed. Call it in a describe(). */
export function closeGatewaysAfterEach(): void {
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((gateway) => gateway.close()));
  });
}

/** A gateway that knows lasting, temporary and Bedrock API keys, holds a key of its own, and wants a token. */
export async function openGateway(options: StartOptions = {}): Promise<Gateway> {
  const gateway = await startGateway({
    pace: 0,
    token: standInToken,
    storedKeys: [''],
    credentials: [standInKeys, temporaryKeys],
    apiKeys: [standInApiKey],
    ...options,
  });
  opened.push(gateway);
  return gateway;
}

export function addressOf(url: string): Address {
  const address = parseAddress(url);
  if (!isAddress(address)) throw new Error(`${url}: ${address.problem}`);
  return address;
}

export interface Asking {
  readonly prompt?: string;
  readonly model?: string;
  readonly region?: string;
  readonly api?: Request['target']['api'];
  readonly body?: Request['target']['body'];
  readonly stream?: Request['target']['stream'];
  readonly authentication?: Request['authentication'];
  readonly parameters?: Request['parameters'];
  readonly guardrail?: Request['guardrail'];
  readonly gateway?: Partial<Request['gateway']>;
  readonly messages?: Request['messages'];
  readonly tools?: Request['tools'];
  readonly cachePoints?: Request['cachePoints'];
  readonly keys?: AwsCredentials | undefined;
  readonly apiKey?: string | undefined;
  readonly token?: string | undefined;
  /** A profile of ~/.aws, with which `authentication` is `profile`. */
  readonly profile?: string;
  readonly quirks?: QuirksStore;
  readonly ports?: Partial<Ports>;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ReplyEvent) => void;
}

export interface Asked {
  readonly events: readonly ReplyEvent[];
  readonly reply: Reply;
}

/** The waits that ask() wanted, in ms; they are not waited for. */
export const waits: number[] = [];

/** Asks the gateway and gathers what happens. */
export async function asked(gateway: Pick<Gateway, 'url'>, asking: Asking = {}): Promise<Asked> {
  const events: ReplyEvent[] = [];
  let reply = newReply(Date.now());
  const { request, ports } = prepared(gateway, asking);
  for await (const event of ask(request, ports, asking.signal ?? new AbortController().signal)) {
    events.push(event);
    reply = reduceReply(reply, event, Date.now());
    asking.onEvent?.(event);
  }
  return { events, reply };
}

const http = openHttp();

/** Of a clock: calls `run` each `ms`, `speed` times as fast as the world's. */
export const everyAt = (speed: number) => (ms: number, run: () => void) => {
  const timer = setInterval(run, ms / speed);
  return () => clearInterval(timer);
};
const systemEvery = everyAt(1);

export function prepared(
  gateway: Pick<Gateway, 'url'>,
  asking: Asking = {},
): { request: Request; ports: Ports } {
  const { keys = standInKeys, apiKey = standInApiKey, token = standInToken } = asking;
  const request: Request = {
    id: 'request',
    conversation: 'conversation',
    surface: 'ask',
    messages: asking.messages ?? [{ role: 'user', content: [textBlock(asking.prompt ?? 'Say hello.')] }],
    ...(asking.tools && { tools: asking.tools }),
    ...(asking.cachePoints && { cachePoints: asking.cachePoints }),
    sources: [],
    target: {
      model: asking.model ?? sonnet,
      region: asking.region ?? 'us-east-1',
      api: asking.api ?? 'converse',
      ...(asking.body && { body: asking.body }),
      stream: asking.stream ?? 'auto',
    },
    parameters: asking.parameters ?? {},
    ...(asking.guardrail && { guardrail: asking.guardrail }),
    gateway: {
      address: addressOf(gateway.url),
      cacheTtl: null,
      logs: 'default',
      metadata: {},
      keyAlias: '',
      ...asking.gateway,
    },
    authentication: asking.authentication ?? (asking.profile === undefined ? 'accessKeys' : 'profile'),
    ...(asking.profile !== undefined && { profile: asking.profile }),
  };
  const ports: Ports = {
    http,
    unpack,
    hash: nodeHash,
    secrets: {
      awsCredentials: () => Promise.resolve('keys' in asking ? asking.keys : keys),
      apiKey: () => Promise.resolve('apiKey' in asking ? asking.apiKey : apiKey),
      gatewayToken: () => Promise.resolve('token' in asking ? asking.token : token),
    },
    profiles: {
      credentials: () => Promise.reject(new Error('No profiles here')),
      forget: () => undefined,
    },
    clock: {
      now: Date.now,
      wait: (ms) => {
        waits.push(ms);
        return Promise.resolve();
      },
      every: systemEvery,
      turn: systemClock.turn,
    },
    log: { info: () => undefined, warn: () => undefined },
    quirks: asking.quirks ?? memoryQuirks(),
    userAgent: 'bedrock-gateway/test',
    ...asking.ports,
  };
  return { request: frozen(request), ports };
}

/** The failure's kind, or what the outcome is when it is none. */
export function kindOf({ outcome }: Reply): string {
  if (!outcome) return 'no outcome';
  return 'failure' in outcome ? outcome.failure.kind : outcome.kind;
}
