// What Details shows about each attempt, in the user's language.
import { l10n } from 'vscode';
import { adviceFor } from '../advice/advice';
import { failure } from '../core/model/failure';
import type { Turn } from '../core/model/reply';
import type { AttemptRecord } from '../core/model/attemptRecord';
import { type Span, type SpanName, spansOf } from '../core/wire/spans';
import { formatNumber } from '../ui/format';
import { addressesView } from './addresses';
import { requestIdViews } from './copied';
import { retryReasonText } from './retryReasons';
import type { AttemptView, HeadersView, SpanView } from '../protocol/attempt';

export function attemptViews(turn: Turn): AttemptView[] {
  return turn.reply.records.map((record, index) =>
    attemptView(record, turn, index === turn.reply.records.length - 1),
  );
}

function attemptView(record: AttemptRecord, turn: Turn, last: boolean): AttemptView {
  const { request, reply } = turn;
  const { outcome } = reply;
  const addresses = addressesView(record, request);
  const canonical = last && outcome && 'failure' in outcome ? outcome.failure.details.canonical : undefined;
  return {
    number: record.attempt,
    title: [
      l10n.t('Attempt {0}', formatNumber(record.attempt)),
      record.operation,
      record.response ? String(record.response.status) : l10n.t('no response'),
      milliseconds(record.times.ended),
    ].join(' · '),
    notes: [...(record.because ? [retryReasonText[record.because]()] : []), ...endOf(record, turn)],
    ...(addresses && { addresses }),
    differing: (canonical ?? [])
      .filter(({ differs }) => differs)
      .map(({ name, signed = '', received = '' }) => ({ name, signed, received })),
    spans: spansOf(record.times).map((span) => spanView(span, record)),
    requestIds: requestIdViews(record),
    ...(record.sent && { request: headersView(l10n.t('Request headers'), record.sent) }),
    ...(record.response && { response: headersView(l10n.t('Response headers'), record.response) }),
    copies: record.sent
      ? [
          { label: l10n.t('Copy as curl, for the gateway'), copy: 'curlGateway' },
          { label: l10n.t('Copy as curl, for AWS'), copy: 'curlAws' },
        ]
      : [],
  };
}

/** Why an attempt failed; empty if it did not. */
function endOf(
  { failure: kind, stopped }: AttemptRecord,
  { request: { target, authentication } }: Turn,
): string[] {
  if (stopped) return [l10n.t('Stopped')];
  if (!kind) return [];
  return [adviceFor(failure(kind, { model: target.model, authentication })).title];
}

const spanNames: { readonly [S in SpanName]: () => string } = {
  queue: () => l10n.t('Queue'),
  connect: () => l10n.t('Connect'),
  firstByte: () => l10n.t('First byte'),
  connectAndFirstByte: () => l10n.t('Connect and first byte'),
  stream: () => l10n.t('Stream'),
};

function spanView({ name, from, to }: Span, record: AttemptRecord): SpanView {
  const all = record.times.ended || 1;
  return {
    kind: name === 'connectAndFirstByte' ? 'firstByte' : name,
    name: spanNames[name](),
    time: milliseconds(to - from),
    detail: name === 'connect' ? connectDetail(record) : '',
    from: from / all,
    to: to / all,
  };
}

/** How long DNS, TCP and TLS took; '' if the times are not known separately. */
function connectDetail({ sent: request, times }: AttemptRecord): string {
  const { sent = 0, resolved, tcpConnected, connected = 0 } = times;
  if (tcpConnected === undefined) return '';
  return [
    ...(resolved === undefined ? [] : [l10n.t('name {0}', milliseconds(resolved - sent))]),
    `TCP ${milliseconds(tcpConnected - (resolved ?? sent))}`,
    ...(request?.protocol === 'https:' ? [`TLS ${milliseconds(connected - tcpConnected)}`] : []),
  ].join(', ');
}

function headersView(
  title: string,
  { headers, size }: { readonly headers: readonly (readonly [string, string])[]; readonly size?: number },
): HeadersView {
  return {
    title: size === undefined ? title : l10n.t('{0} · body of {1} bytes', title, formatNumber(size)),
    rows: headers.map(([name, value]) => ({ name, value })),
  };
}

/** `duration` in ms, with a decimal below 10: a local gateway answers in less than 1 ms. */
function milliseconds(duration: number): string {
  const maximumFractionDigits = duration < 10 ? 1 : 0;
  return l10n.t('{0} ms', formatNumber(duration, { maximumFractionDigits }));
}
