// Errors that are neither in AWS's words nor in the gateway's, over the real HTTP stack: the sentence is shown, and who
// signs an answer is who gave it.
import assert from 'node:assert/strict';
import type { Failure, FailureKind } from '../../../src/core/model/failure';
import { asked, waits } from '../asking';
import { openServer } from './rawServer';

type Headers = Readonly<Record<string, string>>;

const json = 'application/json';
const ray: Headers = { 'cf-ray': '8c1-LHR', server: 'cloudflare' };
const aws: Headers = { ...ray, 'x-amzn-requestid': '5a3c' };

async function failed(status: number, headers: Headers, body: string): Promise<Failure & { sent: number }> {
  const head = Object.entries({ 'content-type': json, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const length = `content-length: ${Buffer.byteLength(body)}`;
  const server = await openServer(
    [`HTTP/1.1 ${status} Status`, ...head, length, 'connection: close', '', body].join('\r\n'),
  );
  try {
    const { reply } = await asked(server);
    assert.ok(reply.outcome?.kind === 'failed', `ended as ${reply.outcome?.kind}`);
    return { ...reply.outcome.failure, sent: server.received.length };
  } finally {
    await server.close();
  }
}

const claudes = (type: string, message: string) =>
  JSON.stringify({ type: 'error', error: { type, message } });
const openAis = (message: string, type: string | null, code: string | number | null = null) =>
  JSON.stringify({ error: { message, type, param: null, code } });

type Case = readonly [status: number, headers: Headers, body: string, kind: FailureKind, message?: string];

const cases: Readonly<Record<string, Case>> = {
  "Claude's permission_error": [
    403,
    aws,
    claudes('permission_error', 'x is not available for this account'),
    'modelNotForAccount',
    'x is not available for this account',
  ],
  "Claude's permission_error of another kind": [
    403,
    aws,
    claudes('permission_error', 'No.'),
    'awsAccessDenied',
    'No.',
  ],
  "Claude's authentication_error": [
    401,
    aws,
    claudes('authentication_error', 'invalid x-api-key'),
    'awsKeyUnknown',
  ],
  "Claude's not_found_error": [404, aws, claudes('not_found_error', 'model: x'), 'modelNotFound', 'model: x'],
  "Claude's invalid_request_error": [
    400,
    aws,
    claudes('invalid_request_error', 'Bad.'),
    'requestInvalid',
    'Bad.',
  ],
  "Claude's request_too_large": [413, aws, claudes('request_too_large', 'Large.'), 'requestTooLarge'],
  "Claude's rate_limit_error": [429, aws, claudes('rate_limit_error', 'Slow.'), 'throttled', 'Slow.'],
  "Claude's api_error": [500, aws, claudes('api_error', 'Oops.'), 'awsInternalError', 'Oops.'],
  "Claude's timeout_error": [504, aws, claudes('timeout_error', 'Late.'), 'modelTimedOut'],
  "Claude's overloaded_error": [
    529,
    aws,
    claudes('overloaded_error', 'Overloaded'),
    'serviceUnavailable',
    'Overloaded',
  ],
  "Claude's billing_error": [402, aws, claudes('billing_error', 'Pay.'), 'paymentMethodInvalid'],
  "OpenAI's invalid request": [400, aws, openAis('Bad.', 'invalid_request_error'), 'requestInvalid', 'Bad.'],
  "OpenAI's context length": [
    400,
    aws,
    openAis('Long.', 'invalid_request_error', 'context_length_exceeded'),
    'promptTooLong',
  ],
  "OpenAI's unknown model": [
    404,
    aws,
    openAis('None.', 'invalid_request_error', 'model_not_found'),
    'modelNotFound',
  ],
  "OpenAI's invalid key": [
    401,
    aws,
    openAis('Bad.', 'invalid_request_error', 'invalid_api_key'),
    'awsKeyUnknown',
  ],
  "OpenAI's quota": [
    429,
    aws,
    openAis('Used up.', 'insufficient_quota', 'insufficient_quota'),
    'quotaExceeded',
  ],
  "OpenAI's name for everything, at 401": [
    401,
    aws,
    openAis('You didn’t provide an API key.', 'invalid_request_error'),
    'awsKeyUnknown',
    'You didn’t provide an API key.',
  ],
  "OpenAI's name for everything, at 403": [
    403,
    aws,
    openAis('Not yours.', 'invalid_request_error'),
    'awsAccessDenied',
    'Not yours.',
  ],
  "OpenAI's name for everything, at 404": [
    404,
    aws,
    openAis('The model x does not exist.', 'invalid_request_error'),
    'modelNotFound',
    'The model x does not exist.',
  ],
  "OpenAI's name for everything, at 422": [
    422,
    aws,
    openAis('Unprocessable.', 'invalid_request_error'),
    'requestInvalid',
    'Unprocessable.',
  ],
  "OpenAI's name for everything, at 429": [
    429,
    aws,
    openAis('Slow.', 'invalid_request_error'),
    'throttled',
    'Slow.',
  ],
  "OpenAI's name for everything, at 503": [
    503,
    aws,
    openAis('Busy.', 'invalid_request_error'),
    'serviceUnavailable',
    'Busy.',
  ],
  "Claude's name for everything, at 413": [
    413,
    aws,
    claudes('invalid_request_error', 'Large.'),
    'requestTooLarge',
    'Large.',
  ],
  'a rate that AWS Sales may raise': [
    429,
    { ...aws, 'x-amzn-errortype': 'ThrottlingException' },
    '{"message":"Too many requests for this account. Contact AWS Sales."}',
    'throttled',
  ],
  'a model that AWS Sales may open': [
    403,
    { ...aws, 'x-amzn-errortype': 'AccessDeniedException' },
    '{"message":"To use this model, contact AWS Sales."}',
    'modelNotForAccount',
  ],
  "OpenAI's rate limit with a number for a code": [
    429,
    aws,
    openAis('Slow.', null, 429),
    'throttled',
    'Slow.',
  ],
  "OpenAI's overload without a type": [529, aws, openAis('Busy.', null), 'serviceUnavailable', 'Busy.'],
  "OpenAI's server_error": [500, aws, openAis('Oops.', 'server_error'), 'awsInternalError', 'Oops.'],
  "OpenAI's country": [
    403,
    aws,
    openAis('No.', 'request_forbidden', 'unsupported_country_region_territory'),
    'modelNotInCountry',
  ],
  'a name that nobody knows': [400, aws, claudes('novel_error', 'New.'), 'awsError', 'New.'],
  'an error that is a sentence': [400, aws, '{"error":"Plain."}', 'requestInvalid', 'Plain.'],
  'a detail': [
    422,
    aws,
    '{"detail":[{"loc":[],"msg":"field required"}]}',
    'requestInvalid',
    'field required',
  ],
  'a list of errors': [400, aws, '{"errors":[{"message":"First."}]}', 'requestInvalid', 'First.'],
  'a plain text': [400, { ...aws, 'content-type': 'text/plain' }, 'Plain.', 'requestInvalid', 'Plain.'],
  'JSON that is called a page': [
    400,
    { ...aws, 'content-type': 'text/html' },
    claudes('api_error', 'Oops.'),
    'awsInternalError',
    'Oops.',
  ],
  'nothing at all': [403, aws, '', 'awsAccessDenied'],
  'a page that AWS signs': [
    503,
    { ...aws, 'content-type': 'text/html' },
    '<h1>Busy</h1>',
    'serviceUnavailable',
  ],
  'a time-out that AWS signs': [524, aws, '{"message":"Late."}', 'modelTimedOut', 'Late.'],
  'XML without content': [404, aws, '<UnknownOperationException/>', 'operationUnknown'],
  'XML that nobody signs': [404, ray, '<UnknownOperationException/>', 'operationUnknown'],
  'XML with a message': [
    403,
    { ...ray, 'content-type': 'text/xml' },
    '<AccessDeniedException><Message>explicit deny</Message></AccessDeniedException>',
    'awsExplicitlyDenied',
    'explicit deny',
  ],
  "XML of AWS's older APIs": [
    400,
    ray,
    '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
    'throttled',
    'Rate exceeded',
  ],
  "a vendor's sentence in a model's error": [
    424,
    { ...aws, 'x-amzn-errortype': 'ModelErrorException' },
    JSON.stringify({
      message: `The model returned the following errors: ${openAis('prompt is too long: 9', null)}`,
    }),
    'promptTooLong',
    'prompt is too long: 9',
  ],
  // Cloudflare's mark accuses nobody.
  "a provider's error that has lost AWS's mark": [
    429,
    ray,
    claudes('rate_limit_error', 'Slow.'),
    'throttled',
    'Slow.',
  ],
  'an overload that has lost it': [
    529,
    ray,
    claudes('overloaded_error', 'Busy.'),
    'serviceUnavailable',
    'Busy.',
  ],
  'words of anybody': [403, ray, '{"error":"Not you."}', 'unsignedError', 'Not you.'],
  'words of anybody in plain text': [
    403,
    { ...ray, 'content-type': 'text/plain' },
    'Not you.',
    'unsignedError',
    'Not you.',
  ],
  'words of anybody that say enough': [
    400,
    ray,
    '{"error":"prompt is too long: 9 tokens > 8 maximum"}',
    'promptTooLong',
  ],
  "the gateway's envelope with AWS's mark": [
    400,
    aws,
    '{"success":false,"error":[{"code":2008,"message":"Invalid provider"}]}',
    'gatewayProviderUnknown',
    'Invalid provider',
  ],
  // Without any mark, something before Cloudflare.
  "a provider's error from nobody": [
    429,
    {},
    openAis('Slow down.', 'rate_limit_error'),
    'proxyRefused',
    'Slow down.',
  ],
  'an error from nobody that says enough': [
    400,
    {},
    openAis('prompt is too long: 9 tokens', null),
    'promptTooLong',
  ],
  ...Object.fromEntries(
    ['Basic realm="Access to the staging site"', 'Bearer realm="access-token"'].map(
      (challenge): [string, Case] => [
        `a 401 that says ${challenge}`,
        [401, { 'www-authenticate': challenge }, 'No.', 'notTheGateway'],
      ],
    ),
  ),
  'a 401 from nobody': [401, {}, openAis('Bad key.', 'authentication_error'), 'notTheGateway', 'Bad key.'],
  'an overload from nobody': [529, {}, openAis('Busy.', 'overloaded'), 'proxyFailed', 'Busy.'],
};

describe('an error in the shape of', () => {
  beforeEach(() => void waits.splice(0));

  for (const [what, [status, headers, body, kind, message]] of Object.entries(cases))
    it(`${what}, ${status}: ${kind}`, async () => {
      const failure = await failed(status, headers, body);
      assert.equal(failure.kind, kind);
      if (message !== undefined) assert.equal(failure.details.message, message);
      assert.doesNotMatch(failure.details.message ?? '', /[{}]|Deserialization/);
      const busy = ['throttled', 'serviceUnavailable'].includes(kind);
      assert.equal(failure.sent, busy ? 3 : 1);
    });
});

const location = 'https://acme.cloudflareaccess.com/cdn-cgi/access/login/ai.example.com?kid=1';
const html = { 'content-type': 'text/html' };

const access: Readonly<Record<string, Case>> = {
  'a redirect to a team’s domain': [302, { ...ray, ...html, location }, '', 'gatewayBehindAccess'],
  'a redirect to a login domain of its own': [
    302,
    { ...ray, location: 'https://login.acme.example/cdn-cgi/access/login/x' },
    '',
    'gatewayBehindAccess',
  ],
  'a redirect to a path': [302, { ...ray, location: '/cdn-cgi/access/login/x' }, '', 'gatewayBehindAccess'],
  'a redirect with a challenge alone': [
    302,
    { ...ray, location: '/login', 'www-authenticate': 'Cloudflare-Access resource_metadata="https://x/y"' },
    '',
    'gatewayBehindAccess',
  ],
  'a challenge': [
    401,
    { ...ray, 'www-authenticate': 'Bearer realm="OAuth", resource_metadata="https://x/.well-known/z"' },
    '{"error":"invalid_token","error_description":"Missing or invalid access token"}',
    'gatewayBehindAccess',
  ],
  ...Object.fromEntries(
    [
      'Bearer realm="Cloudflare Access"',
      'Bearer error="invalid_token", Cloudflare Access',
      'Bearer realm="Access"',
      'Cloudflare_Access',
    ].map((challenge): [string, Case] => [
      `the challenge ${challenge}`,
      [401, { ...ray, 'www-authenticate': challenge }, '{"message":"Unauthorized"}', 'gatewayBehindAccess'],
    ]),
  ),
  'a page with a link to sign in': [
    401,
    { ...ray, ...html },
    '<a href="https://a.cloudflareaccess.com/">',
    'gatewayBehindAccess',
  ],
  'a sign-in page as a success': [
    200,
    { ...ray, ...html },
    '<form action="/cdn-cgi/access/login">',
    'gatewayBehindAccess',
  ],
  'a refusal': [
    403,
    { ...ray, ...html, 'cf-access-error': '1' },
    '<h1>Forbidden</h1>',
    'gatewayAccessDenied',
  ],
  'a refusal in JSON': [
    403,
    { ...ray, 'Cf-Access-Error': 'token_expired' },
    '{"message":"Forbidden"}',
    'gatewayAccessDenied',
  ],
  'a refusal with its other marks': [
    403,
    { ...ray, ...html, 'cf-access-aud': '78cc', 'cf-access-domain': 'x' },
    '',
    'gatewayAccessDenied',
  ],
  'a refusal that its page alone tells': [
    403,
    { ...ray, ...html },
    '<p>Forbidden. You don&#39;t have permission to view this.</p><input value="{&quot;aud&quot;:1}">',
    'gatewayAccessDenied',
  ],
};

const policy = (error: object) => JSON.stringify({ success: false, error });
const spent = { message: 'Spending limit exceeded', bucket: 'b', spent: 1000.42, limit: 1000 };

const policies: Readonly<Record<string, Case>> = {
  'a policy': [
    403,
    ray,
    policy({ message: 'Access denied by policy' }),
    'gatewayPolicyDenied',
    'Access denied by policy',
  ],
  ...Object.fromEntries(
    (
      [
        [403, { code: 2060, message: 'Blocked by policy' }, 'gatewayPolicyDenied'],
        [403, [{ message: 'Request blocked by policy foo' }], 'gatewayPolicyDenied'],
        [403, [{ code: 9, message: 'Not permitted by your gateway policy' }], 'gatewayPolicyDenied'],
        [400, { message: 'BYOK required' }, 'gatewayKeyMissing'],
        [400, [{ code: 7, message: 'This gateway requires BYOK' }], 'gatewayKeyMissing'],
        [400, { message: 'No credentials were supplied for provider aws-bedrock' }, 'gatewayKeyMissing'],
        [429, { message: 'Spending limit has been exceeded', bucket: 'team' }, 'gatewayBudgetUsedUp'],
        [429, { message: 'Monthly budget exhausted', bucket: 'team', limit: 5 }, 'gatewayBudgetUsedUp'],
        [429, [{ message: 'Spend limit hit', spent: 5, limit: 5 }], 'gatewayBudgetUsedUp'],
        [429, [{ code: 2060, message: 'Budget limit exceeded', spent: 5, limit: 5 }], 'gatewayBudgetUsedUp'],
        [429, [{ code: 2061, message: 'Stop.', spent: 5, limit: 5 }], 'gatewayBudgetUsedUp'],
        [429, { message: 'You are over budget' }, 'gatewayBudgetUsedUp'],
      ] as const
    ).map(([status, error, kind]): [string, Case] => [
      JSON.stringify(error),
      [status, { ...ray, 'retry-after': '1' }, policy(error), kind],
    ]),
  ),
  'a limit of requests': [
    429,
    { ...ray, 'retry-after': '99' },
    policy([{ code: 2003, message: 'Rate limited', limit: 5 }]),
    'gatewayRateLimited',
  ],
  'a limit of requests that is called a policy': [
    429,
    { ...ray, 'retry-after': '99' },
    policy({ message: 'Request rejected by your rate limit policy' }),
    'gatewayRateLimited',
  ],
  'a budget of tokens that is none of money': [
    400,
    ray,
    policy([{ code: 2098, message: 'thinking budget tokens exceeded max_tokens' }]),
    'gatewayError',
  ],
  'a limit of requests without a code': [
    429,
    { ...ray, 'retry-after': '99' },
    policy({ message: 'Too many requests', limit: 5 }),
    'gatewayRateLimited',
  ],
  'a policy in other words': [403, ray, policy({ message: 'No policy matched' }), 'gatewayPolicyDenied'],
  'a policy in the envelope': [
    403,
    ray,
    '{"success":false,"error":[{"code":2060,"message":"Access denied by policy"}]}',
    'gatewayPolicyDenied',
  ],
  'a budget': [
    429,
    { ...ray, 'retry-after': '1' },
    policy(spent),
    'gatewayBudgetUsedUp',
    'Spending limit exceeded',
  ],
  'a budget in other words': [
    429,
    ray,
    policy({ ...spent, message: 'Stop.' }),
    'gatewayBudgetUsedUp',
    'Stop.',
  ],
  'credentials that are wanted': [
    400,
    ray,
    '{"success":false,"error":[{"code":2051,"message":"byok_only is enabled: no provider credentials"}]}',
    'gatewayKeyMissing',
  ],
  'credentials that are wanted, by the code': [
    400,
    ray,
    policy({ code: 'byok_only', message: 'Require provider credentials' }),
    'gatewayKeyMissing',
  ],
  'a model that Cloudflare does not sell': [
    402,
    ray,
    '{"success":false,"error":[{"code":2021,"message":"This model is not available via unified billing. Please use BYOK."}]}',
    'gatewayKeyMissing',
  ],
  'credit that is used up': [
    402,
    ray,
    '{"success":false,"error":[{"code":2021,"message":"Insufficient AI Gateway credits"}]}',
    'gatewayCreditUsedUp',
  ],
  'a scanner that is not paid for': [
    402,
    ray,
    '{"success":false,"error":[{"code":2021,"message":"Not enough credits to run the guardrail scanner"}]}',
    'gatewayScannerUnpaid',
  ],
};

describe('what Cloudflare’s owner has decided is told as that:', () => {
  for (const [what, [status, headers, body, kind, message]] of Object.entries({ ...access, ...policies }))
    it(`${what}, ${status}: ${kind}, and sent once`, async () => {
      const failure = await failed(status, headers, body);
      assert.equal(failure.kind, kind);
      if (message !== undefined) assert.equal(failure.details.message, message);
      assert.equal(failure.sent, 1);
      assert.equal(failure.stage, 'gateway');
    });

  it('a budget with what is known of it', async () => {
    const of = async (more: object) => (await failed(429, ray, policy({ ...spent, ...more }))).details.budget;
    assert.deepEqual(await of({}), { spent: 1000.42, limit: 1000 });
    assert.deepEqual(await of({ spent: '7.5', period: 'weekly' }), {
      spent: 7.5,
      limit: 1000,
      window: 'week',
    });
    assert.deepEqual((await of({ bucket: 'user:a@b.c|*|monthly' }))?.window, 'month');
    assert.deepEqual((await of({ resets_at: '2026-11-01T00:00:00Z' }))?.resetsAt, Date.UTC(2026, 10));
    assert.deepEqual((await of({ resetAt: 1793491200 }))?.resetsAt, Date.UTC(2026, 10));
    for (const strange of [
      { spent: {} },
      { spent: -1 },
      { spent: '1e999' },
      { limit: [] },
      { resets_at: 'soon' },
    ])
      assert.ok(!Object.values((await of(strange)) ?? {}).some((value) => typeof value === 'object'));
  });

  it('no name of a stored key is shown, whatever the code', async () => {
    const message = "Provider 'aws-bedrock' has no BYOK credential named 'x'. Configured aliases: 'payroll'";
    for (const code of [2040, 2999]) {
      const failure = await failed(400, ray, JSON.stringify({ success: false, error: [{ code, message }] }));
      assert.equal(failure.kind, 'gatewayKeyNotStored');
      assert.equal(failure.details.message, undefined);
    }
  });

  it('no answer of AWS’s is taken for Access’s, whatever it carries', async () => {
    const headers = { ...aws, 'cf-access-error': '1', 'x-amzn-errortype': 'ThrottlingException' };
    assert.equal((await failed(429, headers, '{"message":"Slow."}')).kind, 'throttled');
  });
});
