// The “What if?” scenarios: their options, and the estimate in a sentence.
import { env, l10n } from 'vscode';
import { formatNumber } from '../ui/format';
import type { ActivityRecord } from '../core/activity/record';
import { type Estimate, type Scenario, estimateScenario } from '../core/activity/scenario';
import type { OwnPrice } from '../core/model/cost';
import { dollars } from '../ui/money';
import type * as PriceList from '../prices/prices.chunk';
import { ownPrice, readModels, unlessInvalid } from '../settings';
import { memoizeLast } from '../util/memoizeLast';
import { modelNames } from './modelNames';
import type { Option } from '../protocol/activity';
import { type ViewState, recordsOfPeriod } from './viewState';

/** From a minute to Cloudflare's maximum. */
const ttls: readonly (readonly [seconds: number, label: () => string])[] = [
  [60, () => l10n.t('for a minute')],
  [3600, () => l10n.t('for an hour')],
  [86_400, () => l10n.t('for a day')],
  [604_800, () => l10n.t('for a week')],
  [2_592_000, () => l10n.t('for 30 days')],
];

export function ttlOptions(): Option[] {
  return [
    { value: '', label: l10n.t('actual') },
    ...ttls.map(([seconds, label]) => ({ value: String(seconds), label: label() })),
  ];
}

/** Whether a model's price is known. */
export function isPriced({ prices, now }: ViewState, model: string): boolean {
  const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 };
  const target = { model, region: 'us-east-1', api: 'converse', stream: 'auto' } as const;
  return prices.costOfUsage(usage, target, ownPrice({ model }), now).kind === 'sum';
}

/** The IDs of the models in the setting; none if it is invalid. */
export function configuredModels(): string[] {
  return unlessInvalid(() => [...readModels().keys()], []);
}

/** Says what the requests of the period would have cost; undefined if no scenario is chosen. */
export function estimateText(state: ViewState): string | undefined {
  const { records, options, labelOf, prices } = state;
  const { model, ttl } = options.scenario;
  if (!model && !ttl) return undefined;
  const ownPriceJson = model && JSON.stringify(ownPrice({ model }));
  const estimate = memoizedEstimate(records, recordsOfPeriod(state), model, ttl, ownPriceJson, prices);
  const { hits, unpriced, uncompared } = estimate;
  return [
    comparisonText(estimate),
    ...(model
      ? [
          l10n.t(
            'The same tokens at the prices of {0}. Another model would count tokens and write replies differently.',
            modelNames([...state.models, ...configuredModels()], labelOf).get(model) ?? model,
          ),
        ]
      : []),
    ...(ttl ? [l10n.t('Requests that the cache would have answered: {0}.', formatNumber(hits))] : []),
    ...(unpriced > 0
      ? [l10n.t('Requests excluded because their estimated cost is unknown: {0}.', formatNumber(unpriced))]
      : []),
    ...(uncompared > 0
      ? [l10n.t('Requests not compared because their actual cost is unknown: {0}.', formatNumber(uncompared))]
      : []),
  ].join(' ');
}

function comparisonText({ usd, atLeast, wasAtLeast, difference, uncompared }: Estimate): string {
  const amount = (value: number, isMinimum: boolean) =>
    isMinimum
      ? l10n.t('at least {0}', dollars(value, env.language))
      : l10n.t('≈ {0}', dollars(value, env.language));
  const sum = amount(usd, atLeast);
  if (difference === undefined)
    return uncompared === 0
      ? l10n.t('The cost of this scenario is unknown.')
      : l10n.t('Estimate: {0}. The actual cost is unknown.', sum);
  const actual = amount(usd - difference, wasAtLeast);
  const shown = dollars(Math.abs(difference), env.language);
  if (shown === dollars(0, env.language)) return l10n.t('Estimate: {0}, the same as the actual cost.', sum);
  return difference < 0
    ? l10n.t('Estimate: {0} instead of {1}: {2} less.', sum, actual, shown)
    : l10n.t('Estimate: {0} instead of {1}: {2} more.', sum, actual, shown);
}

/** `own`: the user's price of `model` as JSON, so that equal prices are the same memoization key. */
const memoizedEstimate = memoizeLast(
  (
    records: readonly ActivityRecord[],
    ofPeriod: readonly ActivityRecord[],
    model: string,
    ttl: string,
    ownPriceJson: string | undefined,
    prices: typeof PriceList,
  ): Estimate => {
    const price = ownPriceJson ? (JSON.parse(ownPriceJson) as OwnPrice) : undefined;
    const scenario: Scenario = {
      ...(model && {
        price: (usage, { region, at }) => prices.costOfUsage(usage, { model, region }, price, at),
      }),
      ...(ttl && { ttl: Number(ttl) }),
    };
    return estimateScenario(ofPeriod, scenario, records.slice(0, records.length - ofPeriod.length));
  },
);
