// Answers that are no success, spoilt in their status, their headers and their bodies.
import fc from 'fast-check';
import { anyJson, replaced, spoiltBytes } from './spoilt';

export interface ErrorAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const gatewayError = (code: number, message: string) => ({
  success: false,
  result: [],
  messages: [],
  error: [{ code, message }],
  name: 'AiGatewayError',
  httpCode: 400,
  internalCode: code,
  message,
});

const claudes = (type: string, message: string) => ({ type: 'error', error: { type, message } });
const openAis = (message: string, type: unknown, code: unknown) => ({
  error: { message, type, param: null, code },
});
const policy = (error: object) => ({ success: false, error });

/** Of the providers of models, in XML, and of Policies. */
const foreign = fc.constantFrom<unknown>(
  claudes('permission_error', 'x is not available for this account'),
  claudes('overloaded_error', 'Overloaded'),
  claudes('invalid_request_error', 'prompt is too long: 208310 tokens > 200000 maximum'),
  claudes('novel_error', 'New.'),
  openAis('Your input is longer.', 'invalid_request_error', 'context_length_exceeded'),
  openAis('Slow down.', 'rate_limit_error', null),
  openAis('Used up.', 'insufficient_quota', 'insufficient_quota'),
  openAis('Oops.', null, 500),
  { error: 'Something else.' },
  { detail: [{ loc: ['body'], msg: 'field required', type: 'value_error' }] },
  { errors: [{ description: 'Bad.' }] },
  [{ error: { message: 'First.' } }],
  { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'Why.' },
  { error: { code: 429, message: 'Exhausted.', status: 'RESOURCE_EXHAUSTED' } },
  { message: `The model returned the following errors: ${JSON.stringify(claudes('api_error', 'Oops.'))}` },
  { message: 'Too many tokens per day, please wait.', __type: 'ThrottlingException' },
  { message: "data retention mode 'default' is not available for this model" },
  policy({ message: 'Access denied by policy' }),
  policy({ message: 'Spending limit exceeded', bucket: 'b|monthly', spent: 1000.42, limit: 1000 }),
  policy({ code: 'byok_only', message: 'Require provider credentials' }),
  '<UnknownOperationException/>',
  '<AccessDeniedException><Message>No &lt;x&gt;.</Message></AccessDeniedException>',
  '<ErrorResponse><Error><Code>Throttling</Code><Message>Slow.</Message></Error></ErrorResponse>',
  'upstream connect error or disconnect/reset before headers',
  '<form action="/cdn-cgi/access/login">',
);

const known = fc.constantFrom<unknown>(
  gatewayError(2001, 'Please configure AI Gateway in the Cloudflare dashboard'),
  gatewayError(2009, 'Unauthorized'),
  gatewayError(2016, 'Prompt blocked due to security configurations'),
  gatewayError(2029, 'Request blocked due to DLP policies'),
  gatewayError(2003, 'Rate limited'),
  gatewayError(9999, 'Something that nobody has heard of'),
  { success: false, error: [{ code: 2009, message: 'Unauthorized' }] },
  { message: 'The security token included in the request is expired' },
  { Message: 'Authentication failed: Please make sure your API Key is valid.' },
  { __type: 'com.amazon.coral.service#AccessDeniedException', message: 'no' },
  {
    __type: 'InvalidSignatureException',
    message: "The Canonical String for this request should have been\n'POST\n/x\n\nhost:y\n\nhost\nabc'",
  },
  {
    message:
      'Signature expired: 20260101T000000Z is now earlier than 20261231T235959Z (20269999T999999Z - 5 min.)',
  },
  '<html><title>Hotel</title>',
  'error code: 1010',
  '',
);

const exceptions = fc.constantFrom(
  'ThrottlingException',
  'ValidationException:http://internal.amazon.com/coral/',
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'ModelErrorException',
  'constructor',
  '__proto__',
  ':',
  ' ',
  'x'.repeat(300),
);

const printable = fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x20-\x7e]/g, '?'));

const headers = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'text/html; charset=utf-8',
      'application/vnd.amazon.eventstream',
      '',
      ';;;',
    ),
    'x-amzn-errortype': fc.oneof(exceptions, printable),
    'retry-after': fc.constantFrom(
      '0',
      '1',
      '-1',
      '1e9',
      '99999999999999999999',
      'soon',
      'Wed, 21 Oct 2099 07:28:00 GMT',
      'Wed, 99 Oct 2015 07:28:00 GMT',
      '',
    ),
    date: fc.constantFrom('Wed, 21 Oct 2015 07:28:00 GMT', 'yesterday', ''),
    'cf-aig-dlp': fc.constantFrom(
      '{"findings":[],"action":"BLOCK"}',
      '{',
      'null',
      '[]',
      '{"findings":{"a":[null]},"action":7}',
    ),
    'cf-aig-log-id': printable,
    'cf-aig-cache-status': fc.constantFrom('HIT', 'MISS', 'hit', 'EXPIRED'),
    'cf-aig-step': fc.constantFrom('0', '1', 'x'),
    location: fc.constantFrom(
      'http://127.0.0.1:1/',
      'javascript:1',
      '',
      'https://a.cloudflareaccess.com/cdn-cgi/access/login/x',
      '/cdn-cgi/access/login',
    ),
    'x-amzn-requestid': printable,
    'cf-ray': printable,
    'www-authenticate': fc.constantFrom('Bearer resource_metadata="https://x/y"', 'Basic realm="x"', ''),
    'cf-access-error': printable,
    'content-encoding': fc.constantFrom('gzip', 'identity', 'br, gzip', ''),
  },
  { requiredKeys: [] },
);

export const errorAnswers: fc.Arbitrary<ErrorAnswer> = fc.record({
  status: fc.oneof(
    fc.constantFrom(400, 401, 402, 403, 404, 407, 408, 413, 424, 429, 500, 502, 503, 504, 520, 524, 530),
    fc.integer({ min: 300, max: 599 }),
  ),
  headers,
  body: fc
    .tuple(
      fc.oneof(known, foreign),
      fc.array(fc.tuple(fc.nat({ max: 100 }), anyJson), { maxLength: 2 }),
      fc.array(spoiltBytes, { maxLength: 2 }),
    )
    .map(([body, values, spoils]) => {
      const spoilt = values.reduce<unknown>((json, [path, value]) => replaced(json, path, value), body);
      const bytes = Buffer.from(typeof spoilt === 'string' ? spoilt : JSON.stringify(spoilt));
      return spoils.reduce<Buffer>((whole, spoil) => spoil(whole), bytes);
    }),
});
