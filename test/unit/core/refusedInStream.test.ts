// An exception in a stream: before anything of a reply it is a refusal like any other, and after that it says why there
// will be no more. Whatever its name and payload, no JSON and no hint of the SDK's is shown.
import assert from 'node:assert/strict';
import type { FailureKind } from '../../../src/core/model/failure';
import { chunkFrame, encodeFrame, errorFrame, eventFrame } from '../../gateway/frames';
import { type Asking, asked, claudeMessages, waits } from '../asking';
import { openServer } from './rawServer';

const head =
  'HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\nx-amzn-requestid: 5a\r\n';
const untilClosed = (frames: readonly Buffer[], headers = '') =>
  Buffer.concat([Buffer.from(`${head}${headers}connection: close\r\n\r\n`), ...frames]);

const exception = (type: string, payload: unknown) =>
  encodeFrame(
    { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
    Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  );

const apis: Readonly<Record<string, { asking: Asking; begins: Buffer; text: Buffer }>> = {
  converse: {
    asking: {},
    begins: eventFrame('messageStart', { role: 'assistant' }),
    text: eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Hello' } }),
  },
  invoke: {
    asking: { api: 'invoke', model: claudeMessages },
    begins: chunkFrame({ type: 'message_start', message: {} }),
    text: chunkFrame({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } }),
  },
};

async function ended(frames: readonly Buffer[], asking: Asking, headers = '') {
  const server = await openServer(untilClosed(frames, headers));
  try {
    const { reply } = await asked(server, asking);
    const { outcome } = reply;
    assert.ok(outcome && 'failure' in outcome, `ended as ${outcome?.kind}`);
    const { kind, details } = outcome.failure;
    assert.doesNotMatch(details.message ?? '', /[{}]|Deserialization|\$response|undefined/);
    return { outcome: outcome.kind, kind, facts: details, sent: server.received.length, text: reply.text };
  } finally {
    await server.close();
  }
}

type Case = readonly [
  type: string,
  payload: unknown,
  first: FailureKind,
  message: string | undefined,
  /** Once a part of the reply is there. */
  later: FailureKind,
];

const nova =
  'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.';

const cases: readonly Case[] = [
  ['validationException', { message: nova }, 'promptTooLong', nova, 'promptTooLong'],
  ['validationException', { message: 'Bad.' }, 'requestInvalid', 'Bad.', 'streamInvalid'],
  ['throttlingException', { message: 'Slow.' }, 'throttled', 'Slow.', 'streamThrottled'],
  [
    'throttlingException',
    { message: 'Too many tokens per day' },
    'quotaExceeded',
    'Too many tokens per day',
    'quotaExceeded',
  ],
  ['modelNotReadyException', { message: 'Wait.' }, 'modelNotReady', 'Wait.', 'streamUnavailable'],
  ['serviceUnavailableException', { message: 'Busy.' }, 'serviceUnavailable', 'Busy.', 'streamUnavailable'],
  ['internalServerException', { message: 'Oops.' }, 'awsInternalError', 'Oops.', 'streamInternalError'],
  ['modelTimeoutException', { message: 'Late.' }, 'modelTimedOut', 'Late.', 'streamModelTimedOut'],
  [
    'modelStreamErrorException',
    { message: 'Broke.', originalStatusCode: 500, originalMessage: 'x' },
    'modelErred',
    'Broke.',
    'streamModelErred',
  ],
  [
    'modelStreamErrorException',
    { message: `The model returned the following errors: {"error":{"message":"prompt is too long: 9"}}` },
    'promptTooLong',
    'prompt is too long: 9',
    'promptTooLong',
  ],
  [
    'resourceNotFoundException',
    { message: 'It has reached the end of its life.' },
    'modelRetired',
    undefined,
    'modelRetired',
  ],
  [
    'accessDeniedException',
    { message: 'Your account is not authorized.' },
    'awsAccountRestricted',
    undefined,
    'awsAccountRestricted',
  ],
  ['serviceQuotaExceededException', { message: 'Over.' }, 'quotaExceeded', 'Over.', 'quotaExceeded'],
  ['ThrottlingException', { Message: 'Slow.' }, 'throttled', 'Slow.', 'streamThrottled'],
  ['novelException', { message: 'New.' }, 'awsError', 'New.', 'streamException'],
  // Payloads of every other kind.
  ['throttlingException', '', 'throttled', undefined, 'streamThrottled'],
  ['throttlingException', {}, 'throttled', undefined, 'streamThrottled'],
  ['throttlingException', 'null', 'throttled', undefined, 'streamThrottled'],
  ['throttlingException', '{"message":"cut', 'throttled', undefined, 'streamThrottled'],
  ['throttlingException', 'Slow down.', 'throttled', 'Slow down.', 'streamThrottled'],
  ['throttlingException', { message: { text: 'x' } }, 'throttled', undefined, 'streamThrottled'],
  [
    'throttlingException',
    { error: { type: 'rate_limit_error', message: 'Slow.' } },
    'throttled',
    'Slow.',
    'streamThrottled',
  ],
  ['novelException', '{"a":{"b":1}}', 'awsError', undefined, 'streamException'],
  ['novelException', '<x><Message>New.</Message></x>', 'awsError', 'New.', 'streamException'],
  ['modelNotReadyException', 'no json', 'modelNotReady', 'no json', 'streamUnavailable'],
];

const busy: ReadonlySet<string> = new Set(['throttled', 'modelNotReady', 'serviceUnavailable']);

for (const [api, { asking, begins, text }] of Object.entries(apis))
  describe(`an exception in a stream of ${api}`, () => {
    beforeEach(() => void waits.splice(0));

    for (const [type, payload, kind, message, later] of cases) {
      const what = `${type} ${JSON.stringify(payload).slice(0, 50)}`;
      for (const [where, before] of [
        ['first', []],
        ['after the role alone', [begins]],
      ] as const)
        it(`${what}, ${where}: ${kind}`, async () => {
          const found = await ended([...before, exception(type, payload)], asking);
          assert.deepEqual([found.outcome, found.kind], ['failed', kind]);
          if (message !== undefined) assert.equal(found.facts.message, message);
          assert.equal(found.sent, busy.has(kind) ? 3 : 1);
        });

      it(`${what}, in the middle: ${later}, and never again`, async () => {
        const found = await ended([begins, text, exception(type, payload)], asking);
        assert.deepEqual([found.outcome, found.kind, found.text], ['cut', later, 'Hello']);
        assert.equal(found.sent, 1);
      });
    }

    it('is tried again when the head says, and not where a route of the gateway’s own gave up', async () => {
      const frame = exception('throttlingException', { message: 'Slow.' });
      await ended([frame], asking, 'retry-after: 7\r\n');
      assert.deepEqual(waits, [7000, 7000]);
      assert.equal((await ended([frame], asking, 'cf-aig-step: 1\r\n')).sent, 1);
    });

    it('that comes with the answer’s own name is known by it', async () => {
      const { facts } = await ended([exception('throttlingException', { message: 'Slow.' })], asking);
      assert.equal(facts.code, 'ThrottlingException');
      assert.equal(facts.status, undefined);
    });
  });

const frames: readonly (readonly [code: string, message: string, first: FailureKind, later: FailureKind])[] =
  [
    ['InternalFailure', 'Oops.', 'awsInternalError', 'streamInternalError'],
    ['ThrottlingException', 'Slow.', 'throttled', 'streamThrottled'],
    ['SlowDown', 'Slow.', 'serviceUnavailable', 'streamUnavailable'],
    ['Novel', 'prompt is too long: 9 tokens > 8 maximum', 'promptTooLong', 'promptTooLong'],
    ['Novel', '{"message":"New."}', 'awsError', 'streamException'],
    ['400', 'Bad http request', 'awsError', 'streamException'],
  ];

describe('an error frame', () => {
  for (const [code, message, first, later] of frames)
    it(`${code} “${message}”: ${first}, or ${later}`, async () => {
      const { begins, text } = apis['converse']!;
      assert.equal((await ended([errorFrame(code, message)], {})).kind, first);
      const found = await ended([begins, text, errorFrame(code, message)], {});
      assert.deepEqual([found.outcome, found.kind], ['cut', later]);
    });
});

describe('an error in the place of a reply', () => {
  const event = (type: string, message: string) => chunkFrame({ type: 'error', error: { type, message } });
  const { asking, begins, text } = apis['invoke']!;

  for (const [type, first, later] of [
    ['overloaded_error', 'serviceUnavailable', 'streamUnavailable'],
    ['rate_limit_error', 'throttled', 'streamThrottled'],
    ['api_error', 'awsInternalError', 'streamInternalError'],
    ['invalid_request_error', 'requestInvalid', 'streamInvalid'],
    ['timeout_error', 'modelTimedOut', 'streamModelTimedOut'],
    ['novel_error', 'awsError', 'streamException'],
  ] as const)
    it(`that is an event ${type} of the model’s own: ${first}, or ${later}`, async () => {
      const found = await ended([event(type, 'Words.')], asking);
      assert.deepEqual([found.outcome, found.kind, found.facts.message], ['failed', first, 'Words.']);
      assert.equal((await ended([begins, text, event(type, 'Words.')], asking)).kind, later);
    });

  const whole: readonly (readonly [body: unknown, kind: FailureKind])[] = [
    [{ message: 'Too many tokens, please wait.', __type: 'ThrottlingException' }, 'throttled'],
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Busy.' } }, 'serviceUnavailable'],
    [{ error: { message: 'prompt is too long: 9 tokens', type: 'invalid_request_error' } }, 'promptTooLong'],
    [{ success: false, error: [{ code: 2009, message: 'Unauthorized' }] }, 'gatewayTokenRejected'],
    [{ error: 'Something else.' }, 'awsError'],
  ];
  for (const [body, kind] of whole)
    it(`that is JSON with a success: ${kind}`, async () => {
      const written = JSON.stringify(body);
      const bytes = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${written.length}\r\nconnection: close\r\n\r\n${written}`;
      for (const stream of ['auto', 'off'] as const)
        for (const { asking } of Object.values(apis)) {
          const server = await openServer(bytes);
          const { outcome } = (await asked(server, { ...asking, stream })).reply;
          await server.close();
          assert.ok(outcome?.kind === 'failed', stream);
          assert.equal(outcome.failure.kind, kind, stream);
          assert.doesNotMatch(outcome.failure.details.message ?? '', /[{}]/);
        }
    });
});
