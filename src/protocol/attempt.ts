// The details of an attempt, as the reply panel and Activity show them. The host formats all texts.

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** What Details can copy; the host has the values. */
export type CopyTarget =
  'signed' | 'sent' | 'logId' | 'eventId' | 'ray' | 'awsRequestId' | 'dlp' | 'curlGateway' | 'curlAws';

/** The details of an attempt, formatted. Lists may be empty. */
export interface AttemptView {
  /** 1-based. */
  readonly number: number;
  /** Such as "Attempt 2 · converse · 200 · 1.2 s". */
  readonly title: string;
  /** Why the attempt was made, and why it failed. */
  readonly notes: readonly string[];
  /** The addresses that the request was signed for and sent to; absent if nothing was sent. */
  readonly addresses?: Addresses;
  /** Lines that AWS received differently from what was signed. */
  readonly differing: readonly {
    readonly name: string;
    readonly signed: string;
    readonly received: string;
  }[];
  readonly spans: readonly SpanView[];
  readonly requestIds: readonly (NamedValue & { readonly copy: CopyTarget })[];
  readonly request?: HeadersView;
  readonly response?: HeadersView;
  readonly copies: readonly { readonly label: string; readonly copy: CopyTarget }[];
}

/** Two addresses with a common end. */
export interface Addresses {
  readonly method: string;
  /** `beginning`: the part that differs. */
  readonly signed: { readonly title: string; readonly beginning: string };
  readonly sent: { readonly title: string; readonly beginning: string };
  /** The common end. */
  readonly end: string;
  /** What the signature covers, or that the extension does not sign. */
  readonly covers: string;
}

/** A part of an attempt's time. `from` and `to` are fractions of the total, 0 to 1. */
export interface SpanView {
  readonly kind: 'queue' | 'connect' | 'firstByte' | 'stream';
  readonly name: string;
  readonly time: string;
  readonly detail: string;
  readonly from: number;
  readonly to: number;
}

export interface HeadersView {
  readonly title: string;
  readonly rows: readonly NamedValue[];
}
