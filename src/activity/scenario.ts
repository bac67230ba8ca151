// What if: the choices, and what comes of them in words.
import { env, l10n } from 'vscode';
import { formatNumber } from '../ui/format';
import type { ActivityRecord } from '../core/activity/record';
import { type Estimate, type Scenario, estimateScenario } from '../core/activity/scenario';
import type { OwnPrice } from '../core/model/cost';
import { dollars } from '../ui/money';
import { ownPrice } from '../settings/ownPrice';
import type * as PriceList from '../prices/prices.chunk';
import { SettingInvalid, readModels } from '../settings';
import { memoizeLast } from '../util/memoizeLast';
import { modelNames } from './modelNames';
import type { Option } from '../protocol/activity';
import { type ViewState, recordsOfPeriod } from './viewState';

/** Seconds, from a minute to Cloudflare's longest. */
const ttls: readonly (readonly [seconds: number, label: () => string])[] = [
  [60, () => l10n.t('for a minute')],
  [3600, () => l10n.t('for an hour')],
  [86_400, () => l10n.t('for a day')],
  [604_800, () => l10n.t('for a week')],
  [2_592_000, () => l10n.t('for 30 days')],
];

export function ttlOptions(): Option[] {
  return [
    { value: '', label: l10n.t('as it was') },
    ...ttls.map(([seconds, label]) => ({ value: String(seconds), label: label() })),
  ];
}

/** Whether it can be told what tokens cost with a model. */
export function isPriced({ prices, now }: ViewState, model: string): boolean {
  const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite: 0 };
  const target = { model, region: 'us-east-1', api: 'converse', stream: 'auto' } as const;
  return prices.costOfUsage(usage, target, ownPrice({ model }), now).kind === 'sum';
}

/** The models of the setting. */
export function configuredModels(): string[] {
  try {
    return [...readModels().keys()];
  } catch (error) {
    // Named where it is needed.
    if (error instanceof SettingInvalid) return [];
    throw error;
  }
}

/** What the records of the period would have cost, in a sentence; undefined where nothing is supposed. */
export function estimateOf(shown: ViewState): string | undefined {
  const { records, chosen, labelOf, prices } = shown;
  const { model, ttl } = chosen.suppose;
  if (!model && !ttl) return undefined;
  const own = model && JSON.stringify(ownPrice({ model }));
  const estimate = estimated(records, recordsOfPeriod(shown), model, ttl, own, prices);
  const { hits, unpriced, uncompared } = estimate;
  return [
    sentenceOf(estimate),
    ...(model
      ? [
          l10n.t(
            'The same tokens, at the prices of {0}; another model counts and writes otherwise.',
            modelNames([...shown.models, ...configuredModels()], labelOf).get(model) ?? model,
          ),
        ]
      : []),
    ...(ttl ? [l10n.t('Requests that the cache would have answered: {0}.', formatNumber(hits))] : []),
    ...(unpriced > 0
      ? [l10n.t('Requests left out, since their cost cannot be told: {0}.', formatNumber(unpriced))]
      : []),
    ...(uncompared > 0
      ? [
          l10n.t(
            'Requests not compared, since it is not known what they cost: {0}.',
            formatNumber(uncompared),
          ),
        ]
      : []),
  ].join(' ');
}

function sentenceOf({ usd, atLeast, wasAtLeast, difference, uncompared }: Estimate): string {
  const figure = (value: number, isLeast: boolean) =>
    isLeast
      ? l10n.t('at least {0}', dollars(value, env.language))
      : l10n.t('≈ {0}', dollars(value, env.language));
  const sum = figure(usd, atLeast);
  if (difference === undefined)
    return uncompared === 0
      ? l10n.t('What it would have cost cannot be told.')
      : l10n.t('Estimate: {0}; what it did cost is not known.', sum);
  const was = figure(usd - difference, wasAtLeast);
  const other = dollars(Math.abs(difference), env.language);
  if (other === dollars(0, env.language)) return l10n.t('Estimate: {0}, as much as it was.', sum);
  return difference < 0
    ? l10n.t('Estimate: {0} instead of {1}: {2} less.', sum, was, other)
    : l10n.t('Estimate: {0} instead of {1}: {2} more.', sum, was, other);
}

/** `own` is the user's price of `model`, as JSON, so that equal ones are the same. */
const estimated = memoizeLast(
  (
    records: readonly ActivityRecord[],
    ofPeriod: readonly ActivityRecord[],
    model: string,
    ttl: string,
    own: string | undefined,
    prices: typeof PriceList,
  ): Estimate => {
    const price = own ? (JSON.parse(own) as OwnPrice) : undefined;
    const supposed: Scenario = {
      ...(model && {
        price: (usage, { region, at }) =>
          prices.costOfUsage(usage, { model, region, api: 'converse', stream: 'auto' }, price, at),
      }),
      ...(ttl && { ttl: Number(ttl) }),
    };
    return estimateScenario(ofPeriod, supposed, records.slice(0, records.length - ofPeriod.length));
  },
);
