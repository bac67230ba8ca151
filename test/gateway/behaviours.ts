// What the stand-in does instead of answering, by model id: any id with `stand-in.<name>` in it, also
// behind a region prefix, in an ARN, and before a version (`us.stand-in.throttling-v1:0`).
import type { Answer } from './answer.js';
import { page } from './answer.js';
import { awsBehaviours } from './behavioursOfAws.js';
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
 * Played before the gateway (network: what is no part of Cloudflare; edge: before any check) or by it (after its
 * own checks, before AWS's).
 */
interface Early {
  readonly where: 'network' | 'edge' | 'gateway';
  readonly says: string;
  readonly answer: () => Answer;
}

/** Played by Bedrock, for a request that passed every check. */
export interface Late {
  readonly where: 'bedrock';
  readonly says: string;
  readonly answer: (ask: Ask) => Answer | Script;
}

export type Behaviour = Early | Late;

const blocked = '<!doctype html><title>Attention Required!</title><h1>Sorry, you have been blocked</h1>';
const portal = '<!doctype html><title>Hotel Wi-Fi</title><h1>Please accept our terms to go online</h1>';

const edge: Record<string, Behaviour> = {
  'edge-html-403': {
    where: 'edge',
    says: '403 with an HTML page, as a WAF answers',
    answer: () => page(403, 'text/html; charset=UTF-8', blocked, 'html'),
  },
  'edge-1010': {
    where: 'edge',
    says: '403 with "error code: 1010", as the edge answers',
    answer: () => page(403, 'text/plain; charset=UTF-8', 'error code: 1010', '1010'),
  },
  'captive-portal': {
    where: 'network',
    says: '200 with an HTML page, as a captive portal answers',
    answer: () => page(200, 'text/html; charset=UTF-8', portal, 'html'),
  },
};

/** What Cloudflare Access answers, before the gateway. */
const access = (status: number, says: string, headers: Readonly<Record<string, string>>): Behaviour => ({
  where: 'edge',
  says,
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
    says: 'the sign-in page of Cloudflare Access, as a success',
    answer: () =>
      page(200, 'text/html', '<title>Sign in ・ Cloudflare Access</title><form action="/cdn-cgi/access/x">'),
  },
  'gateway-policy': {
    where: 'gateway',
    says: 'a policy that denies access',
    answer: () => policyError(403, { message: 'Access denied by policy' }),
  },
  'gateway-budget': {
    where: 'gateway',
    says: 'a budget of the gateway that is used up',
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
    says: 'a gateway that wants provider credentials and finds none',
    answer: credentialsRequired,
  },
};

const gateway = Object.fromEntries(
  Object.entries(gatewayErrors).map(([code, { status, message }]): [string, Behaviour] => [
    `gateway-${code}`,
    {
      where: 'gateway',
      says: `the gateway's ${status} / ${code}: ${message}`,
      answer: () => gatewayError(Number(code) as GatewayCode),
    },
  ]),
);

/** The codes that are old enough to have been sent in the older body. */
const older = Object.fromEntries(
  ([2001, 2003, 2009] as const).map((code): [string, Behaviour] => [
    `gateway-old-${code}`,
    {
      where: 'gateway',
      says: `the same ${code}, in the older body without a message at its top`,
      answer: () => gatewayError(code, '', true),
    },
  ]),
);

const flagged: Record<string, Behaviour> = {
  'dlp-flag': {
    where: 'bedrock',
    says: 'answers, with a DLP finding in the prompt that is only flagged',
    answer: (ask) => ({ ...standInReply(ask), headers: dlpFlag('REQUEST') }),
  },
  'dlp-flag-reply': {
    where: 'bedrock',
    says: 'the same, found in the reply',
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
};

/** Undefined for an id that names no behaviour: the stand-in answers it. A number may follow a name. */
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
