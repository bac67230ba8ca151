import assert from 'node:assert/strict';
import { type AttemptHistory, retryPolicy } from '../../../src/core/retryPolicy';
import { type FailureKind, failure, stageOf } from '../../../src/core/model/failure';
import { arn, prepared, sonnet, withColon } from '../asking';
import type { RetryReason } from '../../../src/core/model/attemptRecord';
import type { Plan } from '../../../src/core/model/attempt';
import type { FailureDetails } from '../../../src/core/model/failureDetails';
import type { Request } from '../../../src/core/model/request';

const plan: Plan = { streams: true, colon: 'encoded', clockOffset: 0 };
const now = 1_000_000;
const { request } = prepared({ url: 'https://ai.example.com' }, { model: withColon });
const modelled = (model: string) => ({ ...request, target: { ...request.target, model } });

interface Case extends Partial<AttemptHistory> {
  readonly model?: string;
  readonly retryAfter?: number;
  readonly facts?: FailureDetails;
}

function next(kind: FailureKind, { model = withColon, retryAfter, facts, ...history }: Case = {}) {
  return retryPolicy(
    failure(kind, facts, { retryAfter }),
    { plan, retries: [], hasVisibleText: false, now, ...history },
    modelled(model),
  );
}

/** Of each kind that another attempt may mend: why it would be made, and what the failure has to tell for it. */
const mended: Partial<Record<FailureKind, { because: RetryReason } & Case>> = {
  serviceUnavailable: { because: 'busy' },
  throttled: { because: 'busy' },
  modelNotReady: { because: 'busy' },
  gatewayUnavailable: { because: 'busy' },
  proxyFailed: { because: 'busy', facts: { status: 503 } },
  gatewayRateLimited: { because: 'busy', retryAfter: 1000 },
  gatewayEdgeLimited: { because: 'busy', retryAfter: 1000 },
  nameServerUnreachable: { because: 'offline' },
  networkUnreachable: { because: 'offline' },
  clockSkewed: { because: 'clock', facts: { serverTime: now + 600_000 } },
  signatureRejected: { because: 'colonRewritten' },
  changedOnTheWay: { because: 'colonRewritten', facts: { changed: 'path' } },
  streamDamaged: { because: 'streamDamaged' },
};

describe('another attempt', () => {
  for (const kind of Object.keys(stageOf) as FailureKind[]) {
    const how = mended[kind];
    it(`${kind}: ${how?.because ?? 'none'}`, () => assert.equal(next(kind, how)?.because, how?.because));
    if (how)
      it(`${kind}: none once something was shown`, () => {
        assert.equal(next(kind, { ...how, hasVisibleText: true }), undefined);
      });
  }
});

describe('while the other side is busy', () => {
  for (const kind of ['serviceUnavailable', 'throttled', 'modelNotReady'] as const) {
    it(`${kind}: three attempts in all, each after a longer wait, as before`, () => {
      assert.deepEqual(next(kind), { because: 'busy', plan, wait: 500 });
      assert.deepEqual(next(kind, { retries: ['busy'] }), { because: 'busy', plan, wait: 1000 });
      assert.equal(next(kind, { retries: ['busy', 'busy'] }), undefined);
    });
  }

  it('attempts for another reason do not count', () => {
    assert.equal(next('throttled', { retries: ['clock', 'colonRewritten', 'streamDamaged'] })?.wait, 500);
  });

  it('waits as long as it is told, up to half a minute', () => {
    assert.equal(next('throttled', { retryAfter: 0 })?.wait, 0);
    assert.equal(next('throttled', { retryAfter: 7000, retries: ['busy'] })?.wait, 7000);
    assert.equal(next('throttled', { retryAfter: 30_000 })?.wait, 30_000);
    assert.equal(next('throttled', { retryAfter: 30_001 }), undefined);
    assert.equal(next('serviceUnavailable', { retryAfter: 86_400_000 }), undefined);
  });

  it('does not multiply what a route of the gateway has tried already', () => {
    assert.equal(next('serviceUnavailable', { facts: { step: 1 } }), undefined);
    assert.equal(next('throttled', { facts: { step: 2 }, retryAfter: 1000 }), undefined);
  });

  it('leaves a proxy alone that may have asked AWS before it failed', () => {
    for (const status of [500, 502, 504]) assert.equal(next('proxyFailed', { facts: { status } }), undefined);
  });

  it("respects the gateway's own limit unless it says when to come back", () => {
    assert.equal(next('gatewayRateLimited'), undefined);
    assert.equal(next('gatewayRateLimited', { retryAfter: 2000 })?.wait, 2000);
    assert.equal(next('gatewayRateLimited', { retryAfter: 60_000 }), undefined);
  });
});

describe('without a network', () => {
  it('tries once more, a second later', () => {
    assert.deepEqual(next('networkUnreachable'), { because: 'offline', plan, wait: 1000 });
    assert.equal(next('networkUnreachable', { retries: ['offline'] }), undefined);
    assert.equal(next('nameServerUnreachable', { retries: ['busy', 'offline'] }), undefined);
  });
});

describe('with a clock that AWS does not share', () => {
  it('signs once more, by the time of AWS', () => {
    for (const serverTime of [now + 600_000, now - 600_000])
      assert.deepEqual(next('clockSkewed', { facts: { serverTime } }), {
        because: 'clock',
        plan: { ...plan, clockOffset: serverTime - now },
        wait: 0,
      });
  });

  it('does so only once, and not without knowing the time', () => {
    assert.equal(next('clockSkewed', { facts: { serverTime: now }, retries: ['busy', 'clock'] }), undefined);
    assert.equal(next('clockSkewed'), undefined);
  });

  it('keeps the corrected clock for attempts after it', () => {
    const corrected = { ...plan, clockOffset: 42 };
    assert.equal(next('throttled', { plan: corrected, retries: ['clock'] })?.plan.clockOffset, 42);
    assert.equal(next('streamDamaged', { plan: corrected, retries: ['clock'] })?.plan.clockOffset, 42);
  });
});

describe('with a signature that was refused', () => {
  for (const kind of ['signatureRejected', 'changedOnTheWay'] as const) {
    it(`${kind}: spells the colon the other way, once`, () => {
      assert.deepEqual(next(kind), {
        because: 'colonRewritten',
        plan: { ...plan, colon: 'literal' },
        wait: 0,
      });
      assert.equal(next(kind, { plan: { ...plan, colon: 'literal' } })?.plan.colon, 'encoded');
      assert.equal(next(kind, { retries: ['colonRewritten'] }), undefined);
    });

    it(`${kind}: only where there is a colon`, () => {
      assert.equal(next(kind, { model: sonnet }), undefined);
      assert.ok(next(kind, { model: arn }));
    });
  }

  it('changes nothing about the path when AWS named something else', () => {
    for (const changed of ['body', 'method', 'x-amz-date', 'host'])
      assert.equal(next('changedOnTheWay', { facts: { changed } }), undefined);
  });
});

describe('with something that the model refuses', () => {
  const thought = { type: 'reasoning', text: 'Hm', signature: 's', model: withColon } as const;
  const said = { type: 'text', text: 'A' } as const;
  const asked = { role: 'user', content: [said] } as const;
  const answered = { role: 'assistant', content: [thought, said] } as const;
  const withThought: Request = { ...request, messages: [asked, answered, asked] };
  const withPoints: Request = { ...request, cachePoints: { messages: [0] } };
  const refused = (kind: FailureKind, sent: Request, history: Partial<AttemptHistory> = {}) =>
    retryPolicy(failure(kind), { plan, retries: [], hasVisibleText: false, now, ...history }, sent);

  it('leaves out what it has thought, at once and once', () => {
    const without = { ...plan, withoutReasoning: true } as const;
    assert.deepEqual(refused('reasoningRefused', withThought), {
      ...{ because: 'reasoningDropped', plan: without, wait: 0 },
    });
    assert.equal(refused('reasoningRefused', withThought, { plan: without }), undefined);
    assert.equal(refused('reasoningRefused', withThought, { hasVisibleText: true }), undefined);
    assert.equal(refused('reasoningRefused', withPoints), undefined);
  });

  it('leaves out the cache points, at once and once', () => {
    const without = { ...plan, withoutCachePoints: true } as const;
    assert.deepEqual(refused('promptCachingNotAllowed', withPoints), {
      ...{ because: 'cachePointsDropped', plan: without, wait: 0 },
    });
    assert.equal(refused('promptCachingNotAllowed', withPoints, { plan: without }), undefined);
    assert.equal(refused('promptCachingNotAllowed', withPoints, { hasVisibleText: true }), undefined);
    assert.equal(refused('promptCachingNotAllowed', withThought), undefined);
  });

  it('keeps both, and what else was learned, for attempts after it', () => {
    const learned = { ...plan, colon: 'literal', clockOffset: 42, withoutReasoning: true } as const;
    const both = { ...withThought, ...withPoints, messages: withThought.messages };
    const retry = refused('promptCachingNotAllowed', both, { plan: learned });
    assert.deepEqual(retry?.plan, { ...learned, withoutCachePoints: true });
    for (const kind of ['throttled', 'streamDamaged'] as const) {
      const later = refused(kind, both, { plan: retry.plan });
      assert.deepEqual([later?.plan.withoutReasoning, later?.plan.withoutCachePoints], [true, true]);
    }
  });
});

describe('with a damaged stream', () => {
  it('asks for the reply in one piece, once', () => {
    const whole = { ...plan, streams: false };
    assert.deepEqual(next('streamDamaged'), { because: 'streamDamaged', plan: whole, wait: 0 });
    assert.equal(next('streamDamaged', { retries: ['streamDamaged'] }), undefined);
    assert.equal(next('streamDamaged', { plan: whole }), undefined);
  });
});
