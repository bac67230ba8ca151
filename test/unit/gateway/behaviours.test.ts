import assert from 'node:assert/strict';
import { behaviours, type Gateway, startGateway } from '../../gateway/index.js';
import { gatewayErrors } from '../../gateway/gatewayErrors.js';
import { ask, type Failure, failureOf, sdkClient, stream } from './clients.js';

/** Every exception of the table: its name and status. */
const aws: Record<string, readonly [name: string, status: number]> = {
  'access-denied': ['AccessDeniedException', 403],
  'expired-token': ['ExpiredTokenException', 403],
  'unrecognized-client': ['UnrecognizedClientException', 403],
  validation: ['ValidationException', 400],
  'on-demand': ['ValidationException', 400],
  'on-demand-plain': ['ValidationException', 400],
  'invalid-model': ['ValidationException', 400],
  'too-long': ['ValidationException', 400],
  'not-found': ['ResourceNotFoundException', 404],
  'end-of-life': ['ResourceNotFoundException', 404],
  'guardrail-unknown': ['ValidationException', 400],
  'guardrail-invalid': ['ValidationException', 400],
  'guardrail-denied': ['AccessDeniedException', 403],
  throttling: ['ThrottlingException', 429],
  'throttling-tokens': ['ThrottlingException', 429],
  'throttling-retry-after': ['ThrottlingException', 429],
  'model-timeout': ['ModelTimeoutException', 408],
  'model-not-ready': ['ModelNotReadyException', 429],
  unavailable: ['ServiceUnavailableException', 503],
  'model-error': ['ModelErrorException', 424],
  'data-retention': ['ValidationException', 400],
  'unsupported-country': ['ValidationException', 400],
  'payment-instrument': ['AccessDeniedException', 403],
  'prompt-caching': ['AccessDeniedException', 403],
  'max-tokens': ['ValidationException', 400],
  quota: ['ServiceQuotaExceededException', 400],
  internal: ['InternalServerException', 500],
};

const inStream: Record<string, string> = {
  'stream-internal': 'InternalServerException',
  'stream-model-error': 'ModelStreamErrorException',
  'stream-validation': 'ValidationException',
  'stream-throttling': 'ThrottlingException',
  'stream-unavailable': 'ServiceUnavailableException',
  // Converse's model does not list this one; the SDK passes it on without a class.
  'stream-timeout': 'modelTimeoutException',
  'stream-unknown-error': 'StandInTrouble',
};

/** Exceptions in place of a stream's first frame; those that Converse's model lacks have no class in the SDK. */
const first: Record<string, string> = {
  'first-throttling': 'ThrottlingException',
  'first-per-day': 'ThrottlingException',
  'first-unavailable': 'ServiceUnavailableException',
  'first-not-ready': 'modelNotReadyException',
  'first-too-long': 'ValidationException',
  'first-retired': 'resourceNotFoundException',
  'first-denied': 'accessDeniedException',
  'first-nested': 'ModelStreamErrorException',
};

/** What is answered by AWS, though not in its own words, or by the gateway, though not in its envelope. */
const unnamed: Record<string, readonly [status: number, by: 'x-amzn-requestid' | 'cf-aig-log-id']> = {
  'provider-denied': [403, 'x-amzn-requestid'],
  'provider-overloaded': [529, 'x-amzn-requestid'],
  'provider-rate-limit': [429, 'x-amzn-requestid'],
  'provider-invalid': [400, 'x-amzn-requestid'],
  'provider-too-long': [400, 'x-amzn-requestid'],
  'xml-unknown-operation': [404, 'x-amzn-requestid'],
  'xml-access-denied': [403, 'x-amzn-requestid'],
  'gateway-policy': [403, 'cf-aig-log-id'],
  'gateway-budget': [429, 'cf-aig-log-id'],
  'gateway-byok-only': [400, 'cf-aig-log-id'],
};

const stopReasons: Record<string, string> = {
  'stop-max-tokens': 'max_tokens',
  'stop-guardrail': 'guardrail_intervened',
  'stop-content-filtered': 'content_filtered',
  'stop-sequence': 'stop_sequence',
  'stop-context-window': 'model_context_window_exceeded',
  'stop-refusal': 'refusal',
  'stop-malformed-output': 'malformed_model_output',
  'stop-malformed-tool': 'malformed_tool_use',
  'stop-tool-use': 'tool_use',
  'stop-unheard-of': 'unheard_of',
};

const edge: Record<string, readonly [status: number, type: RegExp]> = {
  'edge-html-403': [403, /^text\/html/],
  'edge-1010': [403, /^text\/plain/],
  'captive-portal': [200, /^text\/html/],
  'edge-access-login': [302, /^text\/html/],
  'edge-access-denied': [403, /^text\/html/],
  'edge-access-oauth': [401, /^text\/html/],
  'edge-access-page': [200, /^text\/html/],
};

interface GatewayFailure extends Failure {
  readonly internalCode?: number;
  readonly error: readonly { readonly code: number; readonly message: string }[];
}

const older = [2001, 2003, 2009];

/** Behaviours with a test of their own, below, in replies.test.ts, or in the tests of content. */
const others = [
  ...[
    'cut',
    'cut-connection',
    'cut-frame',
    'cut-damaged',
    'huge-frame',
    'stall',
    'silence',
    'slow',
    'unavailable-twice',
    'throttled-once',
    'compressed',
  ],
  ...['tool', 'tool-cut', 'tool-garbled', 'tool-unknown', 'text-only', 'no-caching', 'caching'],
  ...['thinks', 'thinks-bound', 'thinks-redacted', 'thinks-unseen', 'thinks-interleaved'],
  ...['no-streamed-tools', 'no-forced-tools', 'no-nested-images', 'separate-turns'],
  ...['empty', 'reasoning', 'prompt-cache', 'long', 'hostile', 'nested-quotes', 'dlp-flag', 'dlp-flag-reply'],
];

describe('a model id of the stand-in', () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  afterEach(() => gateway.close());
  const client = () => sdkClient(gateway);
  const id = (name: string) => `stand-in.${name}`;

  it('is tested here, whichever it is', () => {
    const codes = [...Object.keys(gatewayErrors), ...older.map((code) => `old-${code}`)];
    const gateways = codes.map((code) => `gateway-${code}`);
    const tested = [aws, inStream, first, unnamed, stopReasons, edge].flatMap((table) => Object.keys(table));
    assert.deepEqual([...tested, ...others, ...gateways].sort(), Object.keys(behaviours).sort());
  });

  for (const [name, [exception, status]] of Object.entries(aws)) {
    it(`${name} fails with ${status} ${exception}, streaming or not`, async () => {
      for (const asking of [ask, stream]) {
        const failure = await failureOf(asking(client(), id(name)));
        assert.equal(failure.name, exception);
        assert.equal(failure.$metadata?.httpStatusCode, status);
        assert.ok(failure.$response!.headers['x-amzn-requestid']);
        assert.ok(failure.$response!.headers['cf-aig-log-id']);
      }
    });
  }

  it('on-demand names the model, with either apostrophe', async () => {
    assert.match((await failureOf(ask(client(), id('on-demand')))).message, /stand-in\.on-demand .* isn’t/);
    assert.match((await failureOf(ask(client(), id('on-demand-plain')))).message, /isn't supported/);
    // What the panel's button offers works.
    assert.ok(await ask(client(), `us.${id('on-demand')}`));
  });

  it('throttling-retry-after says for how long', async () => {
    const failure = await failureOf(ask(client(), id('throttling-retry-after-7')));
    assert.equal(failure.$response!.headers['retry-after'], '7');
  });

  for (const [code, { status }] of Object.entries(gatewayErrors)) {
    it(`gateway-${code} is the gateway's ${status}`, async () => {
      const failure = (await failureOf(ask(client(), id(`gateway-${code}`)))) as GatewayFailure;
      assert.equal(failure.$metadata?.httpStatusCode, status);
      assert.equal(failure.internalCode, Number(code));
      assert.equal(failure.error[0]!.code, Number(code));
      assert.equal(gateway.log[0]!.error, code);
    });
  }

  for (const code of older) {
    it(`gateway-old-${code} has no more than the list of errors`, async () => {
      const failure = (await failureOf(ask(client(), id(`gateway-old-${code}`)))) as GatewayFailure;
      assert.equal(failure.error[0]!.code, code);
      assert.equal(failure.internalCode, undefined);
      assert.ok(!failure.message.includes(failure.error[0]!.message), failure.message);
    });
  }

  it('gateway-2029 and -2030 carry the DLP finding', async () => {
    for (const code of [2029, 2030]) {
      const { $response } = await failureOf(ask(client(), id(`gateway-${code}`)));
      const finding = JSON.parse($response!.headers['cf-aig-dlp']!) as { action: string };
      assert.equal(finding.action, 'BLOCK');
    }
  });

  for (const name of ['dlp-flag', 'dlp-flag-reply'])
    it(`${name} answers with the finding`, async () => {
      await ask(client(), id(name));
      assert.equal(gateway.log[0]!.status, 200);
    });

  for (const [name, [status, type]] of Object.entries(edge)) {
    it(`${name} answers ${status} before anything is checked`, async () => {
      const unknown = { credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } };
      const failure = await failureOf(ask(sdkClient(gateway, unknown), id(name)));
      assert.equal(gateway.log[0]!.status, status);
      assert.match(failure.$response!.headers['content-type']!, type);
      assert.equal(failure.$response!.headers['cf-aig-log-id'], undefined);
    });
  }

  for (const [name, exception] of Object.entries(inStream)) {
    it(`${name} throws ${exception} after some text`, async () => {
      const failure = await failureOf(stream(client(), id(name)));
      assert.equal(failure.name, exception);
      const { framesSent, status } = gateway.log[0]!;
      assert.equal(status, 200);
      assert.ok(framesSent > 3);
    });
  }

  for (const [name, exception] of Object.entries(first)) {
    it(`${name} throws ${exception} before anything`, async () => {
      const failure = await failureOf(stream(client(), id(name)));
      assert.equal(failure.name, exception);
      const { framesSent, status } = gateway.log[0]!;
      assert.deepEqual([status, framesSent], [200, 1]);
    });
  }

  for (const [name, [status, by]] of Object.entries(unnamed)) {
    it(`${name} answers ${status}, which ${by} signs`, async () => {
      const failure = await failureOf(ask(client(), id(name)));
      assert.equal(gateway.log[0]!.status, status);
      assert.ok(failure.$response!.headers[by]);
      assert.equal(failure.$response!.headers['x-amzn-errortype'], undefined);
    });
  }

  it('compressed answers in gzip', async () => {
    const failure = await failureOf(ask(client(), id('compressed')));
    assert.equal(failure.$response!.headers['content-encoding'], 'gzip');
  });

  for (const [name, reason] of Object.entries(stopReasons)) {
    it(`${name} stops with ${reason}`, async () => {
      assert.equal((await stream(client(), id(name))).stopReason, reason);
      assert.equal((await ask(client(), id(name))).stopReason, reason);
    });
  }

  it('works behind a prefix, in an ARN and before a version, and is refused when unknown', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.stand-in.throttling-v1:0';
    for (const modelId of ['us.stand-in.throttling-v1:0', arn]) {
      assert.equal((await failureOf(ask(client(), modelId))).name, 'ThrottlingException');
    }
    assert.match(
      (await failureOf(ask(client(), id('no-such-thing')))).message,
      /model identifier is invalid/,
    );
  });
});
