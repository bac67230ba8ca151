// Requests added up, and what they would have cost otherwise.
import assert from 'node:assert/strict';
import { monthOf, reached } from '../../../../src/core/activity/month';
import { beginningOf, localDay, nextDay } from '../../../../src/core/activity/period';
import type { ActivityRecord } from '../../../../src/core/activity/record';
import { UsageSum, percentile, usageOf } from '../../../../src/core/activity/usage';
import type { Usage } from '../../../../src/core/model/usage';
import { type Estimate, estimateScenario } from '../../../../src/core/activity/scenario';

const noon = new Date(2026, 10, 23, 12).getTime();
const record = (fields: Partial<ActivityRecord> = {}): ActivityRecord => ({
  at: noon,
  id: 'a',
  conversation: 'c',
  surface: 'ask',
  model: 'one',
  region: 'us-east-1',
  gateway: 'g',
  authentication: 'accessKeys',
  outcome: 'done',
  attempts: 1,
  total: 100,
  ...fields,
});
const tokens = { input: 10, output: 20, cacheRead: 1, cacheWrite: 2, cacheWrite1h: 1 };

describe('usage', () => {
  const records = [
    record({ ...tokens, usd: 0.5, firstText: 100, cache: 'MISS' }),
    record({ ...tokens, usd: 0, savedUsd: 0.5, firstText: 10, cache: 'HIT' }),
    record({ outcome: 'failed', failure: 'throttled', attempts: 3, model: 'two' }),
    record({ outcome: 'cut', costUnknown: 'noUsage', firstText: 300, model: 'two' }),
    record({ outcome: 'blocked', model: 'two', at: noon - 86_400_000 }),
    record({ ...tokens, outcome: 'stopped', usd: 0.25, atLeast: true, model: 'two', borrowedFrom: 'One' }),
  ];

  it('is added up by model', () => {
    const { rows, total } = usageOf(records, 'model');
    assert.deepEqual(
      rows.map(({ key }) => key),
      ['one', 'two'],
    );
    assert.deepEqual(rows[0], {
      key: 'one',
      requests: 2,
      attempts: 2,
      errors: 0,
      hits: 1,
      cacheLookups: 2,
      // The hit's tokens are nobody's.
      ...tokens,
      usd: 0.5,
      uncertain: 0,
      borrowed: 0,
      median: 10,
      p95: 100,
      saved: 0.5,
      savedUncertain: 0,
    });
    assert.deepEqual(rows[1], {
      key: 'two',
      requests: 4,
      attempts: 6,
      errors: 3,
      hits: 0,
      cacheLookups: 0,
      ...tokens,
      usd: 0.25,
      uncertain: 2,
      borrowed: 1,
      median: 300,
      p95: 300,
      saved: 0,
      savedUncertain: 0,
    });
    assert.equal(total.requests, 6);
    assert.equal(total.usd, 0.75);
    assert.equal(total.median, 100);
  });

  it('of all is that of its parts, wherever the record is divided', () => {
    const sumOf = (part: readonly ActivityRecord[]) => {
      const sum = new UsageSum('model');
      part.forEach((each) => sum.add(each));
      return sum;
    };
    for (let at = 0; at <= records.length; at++) {
      const sum = sumOf(records.slice(0, at));
      sum.addAll(sumOf(records.slice(at)));
      assert.deepEqual(sum.report, usageOf(records, 'model'));
    }
  });

  it('is added up by the days of the user', () => {
    const { rows } = usageOf(records, 'day');
    assert.deepEqual(
      rows.map(({ key, requests }) => [key, requests]),
      [
        ['2026-11-23', 5],
        ['2026-11-22', 1],
      ],
    );
  });

  it('of records from before the cache was counted by hours counts none', () => {
    const { cacheWrite1h, ...before } = tokens;
    const { total } = usageOf([record(before), record({ ...before, cacheWrite1h })], 'model');
    assert.deepEqual([total.cacheWrite, total.cacheWrite1h], [4, 1]);
  });

  it('tells the hits of which it is not known what they saved', () => {
    const hit = { cache: 'HIT', usd: 0 } as const;
    const { total } = usageOf(
      [record({ ...hit, savedUsd: 2 }), record(hit), record({ cache: 'MISS' })],
      'model',
    );
    assert.deepEqual([total.saved, total.savedUncertain], [2, 1]);
  });

  it('of nothing is nothing', () => {
    const { rows, total } = usageOf([], 'model');
    assert.deepEqual([rows.length, total.requests, total.median], [0, 0, undefined]);
  });

  it('has percentiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    assert.deepEqual([percentile(hundred, 50), percentile(hundred, 95)], [50, 95]);
    assert.deepEqual([percentile([7], 50), percentile([7], 95), percentile([], 95)], [7, 7, undefined]);
    assert.equal(percentile([1, 2, 3, 4], 50), 2);
  });
});

describe('periods', () => {
  const day = (month: number, date: number) => new Date(2026, month, date).getTime();
  it('are whole days of the user, today the last', () => {
    assert.deepEqual(
      (['today', 'sevenDays', 'thirtyDays', 'month', 'all'] as const).map((period) =>
        beginningOf(period, noon),
      ),
      [day(10, 23), day(10, 17), day(9, 25), day(10, 1), -Infinity],
    );
    assert.equal(localDay(noon), '2026-11-23');
  });

  it('a day lasts until the next, also at the end of a year', () => {
    assert.equal(nextDay(noon), day(10, 24));
    assert.equal(nextDay(new Date(2026, 11, 31, 23, 59).getTime()), new Date(2027, 0, 1).getTime());
    assert.equal(nextDay(day(10, 23)), day(10, 24));
  });

  it('a month lasts until the next, also in December', () => {
    const { from, to, name } = monthOf(new Date(2026, 11, 31, 23, 59).getTime());
    assert.deepEqual([from, to, name], [day(11, 1), day(12, 1), '2026-12']);
  });
});

describe('a budget', () => {
  it('is reached at 80 and at 100 percent; 0 is none', () => {
    assert.deepEqual(
      [
        [7.99, 10],
        [8, 10],
        [9.99, 10],
        [10, 10],
        [11, 10],
        [11, 0],
      ].map(([usd, budget]) => reached(usd!, budget!)),
      [undefined, 80, 80, 100, 100, undefined],
    );
  });

  it('is spent by what is known to have cost; what is not known is counted', () => {
    const spent = [record({ usd: 1 }), record({ costUnknown: 'noUsage' }), record({ usd: 2, atLeast: true })];
    const sum = new UsageSum('model');
    assert.deepEqual(sum.spending, { usd: 0, uncertain: 0 });
    for (const each of spent) sum.add(each);
    assert.deepEqual(sum.spending, { usd: 3, uncertain: 2 });
  });
});

describe('what if', () => {
  const asked = (at: number, fields: Partial<ActivityRecord> = {}) =>
    record({ at: noon + at * 1000, prompt: 'p', input: 1, output: 1, usd: 1, ...fields });
  const estimate = (fields: Partial<Estimate>): Estimate => ({
    usd: 0,
    atLeast: false,
    wasAtLeast: false,
    difference: 0,
    hits: 0,
    unpriced: 0,
    uncompared: 0,
    ...fields,
  });

  it('a cache had kept answers: those of equal prompts, until their time is over, are hits', () => {
    const records = [asked(0), asked(50), asked(70), asked(80, { prompt: 'q' }), asked(120)];
    assert.deepEqual(estimateScenario(records, { ttl: 60 }), estimate({ usd: 3, difference: -2, hits: 2 }));
  });

  it('each gateway has a cache of its own, which has a reply from its end on', () => {
    const elsewhere = { gateway: 'other' };
    assert.equal(
      estimateScenario([asked(0), asked(10, elsewhere), asked(20, elsewhere)], { ttl: 60 }).hits,
      1,
    );
    const long = { total: 40_000 };
    assert.equal(estimateScenario([asked(0, long), asked(39), asked(41)], { ttl: 60 }).hits, 1);
    assert.equal(estimateScenario([asked(0, long), asked(99)], { ttl: 60 }).hits, 1);
    // Of two at a time, the one that ends first.
    assert.equal(estimateScenario([asked(0, long), asked(1), asked(2)], { ttl: 60 }).hits, 1);
    assert.equal(estimateScenario([asked(0), asked(0.01, long), asked(1)], { ttl: 60 }).hits, 1);
  });

  it('no cache answers who wants another answer, which it keeps from then on', () => {
    const records = [asked(0), asked(10, { anew: true }), asked(20)];
    assert.deepEqual(estimateScenario(records, { ttl: 60 }), estimate({ usd: 2, difference: -1, hits: 1 }));
  });

  it('more was sent than was counted: the sum is the least, unless a cache had it', () => {
    const records = [asked(0), asked(1, { atLeast: true })];
    assert.deepEqual(estimateScenario(records, {}), estimate({ usd: 2, atLeast: true, wasAtLeast: true }));
    const { atLeast, wasAtLeast } = estimateScenario(records, { ttl: 60 });
    assert.deepEqual([atLeast, wasAtLeast], [false, true]);
  });

  it('it keeps nothing of what did not end well', () => {
    const records = [asked(0, { outcome: 'cut' }), asked(10), asked(20)];
    assert.deepEqual(estimateScenario(records, { ttl: 60 }), estimate({ usd: 2, difference: -1, hits: 1 }));
  });

  it('it had kept them for a shorter time: what was a hit would have cost what it saved', () => {
    const records = [asked(0), asked(3000, { cache: 'HIT', usd: 0, savedUsd: 1 })];
    assert.deepEqual(estimateScenario(records, { ttl: 60 }), estimate({ usd: 2, difference: 1 }));
  });

  it('another model had been asked: tokens at its price, hits stay hits, what is not known stays so', () => {
    const price = () => ({ kind: 'sum', source: 'list', usd: 5, parts: [] }) as const;
    const records = [
      asked(0),
      asked(1, { cache: 'HIT', usd: 0, savedUsd: 1 }),
      record({ costUnknown: 'noUsage' }),
      record({ outcome: 'failed' }),
    ];
    assert.deepEqual(
      estimateScenario(records, { price }),
      estimate({ usd: 5, difference: 4, hits: 1, unpriced: 1 }),
    );
  });

  it('another model had been asked: what the prompt cache keeps for an hour is told its price', () => {
    const told: Usage[] = [];
    const price = (usage: Usage) => {
      told.push(usage);
      return { kind: 'sum', source: 'list', usd: 1, parts: [] } as const;
    };
    const { cacheWrite1h, ...before } = tokens;
    estimateScenario([record({ ...before, cacheWrite1h }), record(before)], { price });
    assert.deepEqual(
      told.map((usage) => [usage.cacheWrite, usage.cacheWrite1h]),
      [
        [2, 1],
        [2, 0],
      ],
    );
  });

  it('a model without a price had been asked: nothing is made up', () => {
    const price = () => ({ kind: 'unknown', because: 'noPrice' }) as const;
    assert.deepEqual(
      estimateScenario([asked(0)], { price }),
      estimate({ difference: undefined, unpriced: 1 }),
    );
    // Nor by those that were free anyway.
    const free = [asked(1, { cache: 'HIT', usd: 0, savedUsd: 1 }), record({ outcome: 'failed' })];
    assert.equal(estimateScenario([asked(0), ...free], { price }).difference, undefined);
  });

  it('is compared with what the same requests did cost', () => {
    const price = (usage: Usage) =>
      usage.input > 1
        ? ({ kind: 'unknown', because: 'noPrice' } as const)
        : ({ kind: 'sum', source: 'list', usd: 5, parts: [] } as const);
    const [dear, unknownBefore] = [{ input: 2, usd: 100 }, { costUnknown: 'noPrice' as const }];
    const { usd: _, ...unpaid } = asked(2, unknownBefore);
    assert.deepEqual(
      estimateScenario([asked(0), asked(1, dear), unpaid], { price }),
      estimate({ usd: 5, difference: 4, unpriced: 1, uncompared: 1 }),
    );
    assert.deepEqual(
      estimateScenario([unpaid], { price }),
      estimate({ usd: 5, difference: undefined, uncompared: 1 }),
    );
  });

  it('a cache had kept answers of before: their repeats are hits, they themselves count for nothing', () => {
    const earlier = [asked(-50), asked(-40, { prompt: 'q', outcome: 'failed' })];
    const records = [asked(0), asked(5, { prompt: 'q' }), asked(8)];
    assert.deepEqual(
      estimateScenario(records, { ttl: 60 }, earlier),
      estimate({ usd: 1, difference: -2, hits: 2 }),
    );
    assert.deepEqual(estimateScenario(records, {}, earlier), estimate({ usd: 3 }));
  });
});
