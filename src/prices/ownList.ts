// Our own prices of models that genai-prices lacks. Each row has a date and a source. A test fails when genai-prices
// has the model, so that the row is removed. Models without a documented price have no row.
//
// AWS's public list is
// https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonBedrock/current/us-east-1/index.json and the same for
// AmazonBedrockFoundationModels. `copy` is a copy of it on one day.
import { splitId } from '../core/bedrock/geographies';
import { isSameModel } from '../core/bedrock/modelVersion';
import type { Price } from '../core/model/cost';

/** A copy of AWS's price list for us-east-1. */
const copy = 'https://github.com/inferplane/model-comparision/blob/main/public/data/models.json';
const asOf = '2026-10-08';

export interface ListedPrice {
  /** The foundation model ID. Its inference profiles have the same price, except `global.`. */
  readonly id: string;
  readonly price: Price;
  /** The price of its `global.` profile; absent if it has none. */
  readonly global?: Price;
  /** The price for all tokens if the prompt is longer than `tokensIn`. */
  readonly beyond?: { readonly tokensIn: number; readonly price: Price; readonly global: Price };
  /** The price applies to all commercial regions, else only to US regions. */
  readonly everywhere?: true;
  /** The day of the list, YYYY-MM-DD. */
  readonly asOf: string;
  readonly source: string;
}

/** USD per million tokens, in the order of AWS's list. Prices that AWS does not list are unknown. */
function usd(
  input: number,
  output: number,
  cacheRead?: number,
  cacheWrite?: number,
  cacheWrite1h?: number,
): Price {
  return {
    ...{ input, output },
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(cacheWrite1h !== undefined && { cacheWrite1h }),
  };
}

const listed = (id: string, price: Price, more: Partial<ListedPrice> = {}): ListedPrice => ({
  ...{ id, price, asOf, source: copy },
  ...more,
});

export const listedPrices: readonly ListedPrice[] = [
  listed('ai21.jamba-1-5-large-v1:0', usd(2, 8)),
  listed('ai21.jamba-1-5-mini-v1:0', usd(0.2, 0.4)),
  // Writes to Nova's prompt cache are free. genai-prices has its profiles us., eu., jp. and global.
  listed('amazon.nova-2-lite-v1:0', usd(0.33, 2.75, 0.0825, 0)),
  listed('anthropic.claude-haiku-5-5', usd(0.11, 0.55, 0.011, 0.1375, 0.22), {
    global: usd(0.1, 0.5, 0.01, 0.125, 0.2),
    beyond: {
      tokensIn: 100_000,
      price: usd(0.55, 2.75, 0.055, 0.6875, 1.1),
      global: usd(0.5, 2.5, 0.05, 0.625, 1),
    },
    everywhere: true,
  }),
  listed('anthropic.claude-mythos-5-1', usd(11, 55, 0.275, 13.75, 22), {
    global: usd(10, 50, 0.25, 12.5, 20),
    everywhere: true,
  }),
  listed('deepseek.v3-v1:0', usd(0.58, 1.68)),
  listed('deepseek.v3.2', usd(0.62, 1.85)),
  listed('minimax.minimax-m2', usd(0.3, 1.2)),
  listed('minimax.minimax-m2.1', usd(0.3, 1.2)),
  listed('minimax.minimax-m2.5', usd(0.3, 1.2)),
  listed('moonshot.kimi-k2-thinking', usd(0.6, 2.5)),
  listed('moonshotai.kimi-k2.5', usd(0.6, 3)),
  listed('moonshotai.kimi-k3', usd(3.3, 16.5, 0.33, 4.125), {
    global: usd(3, 15, 0.3, 3.75),
    everywhere: true,
  }),
  listed('nvidia.nemotron-nano-12b-v2', usd(0.2, 0.6)),
  listed('openai.gpt-oss-safeguard-120b', usd(0.15, 0.6)),
  listed('qwen.qwen3-235b-a22b-2507-v1:0', usd(0.22, 0.88)),
  listed('qwen.qwen3-coder-next', usd(0.5, 1.2)),
  listed('qwen.qwen3-next-80b-a3b', usd(0.14, 1.2)),
  listed('xai.grok-4.6', usd(2.2, 6.6, 0.55), { global: usd(2, 6, 0.5), everywhere: true }),
  listed('xai.grok-4.7', usd(2.2, 6.6, 0.55), { global: usd(2, 6, 0.5), everywhere: true }),
  listed('zai.glm-4.7', usd(0.6, 2.2)),
  listed('zai.glm-4.7-flash', usd(0.07, 0.4)),
  listed('zai.glm-5', usd(1, 3.2)),
  listed('zai.glm-5.3', usd(1.848, 5.808, 0.3432, 2.31), { global: usd(1.68, 5.28, 0.312, 2.1) }),
];

const isGlobal = (model: string) => splitId(model).geography === 'global';

/** The row for a model ID or inference profile ID; undefined if there is none. */
export function listedPrice(model: string): ListedPrice | undefined {
  return listedPrices.find(
    ({ id, global }) => isSameModel(model, id) && (global !== undefined || !isGlobal(model)),
  );
}

/** The price in a row of listedPrice() for `model`, whose prompt has `tokensIn` tokens in total. */
export function priceIn({ price, global, beyond }: ListedPrice, model: string, tokensIn: number): Price {
  const prices = beyond && tokensIn > beyond.tokensIn ? beyond : { price, global };
  return isGlobal(model) ? (prices.global ?? price) : prices.price;
}
