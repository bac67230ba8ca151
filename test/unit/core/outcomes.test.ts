// Every behaviour that the stand-in can play, and how a reply to it must end. A behaviour that is added there
// fails here until it is known what it should end in.
import assert from 'node:assert/strict';
import type { FailureKind } from '../../../src/core/model/failure';
import type { Outcome, ReplyEvent } from '../../../src/core/model/reply';
import { type Gateway, behaviours } from '../../gateway';
import { type Asked, type Asking, asked, closeGatewaysAfterEach, openGateway } from '../asking';

type Ending =
  | readonly ['done', string]
  | readonly ['failed' | 'blocked' | 'cut', FailureKind]
  /** Ends in nothing by itself. */
  | readonly ['endless'];

const done = (stopReason = 'end_turn'): Ending => ['done', stopReason];
const failed = (kind: FailureKind): Ending => ['failed', kind];
const blocked = (kind: FailureKind): Ending => ['blocked', kind];
const cut = (kind: FailureKind): Ending => ['cut', kind];

const endings: Readonly<Record<string, Ending>> = {
  'edge-html-403': failed('gatewayEdgeBlocked'),
  'edge-1010': failed('gatewayEdgeBlocked'),
  'captive-portal': failed('signInPage'),
  'edge-access-login': failed('gatewayBehindAccess'),
  'edge-access-denied': failed('gatewayAccessDenied'),
  'edge-access-oauth': failed('gatewayBehindAccess'),
  'edge-access-page': failed('gatewayBehindAccess'),
  'gateway-policy': failed('gatewayPolicyDenied'),
  'gateway-budget': failed('gatewayBudgetUsedUp'),
  'gateway-byok-only': failed('gatewayKeyMissing'),

  'gateway-2001': failed('gatewayNotFound'),
  'gateway-2003': failed('gatewayRateLimited'),
  'gateway-2008': failed('gatewayProviderUnknown'),
  'gateway-2009': failed('gatewayTokenRejected'),
  'gateway-2016': blocked('gatewayGuardrail'),
  'gateway-2017': blocked('gatewayGuardrail'),
  'gateway-2018': failed('gatewayCreditUsedUp'),
  'gateway-2021': failed('gatewayScannerUnpaid'),
  'gateway-2029': blocked('gatewayDataLossPrevention'),
  'gateway-2030': blocked('gatewayDataLossPrevention'),
  'gateway-2040': failed('gatewayKeyNotStored'),
  'gateway-2041': failed('gatewaySpendLimited'),
  'gateway-7013': failed('gatewayScannerUnavailable'),
  'gateway-old-2001': failed('gatewayNotFound'),
  'gateway-old-2003': failed('gatewayRateLimited'),
  'gateway-old-2009': failed('gatewayTokenRejected'),
  'dlp-flag': done(),
  'dlp-flag-reply': done(),

  'access-denied': failed('modelAccessNotGranted'),
  'expired-token': failed('awsSessionExpired'),
  'unrecognized-client': failed('awsKeyUnknown'),
  validation: failed('requestInvalid'),
  'on-demand': failed('modelNeedsInferenceProfile'),
  'on-demand-plain': failed('modelNeedsInferenceProfile'),
  'invalid-model': failed('modelIdInvalid'),
  'too-long': failed('promptTooLong'),
  'not-found': failed('modelNotFound'),
  'end-of-life': failed('modelRetired'),
  'guardrail-unknown': failed('guardrailNotFound'),
  'guardrail-invalid': failed('guardrailNotFound'),
  'guardrail-denied': failed('guardrailDenied'),
  throttling: failed('throttled'),
  'throttling-tokens': failed('throttled'),
  'throttling-retry-after': failed('throttled'),
  'throttled-once': done(),
  'model-timeout': failed('modelTimedOut'),
  'model-not-ready': failed('modelNotReady'),
  unavailable: failed('serviceUnavailable'),
  'unavailable-twice': done(),
  'model-error': failed('modelErred'),
  'provider-denied': failed('modelNotForAccount'),
  'provider-overloaded': failed('serviceUnavailable'),
  'provider-rate-limit': failed('throttled'),
  'provider-invalid': failed('requestInvalid'),
  'provider-too-long': failed('promptTooLong'),
  'xml-unknown-operation': failed('operationUnknown'),
  'xml-access-denied': failed('modelAccessNotGranted'),
  'data-retention': failed('dataRetentionUnsuitable'),
  'unsupported-country': failed('modelNotInCountry'),
  'payment-instrument': failed('paymentMethodInvalid'),
  'prompt-caching': failed('promptCachingNotAllowed'),
  'max-tokens': failed('maxTokensTooLarge'),
  quota: failed('quotaExceeded'),
  internal: failed('awsInternalError'),

  'stream-internal': cut('streamInternalError'),
  'stream-model-error': cut('streamModelErred'),
  'stream-validation': cut('streamInvalid'),
  'stream-throttling': cut('streamThrottled'),
  'stream-unavailable': cut('streamUnavailable'),
  'stream-timeout': cut('streamModelTimedOut'),
  'stream-unknown-error': cut('streamException'),
  'first-throttling': failed('throttled'),
  'first-per-day': failed('quotaExceeded'),
  'first-unavailable': failed('serviceUnavailable'),
  'first-not-ready': failed('modelNotReady'),
  'first-too-long': failed('promptTooLong'),
  'first-retired': failed('modelRetired'),
  'first-denied': failed('awsAccountRestricted'),
  'first-nested': failed('promptTooLong'),
  compressed: failed('answerCompressed'),
  cut: cut('streamIncomplete'),
  'cut-connection': cut('connectionLost'),
  'cut-frame': cut('streamIncomplete'),
  'huge-frame': cut('replyTooLarge'),
  'cut-damaged': cut('streamDamaged'),
  stall: ['endless'],
  silence: ['endless'],
  slow: done(),
  'stop-max-tokens': done('max_tokens'),
  'stop-guardrail': blocked('guardrailIntervened'),
  'stop-content-filtered': blocked('contentFiltered'),
  'stop-sequence': done('stop_sequence'),
  'stop-context-window': done('model_context_window_exceeded'),
  'stop-refusal': done('refusal'),
  'stop-malformed-output': done('malformed_model_output'),
  'stop-malformed-tool': done('malformed_tool_use'),
  'stop-tool-use': done('tool_use'),
  'stop-unheard-of': done('unheard_of'),
  empty: done(),
  reasoning: done(),
  'prompt-cache': done(),
  long: done(),
  hostile: done(),
  'nested-quotes': done(),
  // What is special about these needs tools or attachments.
  tool: done(),
  'tool-cut': done(),
  'tool-garbled': done(),
  'tool-unknown': done(),
  thinks: done(),
  'thinks-bound': done(),
  'thinks-redacted': done(),
  'thinks-unseen': done(),
  'thinks-interleaved': done(),
  'text-only': done(),
  'no-streamed-tools': done(),
  'no-forced-tools': done(),
  'no-nested-images': done(),
  'separate-turns': done(),
  'no-caching': done(),
  caching: done(),
};

/** IDs of each body of a model's own, for a behaviour; and where its replies end otherwise than Converse's. */
const natives: Readonly<
  Record<string, { readonly id: (name: string) => string; readonly otherwise: Record<string, Ending> }>
> = {
  claudeMessages: {
    id: (name) => `us.anthropic.claude-3-stand-in.${name}-v1:0`,
    otherwise: { 'stop-content-filtered': done('refusal') },
  },
  claudeText: {
    id: (name) => `anthropic.claude-v2-stand-in.${name}`,
    otherwise: {},
  },
  titanText: {
    id: (name) => `amazon.titan-text-stand-in.${name}`,
    otherwise: {
      'stop-context-window': done('MODEL_CONTEXT_WINDOW_EXCEEDED'),
      'stop-refusal': done('REFUSAL'),
      'stop-malformed-output': done('MALFORMED_MODEL_OUTPUT'),
      'stop-malformed-tool': done('MALFORMED_TOOL_USE'),
      'stop-tool-use': done('TOOL_USE'),
      'stop-unheard-of': done('UNHEARD_OF'),
    },
  },
};

/** Shorter where a number makes it so. */
const models: Readonly<Record<string, string>> = {
  slow: 'slow-1',
  long: 'long-50',
  'nested-quotes': 'nested-quotes-50',
};

const endingOf = (outcome: Outcome | undefined): unknown =>
  outcome && ('failure' in outcome ? [outcome.kind, outcome.failure.kind] : Object.values(outcome));

/** Asks; what would never end is aborted: `silence` once asked, `stall` once it has said something. */
async function played(gateway: Gateway, name: string, asking: Asking): Promise<Asked> {
  const stopping = new AbortController();
  if (name === 'silence') void gateway.waitFor(({ body }) => body !== '').then(() => stopping.abort());
  return asked(gateway, {
    model: `stand-in.${models[name] ?? name}`,
    signal: stopping.signal,
    onEvent: ({ type }) => name === 'stall' && type === 'text' && stopping.abort(),
    ...asking,
  });
}

/** Node drops what a torn connection had brought but nobody had read: this one is torn a while after its text. */
const paceOf = (name: string) => ({ pace: name === 'cut-connection' ? 2 : 0 });

/** The order that every reply keeps, however it ends. */
function assertOrder(events: readonly ReplyEvent[]): void {
  const types = events.map(({ type }) => type);
  assert.equal(types[0], 'attempt');
  assert.equal(types.at(-1), 'ended');
  assert.equal(types.filter((type) => type === 'ended').length, 1);
  const first = types.findIndex((type) => type === 'text' || type === 'reasoning');
  if (first >= 0) {
    assert.ok(types.indexOf('response') < first, 'answered after its text');
    assert.ok(types.lastIndexOf('attempt') < first, 'another attempt after text');
  }
}

describe('a reply ends', () => {
  closeGatewaysAfterEach();

  it('in a known way for every behaviour of the stand-in', () =>
    assert.deepEqual(Object.keys(endings).sort(), Object.keys(behaviours).sort()));

  for (const name of Object.keys(behaviours)) {
    const ending = endings[name] ?? failed('unknown');
    const endless = ending[0] === 'endless';
    it(`${name}: ${endless ? 'only when stopped' : ending.join(' ')}`, async () => {
      const gateway = await openGateway(paceOf(name));
      const { events, reply } = await played(gateway, name, {});
      assertOrder(events);
      assert.deepEqual(endingOf(reply.outcome), endless ? ['stopped'] : ending);
      assert.equal(reply.text !== '', ending[0] === 'cut' || name === 'stall' || saysSomething(name, ending));
    });

    // Nothing cuts a whole answer: a behaviour that breaks a stream off is done without one.
    const ofStreams = ending[0] === 'cut' || name.startsWith('first-');
    if (!endless && !name.startsWith('throttl') && !name.startsWith('unavail')) {
      it(`${name}: ${ofStreams ? 'done' : ending.join(' ')}, asked for in one piece`, async () => {
        const { events, reply } = await played(await openGateway(), name, { stream: 'off' });
        assertOrder(events);
        assert.deepEqual(endingOf(reply.outcome), ofStreams ? done() : ending);
      });
    }
  }
});

for (const [family, { id, otherwise }] of Object.entries(natives)) {
  describe(`a reply in the body of ${family} ends`, () => {
    closeGatewaysAfterEach();

    for (const name of Object.keys(behaviours).filter((each) => !/^(edge|gateway)-/.test(each))) {
      const ending = otherwise[name] ?? endings[name] ?? failed('unknown');
      const endless = ending[0] === 'endless';
      it(`${name}: ${endless ? 'only when stopped' : ending.join(' ')}`, async () => {
        const gateway = await openGateway(paceOf(name));
        const model = id(models[name] ?? name);
        const { events, reply } = await played(gateway, name, { api: 'invoke', model });
        assertOrder(events);
        assert.deepEqual(endingOf(reply.outcome), endless ? ['stopped'] : ending);
        assert.equal(gateway.log.at(-1)!.operation, 'invoke-with-response-stream');
      });
    }
  });
}

/** Whether a reply that arrives whole has text: a refusal has none, and one is empty on purpose. */
const saysSomething = (name: string, [kind]: Ending) =>
  (kind === 'done' && name !== 'empty') || (kind === 'blocked' && name.startsWith('stop-'));

describe('a failure', () => {
  closeGatewaysAfterEach();

  it("never tells the names of the gateway's stored keys", async () => {
    const gateway = await openGateway({ storedKeys: ['', 'production-payroll'] });
    const { reply } = await asked(gateway, { authentication: 'gateway', gateway: { keyAlias: 'nope' } });
    assert.deepEqual(endingOf(reply.outcome), ['failed', 'gatewayKeyNotStored']);
    assert.doesNotMatch(JSON.stringify(reply), /production-payroll/);
  });

  it('carries status, code, model, and the names under which it can be found', async () => {
    const gateway = await openGateway();
    const { reply, events } = await asked(gateway, { model: 'stand-in.not-found' });
    assert.ok(reply.outcome?.kind === 'failed');
    const { details, requestIds } = reply.outcome.failure;
    assert.equal(details.status, 404);
    assert.equal(details.code, 'ResourceNotFoundException');
    assert.equal(details.model, 'stand-in.not-found');
    assert.match(details.message!, /^Could not resolve/);
    assert.ok(requestIds.logId && requestIds.eventId && requestIds.ray && requestIds.awsRequestId);
    assert.deepEqual(reply.requestIds, requestIds);
    assert.equal(events.filter(({ type }) => type === 'response').length, 1);
  });

  it('of a port ends the reply too, with nothing sent', async () => {
    const gateway = await openGateway();
    const gatewayToken = () => Promise.resolve(undefined);
    const locked = new Error('locked');
    const failing = [
      () => Promise.reject(locked),
      () => {
        throw locked;
      },
    ];
    for (const awsCredentials of failing) {
      const { events, reply } = await asked(gateway, {
        ports: { secrets: { awsCredentials, apiKey: gatewayToken, gatewayToken } },
      });
      assertOrder(events);
      assert.ok(reply.outcome?.kind === 'failed');
      const { kind, cause } = reply.outcome.failure;
      assert.equal(kind, 'secretsUnreadable');
      assert.ok(cause instanceof Error && cause.cause === locked);
    }
    assert.equal(gateway.log.length, 0);
  });

  it("tells of a finding of the gateway's data loss prevention", async () => {
    const gateway = await openGateway();
    const flagged = await asked(gateway, { model: 'stand-in.dlp-flag' });
    assert.deepEqual(flagged.reply.requestIds.dataLoss, {
      action: 'flag',
      policies: ['stand-in-policy'],
      profiles: ['c8932cc4-stand-in'],
      where: ['prompt'],
    });
    const { reply } = await asked(gateway, { model: 'stand-in.gateway-2029' });
    assert.ok(reply.outcome?.kind === 'blocked');
    assert.equal(reply.outcome.failure.requestIds.dataLoss?.action, 'block');
    assert.deepEqual(reply.outcome.failure.details.dataLoss, reply.outcome.failure.requestIds.dataLoss);
    assert.equal(reply.outcome.failure.details.blocked, 'prompt');
  });
});
