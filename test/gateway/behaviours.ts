// Behaviours of the stand-in other than a normal reply, by model ID: any ID that contains `stand-in.<name>`, also with
// a region prefix, in an ARN, and before a version (`us.stand-in.throttling-v1:0`).
import type { Answer } from './answer.js';
import { page } from './answer.js';
import { awsBehaviours } from './behavioursOfAws.js';
import { contentBehaviours } from './behavioursOfContent.js';
import { replyBehaviours } from './behavioursOfReplies.js';
import {
  credentialsRequired,
  dlpFlag,
  gatewayError,
  type GatewayCode,
  gatewayErrors,
  policyError,
} from './gatewayErrors.js';
import { type Ask, standInReply } from './model.js';
import type { Script } from './reply.js';

/**
 * Played before the gateway (network: not Cloudflare; edge: before any check), or by it (after its checks, before
 * AWS's).
 */
interface GatewayBehaviour {
  readonly where: 'network' | 'edge' | 'gateway';
  readonly description: string;
  readonly answer: () => Answer;
}

/** Played by Bedrock, for a request that passed every check. */
export interface BedrockBehaviour {
  readonly where: 'bedrock';
  readonly description: string;
  readonly answer: (ask: Ask) => Answer | Script;
}

export type Behaviour = GatewayBehaviour | BedrockBehaviour;

const blocked = '<!doctype html><title>Attention Required!</title><h1>Sorry, you have been blocked</h1>';
const portal = '<!doctype html><title>Hotel Wi-Fi</title><h1>Please accept our terms to go online</h1>';

const edge: Record<string, Behaviour> = {
  'edge-html-403': {
    where: 'edge',
    description: '403 with an HTML page, like a WAF',
    answer: () => page(403, 'text/html; charset=UTF-8', blocked, 'html'),
  },
  'edge-1010': {
    where: 'edge',
    description: '403 with "error code: 1010", like the edge',
    answer: () => page(403, 'text/plain; charset=UTF-8', 'error code: 1010', '1010'),
  },
  'captive-portal': {
    where: 'network',
    description: '200 with an HTML page, like a captive portal',
    answer: () => page(200, 'text/html; charset=UTF-8', portal, 'html'),
  },
};

/** A response of Cloudflare Access, before the gateway. */
const access = (
  status: number,
  description: string,
  headers: Readonly<Record<string, string>>,
): Behaviour => ({
  where: 'edge',
  description,
  answer: () => {
    const answer = page(status, 'text/html; charset=UTF-8', '<html><h1>Access</h1>', 'access');
    return { ...answer, headers: { ...answer.headers, ...headers } };
  },
});

const metadata = 'https://ai.example.com/.well-known/cloudflare-access-protected-resource/model';
const policies: Record<string, Behaviour> = {
  'edge-access-login': access(302, 'the redirect of Cloudflare Access to its sign-in', {
    location: 'https://team.cloudflareaccess.com/cdn-cgi/access/login/ai.example.com?kid=1&meta=2',
    'www-authenticate': `Cloudflare-Access resource_metadata="${metadata}"`,
  }),
  'edge-access-denied': access(403, 'the refusal of Cloudflare Access', { 'cf-access-error': '1' }),
  'edge-access-oauth': access(401, 'the challenge of Cloudflare Access with managed OAuth', {
    'www-authenticate': `Bearer resource_metadata="${metadata}"`,
  }),
  'edge-access-page': {
    where: 'edge',
    description: 'the sign-in page of Cloudflare Access, as a success',
    answer: () =>
      page(200, 'text/html', '<title>Sign in ・ Cloudflare Access</title><form action="/cdn-cgi/access/x">'),
  },
  'gateway-policy': {
    where: 'gateway',
    description: 'a policy that denies access',
    answer: () => policyError(403, { message: 'Access denied by policy' }),
  },
  'gateway-budget': {
    where: 'gateway',
    description: 'a gateway budget that is used up',
    answer: () =>
      policyError(429, {
        message: 'Spending limit exceeded',
        bucket: 'company:all|*|monthly',
        spent: 1000.42,
        limit: 1000,
      }),
  },
  'gateway-byok-only': {
    where: 'gateway',
    description: 'a gateway that requires provider credentials',
    answer: credentialsRequired,
  },
};

const gateway = Object.fromEntries(
  Object.entries(gatewayErrors).map(([code, { status, message }]): [string, Behaviour] => [
    `gateway-${code}`,
    {
      where: 'gateway',
      description: `the gateway's ${status} / ${code}: ${message}`,
      answer: () => gatewayError(Number(code) as GatewayCode),
    },
  ]),
);

/** Codes that existed when the older body format was used. */
const older = Object.fromEntries(
  ([2001, 2003, 2009] as const).map((code): [string, Behaviour] => [
    `gateway-old-${code}`,
    {
      where: 'gateway',
      description: `the same ${code}, in the older format without a top-level message`,
      answer: () => gatewayError(code, '', true),
    },
  ]),
);

const flagged: Record<string, Behaviour> = {
  'dlp-flag': {
    where: 'bedrock',
    description: 'a reply, with a DLP finding in the prompt that is only flagged',
    answer: (ask) => ({ ...standInReply(ask), headers: dlpFlag('REQUEST') }),
  },
  'dlp-flag-reply': {
    where: 'bedrock',
    description: 'the same, found in the reply',
    answer: (ask) => ({ ...standInReply(ask), headers: dlpFlag('RESPONSE') }),
  },
};

export const behaviours: Readonly<Record<string, Behaviour>> = {
  ...edge,
  ...policies,
  ...gateway,
  ...older,
  ...flagged,
  ...awsBehaviours,
  ...replyBehaviours,
  ...contentBehaviours,
};

/**
 * The behaviour for a model ID; undefined if the ID names none, and gets a normal reply. A number may follow the name.
 */
export function behaviourOf(
  model: string | undefined,
  running: { readonly behaviour?: Behaviour } = {},
): { behaviour: Behaviour; number: number | undefined } | undefined {
  if (running.behaviour) return { behaviour: running.behaviour, number: undefined };
  const name = /stand-in\.([a-z0-9-]+)/.exec(model ?? '')?.[1]?.replace(/-v\d+$/, '');
  if (name === undefined) return undefined;
  const [, base = name, digits] = /^(.+)-(\d+)$/.exec(name) ?? [];
  const behaviour = behaviours[name] ?? behaviours[base];
  if (behaviour === undefined) return { behaviour: behaviours['invalid-model']!, number: undefined };
  return { behaviour, number: behaviours[name] || digits === undefined ? undefined : Number(digits) };
}
