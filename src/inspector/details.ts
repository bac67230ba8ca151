// What Details tells of each attempt, in the user's words.
import { l10n } from 'vscode';
import { adviceFor } from '../advice/advice';
import { failure } from '../core/model/failure';
import type { Turn } from '../core/model/reply';
import type { AttemptRecord } from '../core/model/attemptRecord';
import { type Span, type SpanName, spansOf } from '../core/wire/spans';
import { formatNumber } from '../ui/format';
import { addressesView } from './addresses';
import { tracesOf } from './copied';
import { retryReasonText } from './retryReasons';
import type { AttemptView, HeadersView, SpanView } from '../protocol/reply';

export function attemptViews(turn: Turn): AttemptView[] {
  return turn.reply.records.map((wire, index) =>
    attemptView(wire, turn, index === turn.reply.records.length - 1),
  );
}

function attemptView(wire: AttemptRecord, turn: Turn, last: boolean): AttemptView {
  const { request, reply } = turn;
  const { outcome } = reply;
  const addresses = addressesView(wire, request);
  const canonical = last && outcome && 'failure' in outcome ? outcome.failure.details.canonical : undefined;
  return {
    number: wire.attempt,
    title: [
      l10n.t('Attempt {0}', formatNumber(wire.attempt)),
      wire.operation,
      wire.response ? String(wire.response.status) : l10n.t('no answer'),
      milliseconds(wire.times.ended),
    ].join(' · '),
    notes: [...(wire.because ? [retryReasonText[wire.because]()] : []), ...endOf(wire, turn)],
    ...(addresses && { addresses }),
    differing: (canonical ?? [])
      .filter(({ differs }) => differs)
      .map(({ name, signed = '', received = '' }) => ({ name, ours: signed, theirs: received })),
    spans: spansOf(wire.times).map((span) => spanView(span, wire)),
    traces: tracesOf(wire),
    ...(wire.sent && { request: headersView(l10n.t('Request headers'), wire.sent) }),
    ...(wire.response && { answer: headersView(l10n.t('Response headers'), wire.response) }),
    copies: wire.sent
      ? [
          { label: l10n.t('Copy as curl, for the gateway'), copy: 'curlGateway' },
          { label: l10n.t('Copy as curl, for AWS'), copy: 'curlAws' },
        ]
      : [],
  };
}

/** What was wrong with an attempt, where it is not said above. */
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

function spanView({ name, from, to }: Span, wire: AttemptRecord): SpanView {
  const all = wire.times.ended || 1;
  return {
    kind: name === 'connectAndFirstByte' ? 'firstByte' : name,
    name: spanNames[name](),
    time: milliseconds(to - from),
    detail: name === 'connect' ? connectDetail(wire) : '',
    from: from / all,
    to: to / all,
  };
}

/** What of connecting took how long, as far as it is known apart. */
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

/** With a decimal where there is little: a local gateway answers in less than one. */
function milliseconds(duration: number): string {
  const maximumFractionDigits = duration < 10 ? 1 : 0;
  return l10n.t('{0} ms', formatNumber(duration, { maximumFractionDigits }));
}
