// Splits an attempt's time into consecutive spans.
import type { AttemptTimes } from '../model/attemptRecord';

/** `connectAndFirstByte`: if the time of the connection is unknown. */
export type SpanName = 'queue' | 'connect' | 'firstByte' | 'connectAndFirstByte' | 'stream';

export interface Span {
  readonly name: SpanName;
  /** ms since the attempt began. */
  readonly from: number;
  readonly to: number;
}

/** The spans of an attempt, in order and without gaps. The last is the one in which the attempt ended. */
export function spansOf({ sent, connected, responded, ended }: AttemptTimes): Span[] {
  const spans: Span[] = [{ name: 'queue', from: 0, to: sent ?? ended }];
  if (sent === undefined) return spans;
  const head = responded ?? ended;
  if (connected !== undefined) {
    spans.push({ name: 'connect', from: sent, to: connected });
    spans.push({ name: 'firstByte', from: connected, to: head });
  } else spans.push({ name: 'connectAndFirstByte', from: sent, to: head });
  if (responded !== undefined) spans.push({ name: 'stream', from: responded, to: ended });
  return spans;
}
