// What an answer says besides its content: who gave it, and under which names it can be found again.
import { type RequestIds, logIdHeaders } from '../model/requestIds';
import { type Access, accessIn } from './access';
import { budgetIn } from './budget';
import { readDataLoss } from './dataLoss';
import type { Usage } from '../model/usage';
import type { Budget } from '../model/failureDetails';
import { isRecord } from '../model/json';

export { isRecord, parseJson } from '../model/json';

/** An answer's head, and its body when that is short and not the reply itself. */
export interface ResponseHead {
  readonly status: number;
  /** Without parameters, lower case: `application/json`. */
  readonly contentType: string;
  readonly requestIds: RequestIds;
  /** The AWS exception that `x-amzn-errortype` names, without the URI that may follow it. */
  readonly awsException?: string;
  /** ms; from `retry-after`, in seconds or as a date. */
  readonly retryAfter?: number;
  /** ms since the epoch; from `date`. */
  readonly date?: number;
  /** Where a redirect leads. */
  readonly location?: string;
  /** `cf-aig-step`: which step of a route of the gateway's own answered, from 0. */
  readonly step?: number;
  /** What Cloudflare Access says, where it is what answered. */
  readonly access?: Access;
  /** `content-encoding`: how something on the way compressed the body. Neither AWS nor the gateway does. */
  readonly encoding?: string;
  /** From the token counts that Bedrock puts into the head of InvokeModel's whole answers. */
  readonly usage?: Usage;
  /** The body, for every answer but a success, and of a success that is a page. */
  readonly body?: string;
}

/** The head of an answer received at `now` (ms since the epoch). Header names may be in any case. */
export function parseResponse(
  status: number,
  headers: Readonly<Record<string, string>>,
  now: number,
  body?: string,
): ResponseHead {
  const of = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const exception = of.get('x-amzn-errortype')?.split(':')[0]?.trim();
  const retryAfter = waitOf(of.get('retry-after'), now);
  const date = Date.parse(of.get('date') ?? '');
  const usage = usageOf(of);
  const location = of.get('location');
  const step = Number(of.get('cf-aig-step') ?? NaN);
  const access = accessIn(status, of);
  const encoding = compressionIn(of.get('content-encoding'));
  return {
    status,
    contentType: mediaType(of.get('content-type')),
    requestIds: requestIdsOf(of),
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

/** Whether a body of this type is a page to be read in a browser. */
export function isPage({ contentType }: Pick<ResponseHead, 'contentType'>): boolean {
  return pages.has(contentType);
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.content-encoding */
function compressionIn(value = ''): string | undefined {
  const codings = value.split(',').map((coding) => coding.trim().toLowerCase());
  // AWS's own way to send a body in pieces that it has signed.
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

/** ms; a budget of a month is the longest that anybody would have to wait for. A longer wait is a mistake. */
const maxRetryAfter = 32 * 24 * 60 * 60 * 1000;

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitOf(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  // Date.parse() makes a date of nearly anything that holds a number; a real one has a time of day.
  const wait = /^\s*\d{1,15}\s*$/.test(value)
    ? Number(value) * 1000
    : /\d\d:\d\d:\d\d/.test(value)
      ? Math.max(0, Date.parse(value) - now)
      : NaN;
  return wait <= maxRetryAfter ? wait : undefined;
}

/** The gateway's own word, found in the body of an error that is not AWS's. */
export interface GatewayError {
  /** 0 where it gives none, as Policies do. */
  readonly code: number;
  readonly message: string;
  /** It is written as Policies write theirs: as one error, in place of a list of them. */
  readonly single?: true;
  /** What a budget says about itself. */
  readonly budget?: Budget;
  /** It tells what was spent, or whose budget it is: no limit of requests does. */
  readonly isBudget?: true;
}

/**
 * Reads the gateway's error envelope: `{"success": false, "error": [{"code", "message"}], …}`. Its key is
 * `error`, an array, or with Policies one error. undefined when `body` is anything else, an error of AWS's above all.
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
