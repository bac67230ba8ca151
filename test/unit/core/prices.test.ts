// What replies cost, against AWS's public price list. Its figures stand here as literals, with where and when
// they were read; what the library says is compared with them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findProvider } from '@pydantic/genai-prices';
import { failure } from '../../../src/core/failure';
import { type Cost, pricedId } from '../../../src/core/prices';
import { type Reply, type Usage, newReply } from '../../../src/core/reply';
import { costOfReply, costOfUsage, edition, listPrice } from '../../../src/prices.chunk';
import { project } from '../../vscode/project';

const at = Date.UTC(2026, 10, 22);

/**
 * USD per million tokens: input, output, cache read, cache write (for 5 minutes); null where AWS has no such price.
 *
 * AWS's public list is machine-readable: https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/ then
 * AmazonBedrock/current/us-east-1/index.json (Nova, Llama and others, per 1,000 tokens) and
 * AmazonBedrockFoundationModels/… (Claude, per million). https://aws.amazon.com/bedrock/pricing/ shows the same.
 * Where it could not be read itself, the project that copied the figure from it is named.
 */
const listed: Record<string, readonly [number, number, number | null, number | null]> = {
  // “Claude Sonnet 4.5 (Amazon Bedrock Edition)” and “Claude Haiku 4.5 …”: the pricing page's two tables, Global
  // and Geo/In-region cross-region inference, as of 2026-07 in redpanda-data/ai-sdk-go (providers/bedrock).
  'global.anthropic.claude-sonnet-4-5-20250929-v1:0': [3, 15, 0.3, 3.75],
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0': [3.3, 16.5, 0.33, 4.125],
  'jp.anthropic.claude-sonnet-4-5-20250929-v1:0': [3.3, 16.5, 0.33, 4.125],
  'global.anthropic.claude-haiku-4-5-20251001-v1:0': [1, 5, 0.1, 1.25],
  'eu.anthropic.claude-haiku-4-5-20251001-v1:0': [1.1, 5.5, 0.11, 1.375],
  // AmazonBedrock of 2026-08-20, us-east-1, read on 2026-08-23: USE1-NovaPro-input-tokens 0.0008,
  // -output-tokens 0.0032, -cache-read-input-token-count 0.0002, -cache-write-input-token-count 0;
  // USE1-NovaLite-… 0.00006, 0.00024, 0.000015, 0.
  'us.amazon.nova-pro-v1:0': [0.8, 3.2, 0.2, 0],
  'amazon.nova-lite-v1:0': [0.06, 0.24, 0.015, 0],
  // AmazonBedrock of 2026-07-07, us-east-1: USE1-Nova2.0Lite-…, and the same with -cross-region-global.
  'us.amazon.nova-2-lite-v1:0': [0.33, 2.75, 0.0825, 0],
  'global.amazon.nova-2-lite-v1:0': [0.3, 2.5, 0.075, 0],
  // The pricing page on 2025-07-20 (convo-lang/convo-lang, bedrock-pricing.md): $0.00024 and $0.00097 per 1,000.
  'us.meta.llama4-maverick-17b-instruct-v1:0': [0.24, 0.97, null, null],
};

const usage: Usage = { input: 1204, output: 310, cacheRead: 20_480, cacheWrite: 4096 };
const target = (model: string, region = 'us-east-1') =>
  ({ model, region, api: 'converse', stream: 'auto' }) as const;
const cost = (model: string, of: Usage = usage, own?: Parameters<typeof costOfUsage>[2]) =>
  costOfUsage(of, target(model), own, at);

/** To a billionth of a dollar. */
function assertUsd(cost: Cost | undefined, expected: number): void {
  assert.ok(cost?.kind === 'sum', JSON.stringify(cost));
  assert.ok(Math.abs(cost.usd - expected) < 1e-9, `${cost.usd} is not ${expected}`);
}

describe('the price list', () => {
  for (const [model, [input, output, read, write]] of Object.entries(listed)) {
    it(`knows ${model}`, () => {
      const { price } = listPrice(model, { region: 'us-east-1', tokensIn: 1, at: new Date(at) }) ?? {};
      assert.deepEqual(price, {
        input,
        output,
        ...(read !== null && { cacheRead: read }),
        ...(write !== null && { cacheWrite: write }),
      });
    });
  }

  it('adds up four buckets, each at its own price', () => {
    // By hand: 1204 × 3 + 310 × 15 + 20480 × 0.3 + 4096 × 3.75 = 3612 + 4650 + 6144 + 15360 = 29766 millionths.
    assertUsd(cost('global.anthropic.claude-sonnet-4-5-20250929-v1:0'), 0.029766);
    // 1204 × 1.1 + 310 × 5.5 + 20480 × 0.11 + 4096 × 1.375 = 1324.4 + 1705 + 2252.8 + 5632 = 10914.2
    assertUsd(cost('eu.anthropic.claude-haiku-4-5-20251001-v1:0'), 0.0109142);
    // 1204 × 0.8 + 310 × 3.2 + 20480 × 0.2 + 0 = 963.2 + 992 + 4096 = 6051.2
    assertUsd(cost('us.amazon.nova-pro-v1:0'), 0.0060512);
    // 1204 × 0.06 + 310 × 0.24 + 20480 × 0.015 + 0 = 72.24 + 74.4 + 307.2 = 453.84
    assertUsd(cost('amazon.nova-lite-v1:0'), 0.00045384);
    // 1204 × 0.24 + 310 × 0.97 = 288.96 + 300.7 = 589.66
    const plain = { ...usage, cacheRead: 0, cacheWrite: 0 };
    assertUsd(cost('us.meta.llama4-maverick-17b-instruct-v1:0', plain), 0.00058966);
  });

  it('says of what day it is, and what it took', () => {
    assert.deepEqual(cost('amazon.nova-lite-v1:0', { input: 7, output: 0, cacheRead: 5, cacheWrite: 0 }), {
      kind: 'sum',
      source: 'list',
      usd: (7 * 0.06 + 5 * 0.015) / 1e6,
      parts: [
        { bucket: 'input', tokens: 7, perMillion: 0.06 },
        { bucket: 'cacheRead', tokens: 5, perMillion: 0.015 },
      ],
      asOf: edition.date,
      approximate: false,
    });
  });

  it('is of the package’s version, whose day is known', () => {
    const file = path.join(project, 'node_modules', '@pydantic', 'genai-prices', 'package.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    assert.equal(edition.version, version, 'renew the date in src/prices.chunk.ts with the version');
  });

  it('knows a model by an ARN that names it, and no other ARN', () => {
    const named = {
      'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0': 'amazon.nova-lite-v1:0',
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0':
        'us.amazon.nova-pro-v1:0',
      'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6': undefined,
      'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/a1b2c3d4e5f6': undefined,
      'arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.nova-lite-v1:0/abc': undefined,
      'amazon.nova-lite-v1:0': 'amazon.nova-lite-v1:0',
    };
    for (const [arn, id] of Object.entries(named)) {
      assert.equal(pricedId(arn), id);
      assert.equal(cost(arn).kind, id === undefined ? 'unknown' : 'sum', arn);
    }
  });

  it('does not take a model for another whose ID begins alike', () => {
    for (const model of [
      'global.anthropic.claude-sonnet-5-1',
      'us.anthropic.claude-opus-4-5-mini',
      'amazon.nova-lite-2-v1:0',
      'anthropic.claude-v2:1',
      'made.up-model',
      'custom/amazon.nova-lite-v1:0',
    ])
      assert.deepEqual(cost(model), { kind: 'unknown', because: 'noPrice' }, model);
  });

  it('says where it may not be the region’s price', () => {
    const approximate = (model: string, region: string) =>
      listPrice(model, { region, tokensIn: 1, at: new Date(at) })?.approximate;
    assert.equal(approximate('amazon.nova-lite-v1:0', 'us-west-2'), false);
    // In Tokyo AWS asks 1.2 times as much: APN1-NovaPro-cache-read-input-token-count is 0.00024 per 1,000.
    assert.equal(approximate('apac.amazon.nova-pro-v1:0', 'ap-northeast-1'), true);
    assert.equal(approximate('global.anthropic.claude-sonnet-5', 'ap-northeast-1'), false);
    assert.equal(approximate('jp.anthropic.claude-sonnet-4-5-20250929-v1:0', 'ap-northeast-1'), false);
    assert.equal(approximate('us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0', 'us-gov-west-1'), true);
  });

  it('is not told of a prompt so long that AWS has another price for it', () => {
    const of = (model: string, tokensIn: number) =>
      listPrice(model, { region: 'us-east-1', tokensIn, at: new Date(at) })?.price.input;
    for (const model of [
      'us.anthropic.claude-sonnet-4-20250514-v1:0',
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    ]) {
      assert.ok(of(model, 200_000));
      assert.equal(of(model, 200_001), undefined);
    }
    // One price for all lengths.
    assert.equal(of('global.anthropic.claude-sonnet-4-6', 900_000), 3);
    assert.equal(of('global.anthropic.claude-opus-4-6-v1', 900_000), 5);
  });

  it('changes with a day, not with the time of one: it is looked up once a day', () => {
    const models = JSON.stringify(findProvider({ providerId: 'aws' })?.models);
    assert.match(models, /"type":"start_date"/);
    assert.doesNotMatch(models, /time_of_date/);
  });

  it('is quickly found again, of any size and region', () => {
    const day = 86_400_000;
    const took = (count: number, step: number) => {
      const began = performance.now();
      for (let index = 0; index < count; index += 1)
        costOfUsage(
          { ...usage, input: index },
          target('global.openai.gpt-5.6-luna', `us-${index % 3}`),
          undefined,
          at + 1000 * day + index * step,
        );
      return performance.now() - began;
    };
    const days = took(500, day);
    const oneDay = took(5000, 1);
    assert.ok(oneDay < days, `5,000 of a day took ${oneDay} ms, 500 days ${days} ms`);
  });

  it('goes up with the size of the prompt where AWS’s does', () => {
    const of = (tokensIn: number) =>
      listPrice('openai.gpt-5.6-luna', { region: 'us-east-1', tokensIn, at: new Date(at) })?.price.input;
    // By the package's notes: from 272,000 tokens on, input costs twice as much.
    assert.equal(of(271_999), 0.22);
    assert.equal(of(272_000), 0.44);
  });
});

describe('an own price', () => {
  const own = { input: 2, output: 8 };
  const plain = { ...usage, cacheRead: 0, cacheWrite: 0 };

  it('goes before the list', () => {
    const model = 'amazon.nova-lite-v1:0';
    assertUsd(cost(model, plain, own), (1204 * 2 + 310 * 8) / 1e6);
    const sum = cost(model, plain, own);
    assert.ok(sum.kind === 'sum' && sum.source === 'settings' && !('asOf' in sum));
  });

  it('is all there is for a model that the list does not know', () => {
    assertUsd(cost('made.up-model', plain, own), (1204 * 2 + 310 * 8) / 1e6);
    assertUsd(cost('made.up-model', plain, { input: 0, output: 0 }), 0);
  });

  it('leaves the cost unknown where it lacks a bucket: the list does not step in', () => {
    for (const model of ['made.up-model', 'amazon.nova-lite-v1:0'])
      assert.deepEqual(cost(model, usage, own), {
        kind: 'unknown',
        because: 'noBucketPrice',
        bucket: 'cacheRead',
      });
    assertUsd(cost('made.up-model', usage, { ...own, cacheRead: 1, cacheWrite: 3 }), 0.037656);
  });

  it('that is none leaves the cost unknown', () =>
    assert.deepEqual(cost('amazon.nova-lite-v1:0', usage, 'invalid'), {
      kind: 'unknown',
      because: 'ownInvalid',
    }));
});

describe('the cost of a reply', () => {
  const began = newReply(at);
  const done = {
    ...began,
    text: 'Yes.',
    endedAt: at,
    outcome: { kind: 'done', stopReason: 'end_turn' },
  } as const;
  const of = (reply: Reply, model = 'amazon.nova-lite-v1:0') => costOfReply(reply, target(model), undefined);

  it('is known once its tokens are', () => {
    assert.equal(of(began), undefined);
    assert.equal(of({ ...began, usage })?.kind, 'sum');
    assert.equal(of({ ...done, usage })?.kind, 'sum');
  });

  it('is unknown where no tokens came, never 0', () => {
    const noUsage = { kind: 'unknown', because: 'noUsage' };
    assert.deepEqual(of(done), noUsage);
    assert.deepEqual(of({ ...done, outcome: { kind: 'stopped' } }), noUsage);
    assert.equal(of({ ...done, text: '', outcome: { kind: 'stopped' } }), undefined);
  });

  it('is unknown where it was stopped while the model may have worked, and nothing where it may not', () => {
    const sent = { method: 'POST', protocol: 'https:', host: 'h', path: '/', headers: [], size: 9 };
    const stoppedIn = (times: object) => {
      const wire = { attempt: 1, operation: 'converse-stream', startedAt: at, stopped: true } as const;
      const wires = [{ ...wire, sent, times: { sent: 1, ended: 9, ...times } }];
      return of({ ...done, text: '', outcome: { kind: 'stopped' }, wires });
    };
    const noUsage = { kind: 'unknown', because: 'noUsage' };
    assert.deepEqual(stoppedIn({ found: 2, reached: 3, connected: 4 }), noUsage);
    // Whether it was connected is not known.
    assert.deepEqual(stoppedIn({}), noUsage);
    assert.equal(stoppedIn({ found: 2 }), undefined);
    assert.equal(stoppedIn({ found: 2, reached: 3 }), undefined);
  });

  it('is unknown where the list lacks the price of a bucket that has tokens', () =>
    assert.deepEqual(of({ ...done, usage }, 'us.meta.llama4-maverick-17b-instruct-v1:0'), {
      kind: 'unknown',
      because: 'noBucketPrice',
      bucket: 'cacheRead',
    }));

  it('is nothing when the gateway answered out of its cache', () => {
    const hit = { ...done, usage, trace: { cache: 'HIT' } } as const;
    assert.equal(of({ ...done, usage, trace: { cache: 'MISS' } })?.kind, 'sum');
    // What it saved is what it would have cost.
    assert.deepEqual(of(hit), { kind: 'gatewayCache', saved: of({ ...done, usage }) });
    assert.deepEqual(of(hit, 'made.up-model'), {
      kind: 'gatewayCache',
      saved: { kind: 'unknown', because: 'noPrice' },
    });
    assert.deepEqual(of({ ...done, trace: { cache: 'HIT' } }), { kind: 'gatewayCache' });
  });

  it('is not known when the gateway answered so after an attempt that arrived damaged', () => {
    const cached = { ...done, usage, trace: { cache: 'HIT' }, damaged: true } as const;
    assert.deepEqual(of(cached), { kind: 'unknown', because: 'noUsage' });
  });

  it('is at least the sum after an attempt that arrived damaged', () => {
    for (const because of ['streamDamaged', 'busy'] as const) {
      const sum = of({ ...done, usage, attempts: 3, because, damaged: true });
      assert.ok(sum?.kind === 'sum' && sum.atLeast);
    }
    const busy = of({ ...done, usage, attempts: 2, because: 'busy' });
    assert.ok(busy?.kind === 'sum' && !busy.atLeast);
  });

  it('is unknown after an attempt that arrived damaged, where the repeat failed', () => {
    const outcome = { kind: 'failed', failure: failure('throttled') } as const;
    const failed = { ...done, text: '', outcome };
    assert.equal(of(failed), undefined);
    assert.deepEqual(of({ ...failed, damaged: true }), { kind: 'unknown', because: 'noUsage' });
  });
});
