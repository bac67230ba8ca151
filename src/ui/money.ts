// Formats amounts of money. `language` is VS Code's language ID, such as "en" or "ja".
import { numberFormat } from '../util/intl';

/** An amount in USD, with cents, or below $0.1 with two significant digits: "$1.20", "$0.000012". */
export function dollars(usd: number, language: string): string {
  const isSmall = usd > 0 && usd < 0.1;
  const digits = isSmall
    ? { minimumSignificantDigits: 2, maximumSignificantDigits: 2 }
    : { minimumFractionDigits: usd === 0 ? 0 : 2, maximumFractionDigits: 2 };
  return currency(language, digits).format(usd);
}

/** USD; an estimate of less is not worth its digits. */
export const leastEstimate = 0.0001;

/** An estimate of an amount in USD, above nothing: "$0.0052", "< $0.0001". */
export function estimatedDollars(usd: number, language: string): string {
  if (usd >= leastEstimate) return dollars(usd, language);
  return `< ${currency(language, { maximumFractionDigits: 4 }).format(leastEstimate)}`;
}

/** A price in USD per million tokens, exact: "$3.00", "$0.00875". */
export function rate(usdPerMillion: number, language: string): string {
  return currency(language, exact).format(usdPerMillion);
}

/** The same, where there is little room: "$3", "$0.10". */
export function shortRate(usdPerMillion: number, language: string): string {
  return currency(language, { ...exact, trailingZeroDisplay: 'stripIfInteger' }).format(usdPerMillion);
}

const exact = { minimumFractionDigits: 2, maximumFractionDigits: 10 } as const;

function currency(language: string, digits: Intl.NumberFormatOptions): Intl.NumberFormat {
  return numberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...digits,
  });
}
