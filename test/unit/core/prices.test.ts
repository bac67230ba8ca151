// What replies cost, against AWS's public price list. Its figures stand here as literals, with where and when
// they were read; what the library says is compared with them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { failure } from '../../../src/core/model/failure';
import { type Cost, buckets } from '../../../src/core/model/cost';
import { listedPrices } from '../../../src/prices/ownList';
import { type Reply, type ReplyEvent, newReply, reduceReply } from '../../../src/core/model/reply';
import type { Usage } from '../../../src/core/model/usage';
import { costOfReply, costOfUsage, priceListVersion, listPrice } from '../../../src/prices/prices.chunk';
import { timed } from '../threadTime';
import { project } from '../../vscode/project';

const at = Date.UTC(2026, 10, 22);

/**
 * USD per million tokens: input, output, cache read, cache write for 5 minutes, and for an hour; null where AWS has no
 * such price.
 *
 * AWS's public list is machine-readable: https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/ then
 * AmazonBedrock/current/us-east-1/index.json (Nova, Llama and others, per 1,000 tokens) and
 * AmazonBedrockFoundationModels/… (Claude, per million). https://aws.amazon.com/bedrock/pricing/ shows the same.
 * Where it could not be read itself, the project that copied the figure from it is named.
 */
const listed: Record<string, readonly (number | null)[]> = {
  // “Claude Sonnet 4.5 (Amazon Bedrock Edition)” and “Claude Haiku 4.5 …”: the pricing page's two tables, Global
  // and Geo/In-region cross-region inference, as of 2026-07 in redpanda-data/ai-sdk-go (providers/bedrock).
  'global.anthropic.claude-sonnet-4-5-20250929-v1:0': [3, 15, 0.3, 3.75, 6],
  'us.anthropic.claude-sonnet-4-5-20250929-v1:0': [3.3, 16.5, 0.33, 4.125, 6.6],
  'jp.anthropic.claude-sonnet-4-5-20250929-v1:0': [3.3, 16.5, 0.33, 4.125, 6.6],
  'global.anthropic.claude-haiku-4-5-20251001-v1:0': [1, 5, 0.1, 1.25, 2],
  'eu.anthropic.claude-haiku-4-5-20251001-v1:0': [1.1, 5.5, 0.11, 1.375, 2.2],
  // AmazonBedrockFoundationModels of 2026-10-08, us-east-1, copied by inferplane/model-comparision: all five buckets.
  'global.anthropic.claude-opus-4-5-20251101-v1:0': [5, 25, 0.5, 6.25, 10],
  'us.anthropic.claude-opus-4-5-20251101-v1:0': [5.5, 27.5, 0.55, 6.875, 11],
  // AmazonBedrock of 2026-08-20, us-east-1, read on 2026-08-23: USE1-NovaPro-input-tokens 0.0008,
  // -output-tokens 0.0032, -cache-read-input-token-count 0.0002, -cache-write-input-token-count 0;
  // USE1-NovaLite-… 0.00006, 0.00024, 0.000015, 0.
  'us.amazon.nova-pro-v1:0': [0.8, 3.2, 0.2, 0, null],
  'amazon.nova-lite-v1:0': [0.06, 0.24, 0.015, 0, null],
  // AmazonBedrock of 2026-07-07, us-east-1: USE1-Nova2.0Lite-…, and the same with -cross-region-global.
  'us.amazon.nova-2-lite-v1:0': [0.33, 2.75, 0.0825, 0, null],
  'global.amazon.nova-2-lite-v1:0': [0.3, 2.5, 0.075, 0, null],
  // The pricing page on 2025-07-20 (convo-lang/convo-lang, bedrock-pricing.md): $0.00024 and $0.00097 per 1,000.
  'us.meta.llama4-maverick-17b-instruct-v1:0': [0.24, 0.97, null, null, null],
};

const usage: Usage = { input: 1204, output: 310, cacheRead: 20_480, cacheWrite: 4096 };
const target = (model: string, region = 'us-east-1') =>
  ({ model, region, api: 'converse', stream: 'auto' }) as const;
const about = { region: 'us-east-1', tokensIn: 1, at: new Date(at) };
const cost = (model: string, of: Usage = usage, own?: Parameters<typeof costOfUsage>[2]) =>
  costOfUsage(of, target(model), own, at);

/** To a billionth of a dollar. */
function assertUsd(cost: Cost | undefined, expected: number): void {
  assert.ok(cost?.kind === 'sum', JSON.stringify(cost));
  assert.ok(Math.abs(cost.usd - expected) < 1e-9, `${cost.usd} is not ${expected}`);
}

describe('the price list', () => {
  for (const [model, prices] of Object.entries(listed)) {
    it(`knows ${model}`, () => {
      const { price, borrowedFrom } = listPrice(model, about) ?? {};
      assert.deepEqual(
        buckets.map((bucket) => price?.[bucket] ?? null),
        prices,
      );
      assert.equal(borrowedFrom, undefined);
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

  it('has a price of its own for what the prompt cache keeps for an hour', () => {
    const of = (model: string, cacheWrite1h: number) => cost(model, { ...usage, cacheWrite1h });
    // 1204 × 3 + 310 × 15 + 20480 × 0.3 + 96 × 3.75 + 4000 × 6 = 3612 + 4650 + 6144 + 360 + 24000 = 38766
    assertUsd(of('global.anthropic.claude-sonnet-4-5-20250929-v1:0', 4000), 0.038766);
    // 3612 + 4650 + 6144 + 4096 × 6 = 38982
    assertUsd(of('global.anthropic.claude-sonnet-4-5-20250929-v1:0', 4096), 0.038982);
    const sum = of('global.anthropic.claude-sonnet-4-5-20250929-v1:0', 4096);
    assert.ok(sum.kind === 'sum');
    assert.deepEqual(sum.parts.at(-1), { bucket: 'cacheWrite1h', tokens: 4096, perMillion: 6 });
    assert.ok(!sum.parts.some(({ bucket }) => bucket === 'cacheWrite'));
    // The package has this one itself.
    const opus = { input: 0, output: 0, cacheRead: 0, cacheWrite: 10, cacheWrite1h: 10 };
    const { price } = listPrice('global.anthropic.claude-opus-5-5', about)!;
    assertUsd(cost('global.anthropic.claude-opus-5-5', opus), (10 * 2 * price.input!) / 1e6);
    const because = { kind: 'unknown', because: 'noBucketPrice', bucket: 'cacheWrite1h' };
    assert.deepEqual(of('us.amazon.nova-pro-v1:0', 1), because);
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
      asOf: priceListVersion.date,
      approximate: false,
    });
  });

  it('is of the package’s version, whose day is known', () => {
    const file = path.join(project, 'node_modules', '@pydantic', 'genai-prices', 'package.json');
    const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    assert.equal(
      priceListVersion.version,
      version,
      'renew the date in src/prices/prices.chunk.ts with the version',
    );
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
      assert.equal(cost(arn).kind, id === undefined ? 'unknown' : 'sum', arn);
    }
  });

  it('does not take a model for another whose ID begins alike', () => {
    for (const model of [
      'us.anthropic.claude-opus-4-5-mini',
      'global.anthropic.claude-sonnet-5-mini-2',
      'amazon.nova-lite-max-v1:0',
      'google.gemma-3-27b-it-pt',
      'anthropic.claude-v2:1',
      'made.up-model',
      'custom/amazon.nova-lite-v1:0',
    ])
      assert.deepEqual(cost(model), { kind: 'unknown', because: 'noPrice' }, model);
  });

  it('is borrowed from a model of the same line, and says so', () => {
    const borrowed: Readonly<Record<string, string>> = {
      'anthropic.claude-sonnet-5-5': 'Claude Sonnet 5',
      'global.anthropic.claude-sonnet-5-1': 'Claude Sonnet 5',
      'ca.anthropic.claude-sonnet-5-1': 'Claude Sonnet 5',
      'kr.anthropic.claude-sonnet-5-5-20261101-v1:0': 'Claude Sonnet 5',
      'us.anthropic.claude-opus-4-8-1': 'Claude Opus 4.8',
      'amazon.nova-lite-2-v1:0': 'Nova Lite',
      'us.amazon.nova-pro-v2:0': 'Nova Pro',
      'writer.palmyra-x5-1-v1:0': 'Palmyra X5',
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-5-5':
        'Claude Sonnet 5',
    };
    for (const [model, from] of Object.entries(borrowed)) {
      const sum = cost(model, { ...usage, cacheRead: 0, cacheWrite: 0 });
      assert.ok(sum.kind === 'sum', model);
      assert.equal(sum.borrowedFrom, from, model);
    }
  });

  it('is a model’s own, whatever geography its ID begins with, and with or without a version', () => {
    for (const [model, input] of [
      ['us.anthropic.claude-fable-5', 11],
      ['eu.anthropic.claude-fable-5-1', 11],
      ['kr.anthropic.claude-fable-5-1', 11],
      ['global.anthropic.claude-fable-5', 10],
      ['in.anthropic.claude-haiku-4-5-20251001-v1:0', 1.1],
      ['ca.anthropic.claude-sonnet-4-6', 3.3],
      ['in.anthropic.claude-opus-5', 5.5],
      ['anthropic.claude-opus-4-5-20251101-v1:0', 5.5],
      ['us.anthropic.claude-sonnet-4-6-v1:0', 3.3],
      ['amazon.nova-lite-v1:0:300k', 0.06],
    ] as const) {
      const { price, borrowedFrom } = listPrice(model, about) ?? {};
      assert.equal(price?.input, input, model);
      assert.equal(borrowedFrom, undefined, model);
    }
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

  it('is found again quickly, for any size and region', () => {
    const day = 86_400_000;
    const find = (index: number) =>
      costOfUsage(
        { ...usage, input: index },
        target('global.openai.gpt-5.6-luna', `us-${index % 3}`),
        undefined,
        at + 5000 * day + index,
      );
    const look = (index: number) =>
      calcPrice({ input_tokens: index }, 'global.openai.gpt-5.6-luna', {
        providerId: 'aws',
        timestamp: new Date(at),
      });
    const took = (work: (index: number) => unknown) =>
      timed(() => {
        for (let index = 0; index < 10_000; index += 1) work(index);
      });
    // Once before, to be compiled.
    took(find);
    took(look);
    assert.ok(took(find) < took(look), 'usage asks for 100,000 prices');
  });

  it('goes up with the size of the prompt where AWS’s does', () => {
    const of = (tokensIn: number) =>
      listPrice('openai.gpt-5.6-luna', { region: 'us-east-1', tokensIn, at: new Date(at) })?.price.input;
    // By the package's notes: from 272,000 tokens on, input costs twice as much.
    assert.equal(of(271_999), 0.22);
    assert.equal(of(272_000), 0.44);
  });
});

describe('our own list', () => {
  const told = (model: string, { region = 'us-east-1', tokensIn = 1 } = {}) =>
    listPrice(model, { region, tokensIn, at: new Date(at) });

  for (const { id, price, global, beyond, asOf, source } of listedPrices) {
    it(`has a day, a source and prices for ${id}`, () => {
      assert.match(asOf, /^2026-\d\d-\d\d$/);
      assert.ok(new Date(asOf).getTime() <= at);
      assert.equal(new URL(source).protocol, 'https:');
      const prices = [price, global, beyond?.price, beyond?.global].filter((each) => each !== undefined);
      for (const each of prices) {
        assert.ok(each.input! > 0 && each.output! >= each.input!, id);
        for (const usd of Object.values(each)) assert.ok(Number.isFinite(usd) && usd >= 0, id);
      }
      assert.deepEqual(told(id), { price, asOf, approximate: false });
    });

    it(`goes where genai-prices knows ${id}`, () => {
      for (const known of [id, ...(global ? [`global.${id}`] : [])])
        assert.equal(
          calcPrice({ input_tokens: 1 }, known, { providerId: 'aws', timestamp: new Date(at) }),
          null,
          `remove the row of ${id} in src/prices/ownList.ts`,
        );
    });
  }

  it('has each model once', () =>
    assert.equal(new Set(listedPrices.map(({ id }) => id)).size, listedPrices.length));

  it('holds for a model’s profiles, apart from a global price', () => {
    assert.equal(told('us.anthropic.claude-haiku-5-5')?.price.input, 0.11);
    assert.equal(told('jp.anthropic.claude-haiku-5-5-v1:0')?.price.input, 0.11);
    assert.equal(told('global.anthropic.claude-haiku-5-5')?.price.input, 0.1);
    assert.equal(told('au.amazon.nova-2-lite-v1:0')?.price.output, 2.75);
    assert.equal(told('eu.deepseek.v3.2')?.price.output, 1.85);
    assert.equal(told('global.xai.grok-4.7')?.price.cacheRead, 0.5);
  });

  it('goes up with the size of the prompt where AWS’s does', () => {
    const model = 'global.anthropic.claude-haiku-5-5';
    assert.equal(told(model, { tokensIn: 100_000 })?.price.input, 0.1);
    assert.equal(told(model, { tokensIn: 100_001 })?.price.input, 0.5);
    assert.equal(told('us.anthropic.claude-haiku-5-5', { tokensIn: 100_001 })?.price.cacheWrite1h, 1.1);
  });

  it('says where it may not be the region’s price', () => {
    assert.equal(told('deepseek.v3.2', { region: 'us-west-2' })?.approximate, false);
    assert.equal(told('deepseek.v3.2', { region: 'ap-northeast-1' })?.approximate, true);
    assert.equal(told('xai.grok-4.7', { region: 'ap-northeast-1' })?.approximate, false);
    assert.equal(told('us-gov.anthropic.claude-haiku-5-5', { region: 'us-gov-west-1' })?.approximate, true);
    // As AWS asks more for Nova 2 Lite in Frankfurt: EUC1-Nova2.0Lite-input-tokens is 0.000429 per 1,000.
    assert.equal(told('eu.amazon.nova-2-lite-v1:0', { region: 'eu-central-1' })?.approximate, true);
    assert.equal(told('amazon.nova-2-lite-v1:0', { region: 'eu-central-1' })?.approximate, true);
  });

  it('leaves unknown what nobody documents', () => {
    for (const model of ['anthropic.claude-fable-5-2', 'zai.glm-6', 'minimax.minimax-m3', 'global.zai.glm-5'])
      assert.deepEqual(cost(model), { kind: 'unknown', because: 'noPrice' }, model);
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

  it('may name what the prompt cache keeps for an hour', () => {
    const ofHour = { input: 0, output: 0, cacheRead: 0, cacheWrite: 10, cacheWrite1h: 4 };
    assertUsd(cost('made.up-model', ofHour, { ...own, cacheWrite: 3, cacheWrite1h: 5 }), 38 / 1e6);
    assert.deepEqual(cost('made.up-model', ofHour, { ...own, cacheWrite: 3 }), {
      kind: 'unknown',
      because: 'noBucketPrice',
      bucket: 'cacheWrite1h',
    });
  });

  it('that is none leaves the cost unknown', () =>
    assert.deepEqual(cost('amazon.nova-lite-v1:0', usage, 'invalid'), {
      kind: 'unknown',
      because: 'ownInvalid',
    }));
});

describe('the cost of a reply', () => {
  const began = newReply(at);
  const ended: ReplyEvent = { type: 'ended', outcome: { kind: 'done', stopReason: 'end_turn' } };
  const silent = reduceReply(began, ended, at);
  const done = reduceReply(reduceReply(began, { type: 'text', text: 'Yes.' }, at), ended, at);
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
    assert.equal(of({ ...silent, outcome: { kind: 'stopped' } }), undefined);
  });

  it('is unknown where it was stopped while the model may have worked, and nothing where it may not', () => {
    const sent = { method: 'POST', protocol: 'https:', host: 'h', path: '/', headers: [], size: 9 };
    const stoppedIn = (times: object) => {
      const wire = { attempt: 1, operation: 'converse-stream', startedAt: at, stopped: true } as const;
      const records = [{ ...wire, sent, times: { sent: 1, ended: 9, ...times } }];
      return of({ ...silent, outcome: { kind: 'stopped' }, records });
    };
    const noUsage = { kind: 'unknown', because: 'noUsage' };
    assert.deepEqual(stoppedIn({ resolved: 2, tcpConnected: 3, connected: 4 }), noUsage);
    // Whether it was connected is not known.
    assert.deepEqual(stoppedIn({}), noUsage);
    assert.equal(stoppedIn({ resolved: 2 }), undefined);
    assert.equal(stoppedIn({ resolved: 2, tcpConnected: 3 }), undefined);
  });

  it('is unknown where the list lacks the price of a bucket that has tokens', () =>
    assert.deepEqual(of({ ...done, usage }, 'us.meta.llama4-maverick-17b-instruct-v1:0'), {
      kind: 'unknown',
      because: 'noBucketPrice',
      bucket: 'cacheRead',
    }));

  it('is nothing when the gateway answered out of its cache', () => {
    const hit = { ...done, usage, requestIds: { cache: 'HIT' } } as const;
    assert.equal(of({ ...done, usage, requestIds: { cache: 'MISS' } })?.kind, 'sum');
    // What it saved is what it would have cost.
    assert.deepEqual(of(hit), { kind: 'gatewayCache', saved: of({ ...done, usage }) });
    assert.deepEqual(of(hit, 'made.up-model'), {
      kind: 'gatewayCache',
      saved: { kind: 'unknown', because: 'noPrice' },
    });
    assert.deepEqual(of({ ...done, requestIds: { cache: 'HIT' } }), { kind: 'gatewayCache' });
  });

  it('is not known when the gateway answered so after an attempt that arrived damaged', () => {
    const cached = { ...done, usage, requestIds: { cache: 'HIT' }, damaged: true } as const;
    assert.deepEqual(of(cached), { kind: 'unknown', because: 'noUsage' });
  });

  it('is at least the sum after an attempt that arrived damaged', () => {
    for (const because of ['streamDamaged', 'busy'] as const) {
      const sum = of({ ...done, usage, attempts: 3, retriedBecause: because, damaged: true });
      assert.ok(sum?.kind === 'sum' && sum.atLeast);
    }
    const busy = of({ ...done, usage, attempts: 2, retriedBecause: 'busy' });
    assert.ok(busy?.kind === 'sum' && !busy.atLeast);
  });

  it('is unknown after an attempt that arrived damaged, where the repeat failed', () => {
    const outcome = { kind: 'failed', failure: failure('throttled') } as const;
    const failed = { ...silent, outcome };
    assert.equal(of(failed), undefined);
    assert.deepEqual(of({ ...failed, damaged: true }), { kind: 'unknown', because: 'noUsage' });
  });
});
