// The cost of a reply, in the line under it.
import { env, l10n } from 'vscode';
import type { Bucket, Cost, CostSum, UnknownCost } from '../core/model/cost';
import type { Target } from '../core/model/request';
import { formatNumber, formatDay } from '../ui/format';
import { dollars, rate } from '../ui/money';
import type { ReplyStat } from '../protocol/reply';

export function costStat(cost: Cost, target: Target): ReplyStat {
  switch (cost.kind) {
    case 'gatewayCache':
      return {
        text:
          cost.saved?.kind === 'sum'
            ? l10n.t('{0}, saved ≈ {1}', dollars(0, env.language), dollars(cost.saved.usd, env.language))
            : l10n.t('{0} (gateway cache)', dollars(0, env.language)),
        detail: [
          l10n.t('The gateway answered from its cache, so AWS charges nothing.'),
          ...(cost.saved?.kind === 'sum'
            ? [
                l10n.t('It saved about {0}.', dollars(cost.saved.usd, env.language)),
                ...originOf(cost.saved, target),
              ]
            : []),
        ].join(' '),
      };
    case 'sum': {
      const sum = dollars(cost.usd, env.language);
      const text = cost.atLeast ? l10n.t('at least {0}', sum) : l10n.t('≈ {0}', sum);
      return {
        text: cost.borrowedFrom === undefined ? text : l10n.t('{0} (price of {1})', text, cost.borrowedFrom),
        detail: [
          ...originOf(cost, target),
          ...(cost.atLeast ? [l10n.t('The attempt that arrived damaged may also be charged.')] : []),
        ].join(' '),
      };
    }
    case 'unknown':
      return { text: l10n.t('cost unknown'), detail: reasonOf(cost, target) };
  }
}

/** Sentences that say which prices a cost is based on, and what makes it inexact. */
function originOf(
  { source, asOf, parts, approximate, borrowedFrom }: CostSum,
  { model, region }: Target,
): readonly string[] {
  const sum = parts
    .map(({ bucket, tokens, perMillion }) =>
      partOf[bucket](formatNumber(tokens), rate(perMillion, env.language)),
    )
    .join(' + ');
  if (source === 'settings' || asOf === undefined)
    return [l10n.t('Estimated from your price in the setting models, per million tokens: {0}.', sum)];
  return [
    l10n.t('Estimated from AWS’s list prices of {0}, per million tokens: {1}.', formatDay(asOf), sum),
    ...(borrowedFrom === undefined
      ? []
      : [l10n.t('No price is known for {0}; this is the price of {1}.', model, borrowedFrom)]),
    ...(approximate ? [l10n.t('The list has the price of US regions; {0} may differ.', region)] : []),
  ];
}

const partOf: { readonly [B in Bucket]: (tokens: string, price: string) => string } = {
  input: (tokens, price) => l10n.t('{0} in × {1}', tokens, price),
  output: (tokens, price) => l10n.t('{0} out × {1}', tokens, price),
  cacheRead: (tokens, price) => l10n.t('{0} cached × {1}', tokens, price),
  cacheWrite: (tokens, price) => l10n.t('{0} written × {1}', tokens, price),
  cacheWrite1h: (tokens, price) => l10n.t('{0} written for an hour × {1}', tokens, price),
};

function reasonOf(unknown: UnknownCost, { model }: Target): string {
  switch (unknown.because) {
    case 'noUsage':
      return l10n.t('The reply ended before Bedrock reported its tokens. They may be charged.');
    case 'noPrice':
      return l10n.t(
        'No price is known for {0}. Set one in the setting models, in USD per million tokens: {1}',
        model,
        '"price": {"input": …, "output": …}',
      );
    case 'ownInvalid':
      return l10n.t(
        'The price of {0} in the setting models is not valid. It should look like {1}, in USD per million tokens.',
        model,
        '{"input": 3, "output": 15, "cacheRead": 0.3, "cacheWrite": 3.75}',
      );
    case 'noBucketPrice':
      return l10n.t(
        'The price of {0} lacks “{1}”, and this reply has such tokens. You can set it in the setting models.',
        model,
        unknown.bucket,
      );
  }
}
