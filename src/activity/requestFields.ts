// Everything known about a request, as a list of labels and values.
import { env, l10n } from 'vscode';
import { formatNumber } from '../ui/format';
import type { ActivityRecord } from '../core/activity/record';
import type { RequestProgress } from '../core/activity/requestProgress';
import { formatAddress } from '../core/gateway/address';
import { dollars } from '../ui/money';
import type { OpenRow } from '../protocol/activity';
import { costText } from './requestRow';
import {
  bytes,
  cachedTokens,
  fullTime,
  initiatorName,
  nameFrom,
  outcomeNames,
  preciseSeconds,
  surfaceNames,
} from './strings';

type Fields = OpenRow['fields'];

/** Leaves out fields without a value. */
function toFields(...rows: readonly (readonly [label: string, value: string | undefined])[]): Fields {
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

export function runningRequestFields({ request, reply }: RequestProgress): Fields {
  const { target, surface, initiator, gateway } = request;
  const { startedAt, operation, attempts, requestIds } = reply;
  return toFields(
    [l10n.t('Sent'), fullTime(startedAt)],
    [l10n.t('Outcome'), outcomeNames.running()],
    [l10n.t('Model'), target.model],
    [l10n.t('Region'), target.region],
    [l10n.t('Operation'), operation],
    [l10n.t('Attempts'), attempts > 1 ? formatNumber(attempts) : undefined],
    [l10n.t('Sent from'), surfaceNames[surface]()],
    [l10n.t('Sent by'), initiatorName(initiator)],
    [l10n.t('Gateway'), formatAddress(gateway.address)],
    [l10n.t('Log ID'), requestIds.logId],
  );
}

export function requestFields(record: ActivityRecord, failureTitle: (kind: string) => string): Fields {
  const { outcome, failure, stopReason, attempts, cache, ttl, firstText } = record;
  return toFields(
    [l10n.t('Sent'), fullTime(record.at)],
    [
      l10n.t('Outcome'),
      failure === undefined
        ? nameFrom(outcomeNames, outcome)
        : l10n.t('{0}: {1}', nameFrom(outcomeNames, outcome), failureTitle(failure)),
    ],
    [l10n.t('Stop reason'), stopReason],
    [l10n.t('Model'), record.model],
    [l10n.t('Region'), record.region],
    [l10n.t('Operation'), record.operation],
    [l10n.t('Attempts'), attempts > 1 ? formatNumber(attempts) : undefined],
    [
      l10n.t('Cache'),
      cache &&
        (ttl === undefined || outcome !== 'done'
          ? cache
          : l10n.t('{0}, requested to be kept for {1}', cache, l10n.t('{0} s', formatNumber(ttl)))),
    ],
    [l10n.t('Tokens'), tokensText(record)],
    [l10n.t('Cost'), costWithSource(record)],
    [
      l10n.t('Saved'),
      record.savedUsd === undefined ? undefined : l10n.t('≈ {0}', dollars(record.savedUsd, env.language)),
    ],
    [l10n.t('First word'), firstText === undefined ? undefined : preciseSeconds(firstText)],
    [l10n.t('Total'), preciseSeconds(record.total)],
    [l10n.t('Bytes'), sizesText(record)],
    [l10n.t('Sent from'), nameFrom(surfaceNames, record.surface)],
    [l10n.t('Sent by'), initiatorName(record.initiator)],
    [l10n.t('Data loss prevention'), dataLossText(record)],
    [l10n.t('Gateway'), record.gateway],
    [l10n.t('Log ID'), record.logId],
    [l10n.t('Gateway event ID'), record.eventId],
    [l10n.t('Cloudflare Ray ID'), record.ray],
    [l10n.t('AWS request ID'), record.awsRequestId],
  );
}

function tokensText(record: ActivityRecord): string | undefined {
  const { input, output } = record;
  if (input === undefined || output === undefined) return undefined;
  const text = l10n.t('{0} in · {1} out', formatNumber(input), formatNumber(output));
  const cached = cachedTokens(record);
  return cached === undefined ? text : `${text} · ${cached}`;
}

function costWithSource(record: ActivityRecord): string | undefined {
  const text = costText(record);
  const { priceSource, priceDate, approximate, borrowedFrom, region, model } = record;
  if (priceSource === 'settings') return l10n.t('{0}, based on your price in the setting models', text);
  if (priceDate === undefined) return text;
  const withSource = l10n.t('{0}, based on AWS’s list prices of {1}', text, priceDate);
  return [
    withSource,
    ...(borrowedFrom === undefined
      ? []
      : [l10n.t('No price is known for {0}; this is the price of {1}.', model, borrowedFrom)]),
    ...(approximate ? [l10n.t('The list has the price of US regions; {0} may differ.', region)] : []),
  ].join('. ');
}

function sizesText({ sent, received }: ActivityRecord): string | undefined {
  if (sent === undefined) return undefined;
  return l10n.t('{0} sent · {1} received', bytes(sent), bytes(received ?? 0));
}

function dataLossText({ dataLoss, dataLossPolicies = [] }: ActivityRecord): string | undefined {
  if (dataLoss === undefined) return undefined;
  const actions = {
    block: () => l10n.t('blocked'),
    flag: () => l10n.t('flagged'),
    found: () => l10n.t('found something'),
  };
  return [nameFrom(actions, dataLoss), ...dataLossPolicies].join(' · ');
}
