// The table of usage by model or by day.
import { env, l10n } from 'vscode';
import { formatNumber, formatDay } from '../ui/format';
import type { GroupedBy, UsageRow, UsageReport } from '../core/activity/usage';
import { dollars } from '../ui/money';
import { modelNames } from './modelNames';
import type { Sort, TableRow, TableView } from '../protocol/activity';
import { cachedTokens, percent, preciseSeconds } from './strings';

/** Returns the first cell of a row. */
type KeyName = (key: string) => { readonly text: string; readonly hint?: string };

interface Column {
  readonly id: string;
  readonly label: () => string;
  readonly hint: () => string;
  /** The value to sort by; undefined comes last. */
  readonly value: (row: UsageRow) => number | undefined;
  readonly text: (row: UsageRow) => string;
  /** The hint of one cell. */
  readonly detail?: (row: UsageRow) => string | undefined;
}

const columns: readonly Column[] = [
  {
    id: 'requests',
    label: () => l10n.t('Requests'),
    hint: () => l10n.t('Including requests that failed before they were sent'),
    value: ({ requests }) => requests,
    text: ({ requests }) => formatNumber(requests),
    detail: ({ requests, attempts }) =>
      attempts === requests
        ? undefined
        : l10n.t('Sent to the gateway, including retries: {0}', formatNumber(attempts)),
  },
  {
    id: 'errors',
    label: () => l10n.t('Errors'),
    hint: () => l10n.t('Failed, blocked or incomplete'),
    value: ({ errors }) => errors,
    text: ({ errors }) => formatNumber(errors),
  },
  {
    id: 'hitRate',
    label: () => l10n.t('Hit rate'),
    hint: () => l10n.t('Requests that the gateway’s cache answered'),
    value: ({ hits, requests }) => hits / requests,
    text: ({ hits, requests, cacheLookups }) => (cacheLookups === 0 ? '–' : percent(hits / requests)),
    detail: ({ hits, cacheLookups }) =>
      cacheLookups === 0
        ? l10n.t('No response said whether it came from the gateway’s cache.')
        : l10n.t(
            '{0} of {1} responses that say whether they came from the cache',
            formatNumber(hits),
            formatNumber(cacheLookups),
          ),
  },
  {
    id: 'input',
    label: () => l10n.t('Tokens in'),
    hint: () => l10n.t('Prompt tokens that AWS charges, including those of Bedrock’s prompt cache'),
    value: tokensIn,
    text: (row) => formatNumber(tokensIn(row)),
    detail: cachedTokens,
  },
  {
    id: 'output',
    label: () => l10n.t('Tokens out'),
    hint: () => l10n.t('Reply tokens that AWS charges'),
    value: ({ output }) => output,
    text: ({ output }) => formatNumber(output),
  },
  {
    id: 'cost',
    label: () => l10n.t('Cost'),
    hint: () => l10n.t('Estimated from list prices, or from your prices in the setting models'),
    value: ({ usd }) => usd,
    text: ({ usd, uncertain, borrowed }) => `${sumText(usd, uncertain)}${borrowed > 0 ? '*' : ''}`,
    detail: ({ uncertain, borrowed }) =>
      [
        ...(uncertain === 0 ? [] : [l10n.t('Requests of unknown cost: {0}', formatNumber(uncertain))]),
        ...(borrowed === 0
          ? []
          : [l10n.t('* Requests estimated with the price of another model: {0}', formatNumber(borrowed))]),
      ].join('\n') || undefined,
  },
  {
    id: 'saved',
    label: () => l10n.t('Saved'),
    hint: () => l10n.t('Estimated savings from the gateway’s cache'),
    value: ({ saved }) => saved,
    text: ({ hits, saved, savedUncertain }) => (hits === 0 ? '–' : sumText(saved, savedUncertain)),
    detail: ({ savedUncertain }) =>
      savedUncertain === 0
        ? undefined
        : l10n.t('Cache hits with unknown savings: {0}', formatNumber(savedUncertain)),
  },
  {
    id: 'median',
    label: () => l10n.t('First word'),
    hint: () => l10n.t('Time to the first word, median'),
    value: ({ median }) => median,
    text: ({ median }) => (median === undefined ? '–' : preciseSeconds(median)),
  },
  {
    id: 'p95',
    label: () => l10n.t('p95'),
    hint: () => l10n.t('Time to the first word, 95th percentile'),
    value: ({ p95 }) => p95,
    text: ({ p95 }) => (p95 === undefined ? '–' : preciseSeconds(p95)),
  },
];

/** `uncertain`: the number of requests of unknown cost. */
function sumText(usd: number, uncertain: number): string {
  const sum = dollars(usd, env.language);
  if (usd === 0) return uncertain > 0 ? l10n.t('unknown') : sum;
  return uncertain > 0 ? `≥ ${sum}` : l10n.t('≈ {0}', sum);
}

function tokensIn({ input, cacheRead, cacheWrite }: UsageRow): number {
  return input + cacheRead + cacheWrite;
}

/** The heading of each table's first column. */
const keyColumns: { readonly [G in GroupedBy]: () => string } = {
  model: () => l10n.t('Model'),
  day: () => l10n.t('Day'),
};

/** The default order: the most expensive model first, the latest day first. */
export const defaultSort: { readonly [G in GroupedBy]: Sort } = {
  model: { column: 'cost', descending: true },
  day: { column: 'key', descending: true },
};

export function usageTable(
  { rows, total }: UsageReport,
  by: GroupedBy,
  sort: Sort,
  labelOf: (model: string) => string | undefined,
): Omit<TableView, 'estimate' | 'scenarioOptions'> {
  const maxUsd = Math.max(0, ...rows.map(({ usd }) => usd));
  const names = modelNames(by === 'model' ? rows.map(({ key }) => key) : [], labelOf);
  const name: KeyName = (key) => ({ text: names.get(key) ?? formatDay(key), hint: key });
  const rowOf = (row: UsageRow, first: TableRow['cells'][number]): TableRow => ({
    key: row.key,
    share: maxUsd > 0 ? row.usd / maxUsd : 0,
    cells: [
      first,
      ...columns.map(({ text, detail }) => {
        const hint = detail?.(row);
        return { text: text(row), ...(hint !== undefined && { hint }) };
      }),
    ],
  });
  return {
    columns: [
      { id: 'key', label: keyColumns[by](), hint: '', isNumeric: false },
      ...columns.map(({ id, label, hint }) => ({ id, label: label(), hint: hint(), isNumeric: true })),
    ],
    rows: sorted(rows, sort, (row) => (by === 'day' ? row.key : name(row.key).text)).map((row) =>
      rowOf(row, name(row.key)),
    ),
    total: { ...rowOf(total, { text: l10n.t('Total') }), share: 0 },
  };
}

function sorted(
  rows: readonly UsageRow[],
  { column, descending }: Sort,
  nameOf: (row: UsageRow) => string,
): UsageRow[] {
  const value = columns.find(({ id }) => id === column)?.value;
  const direction = descending ? -1 : 1;
  const byName = (a: UsageRow, b: UsageRow) => nameOf(a).localeCompare(nameOf(b), env.language);
  return [...rows].sort((a, b) => {
    if (!value) return direction * byName(a, b);
    const [x, y] = [value(a), value(b)];
    if (x === y) return byName(a, b);
    if (x === undefined || y === undefined) return x === undefined ? 1 : -1;
    return direction * (x - y);
  });
}
