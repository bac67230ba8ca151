// Parses the head of a response: its sender, its request IDs, and the gateway's error envelope.
import { type RequestIds, logIdHeaders } from '../model/requestIds';
import { type Access, accessIn } from './access';
import { budgetIn } from './budget';
import { readDataLoss } from './dataLoss';
import type { Usage } from '../model/usage';
import type { Budget } from '../model/failureDetails';
import { isRecord } from '../model/json';

export { isRecord, parseJson } from '../model/json';

/** A response's head, and its body if that is short and not the reply itself. */
export interface ResponseHead {
  readonly status: number;
  /** Without parameters, lower case: `application/json`. */
  readonly contentType: string;
  readonly requestIds: RequestIds;
  /** The AWS exception that `x-amzn-errortype` names, without the URI that may follow it. */
  readonly awsException?: string;
  /** ms; from `retry-after`, which has seconds or a date. */
  readonly retryAfter?: number;
  /** ms since the epoch; from `date`. */
  readonly date?: number;
  /** The target of a redirect. */
  readonly location?: string;
  /** `cf-aig-step`: the step of a dynamic route that responded, from 0. */
  readonly step?: number;
  /** Set if Cloudflare Access sent the response. */
  readonly access?: Access;
  /** `content-encoding`, if the body is compressed. Neither AWS nor the gateway does that. */
  readonly encoding?: string;
  /** From the token counts in the head of InvokeModel responses that are not streamed. */
  readonly usage?: Usage;
  /** The body of an error response, or of a success that is a web page. */
  readonly body?: string;
}

/** Parses the head of a response received at `now` (ms since the epoch). Header names may be in any case. */
export function parseResponse(
  status: number,
  headers: Readonly<Record<string, string>>,
  now: number,
  body?: string,
): ResponseHead {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const exception = byName.get('x-amzn-errortype')?.split(':')[0]?.trim();
  const retryAfter = waitFrom(byName.get('retry-after'), now);
  const date = Date.parse(byName.get('date') ?? '');
  const usage = usageOf(byName);
  const location = byName.get('location');
  const step = Number(byName.get('cf-aig-step') ?? NaN);
  const access = accessIn(status, byName);
  const encoding = compressionIn(byName.get('content-encoding'));
  return {
    status,
    contentType: mediaType(byName.get('content-type')),
    requestIds: requestIdsOf(byName),
    ...(exception && { awsException: exception }),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(!Number.isNaN(date) && { date }),
    ...(location && { location }),
    ...(Number.isInteger(step) && { step }),
    ...(access && { access }),
    ...(encoding && { encoding }),
    ...(usage && { usage }),
    ...(body !== undefined && { body }),
  };
}

/** A `content-type` without parameters, lower case; '' for none. */
export function mediaType(contentType = ''): string {
  return contentType.split(';')[0]?.trim().toLowerCase() ?? '';
}

const pages: ReadonlySet<string> = new Set(['text/html', 'application/xhtml+xml']);

/** Whether a body of this type is a web page. */
export function isPage({ contentType }: Pick<ResponseHead, 'contentType'>): boolean {
  return pages.has(contentType);
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.content-encoding */
function compressionIn(value = ''): string | undefined {
  const codings = value.split(',').map((coding) => coding.trim().toLowerCase());
  // aws-chunked is AWS's encoding for bodies that are signed in pieces.
  return codings.find((coding) => coding !== '' && coding !== 'identity' && coding !== 'aws-chunked');
}

function requestIdsOf(headers: ReadonlyMap<string, string>): RequestIds {
  const cache = headers.get('cf-aig-cache-status')?.toUpperCase();
  const dataLoss = headers.get('cf-aig-dlp');
  const named = {
    logId: logIdHeaders.map((name) => headers.get(name)).find(Boolean),
    eventId: headers.get('cf-aig-event-id'),
    ray: headers.get('cf-ray'),
    awsRequestId: headers.get('x-amzn-requestid'),
  };
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value)),
    ...((cache === 'HIT' || cache === 'MISS') && { cache }),
    ...(dataLoss && { dataLoss: readDataLoss(dataLoss) }),
  };
}

function usageOf(headers: ReadonlyMap<string, string>): Usage | undefined {
  const count = (name: string) => {
    const value = headers.get(`x-amzn-bedrock-${name}-token-count`);
    return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  };
  const input = count('input');
  const output = count('output');
  if (input === undefined || output === undefined) return undefined;
  return {
    input,
    output,
    cacheRead: count('cache-read-input') ?? 0,
    cacheWrite: count('cache-write-input') ?? 0,
  };
}

/** ms; the longest plausible wait is for a monthly budget. A longer one is a mistake. */
const maxRetryAfter = 32 * 24 * 60 * 60 * 1000;

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitFrom(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  // Date.parse() accepts nearly anything with a number; a real date has a time of day.
  const wait = /^\s*\d{1,15}\s*$/.test(value)
    ? Number(value) * 1000
    : /\d\d:\d\d:\d\d/.test(value)
      ? Math.max(0, Date.parse(value) - now)
      : NaN;
  return wait <= maxRetryAfter ? wait : undefined;
}

/** The gateway's error, from an error body that is not AWS's. */
export interface GatewayError {
  /** 0 if it has none, as with Policies. */
  readonly code: number;
  readonly message: string;
  /** `error` is one error, not a list: the format of Policies. */
  readonly single?: true;
  /** The budget in the error. */
  readonly budget?: Budget;
  /** It names the amount spent, or the budget's owner; rate limits do not. */
  readonly isBudget?: true;
}

/**
 * Reads the gateway's error envelope: `{"success": false, "error": [{"code", "message"}], …}`. With Policies `error` is
 * one error, not a list. undefined if `body` is anything else, such as AWS's error.
 */
export function gatewayError(body: unknown): GatewayError | undefined {
  if (!isRecord(body) || body['success'] !== false) return undefined;
  const errors: unknown = body['error'] ?? body['errors'];
  const first: unknown = Array.isArray(errors) ? errors[0] : errors;
  if (!isRecord(first)) return undefined;
  const budget = budgetIn(first);
  return {
    code: codeIn(first['code']) ?? codeIn(body['internalCode']) ?? 0,
    message: text(first['message']) ?? text(body['message']) ?? '',
    ...(!Array.isArray(errors) && { single: true }),
    ...(budget && { budget }),
    ...(budget && (budget.spent !== undefined || first['bucket'] !== undefined) && { isBudget: true }),
  };
}

function codeIn(value: unknown): number | undefined {
  const code = typeof value === 'number' || typeof value === 'string' ? Number(value) : NaN;
  return Number.isSafeInteger(code) ? code : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
