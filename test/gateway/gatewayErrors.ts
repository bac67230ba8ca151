import { type Answer, jsonAnswer, Refused } from './answer.js';

interface Row {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const finding = (check: 'REQUEST' | 'RESPONSE', action: 'BLOCK' | 'FLAG') =>
  JSON.stringify({
    findings: [
      {
        profile: { context: {}, entry_ids: ['5a5d1b2e-stand-in'], profile_id: 'c8932cc4-stand-in' },
        policy_ids: ['stand-in-policy'],
        check,
      },
    ],
    action,
  });

/** The header of a response that was flagged but not blocked. */
export const dlpFlag = (check: 'REQUEST' | 'RESPONSE') => ({ 'cf-aig-dlp': finding(check, 'FLAG') });

/** The gateway's codes. */
export const gatewayErrors = {
  2001: { status: 400, message: 'Please configure AI Gateway in the Cloudflare dashboard' },
  2003: { status: 429, message: 'Rate limited' },
  2008: { status: 400, message: 'Invalid provider' },
  2009: { status: 401, message: 'Unauthorized' },
  2016: { status: 424, message: 'Prompt blocked due to security configurations' },
  2017: { status: 424, message: 'Response blocked due to security configurations' },
  2018: { status: 429, message: 'Unified billing limit reached' },
  2021: { status: 402, message: 'Not enough credits to run the guardrail scanner' },
  2029: {
    status: 400,
    message: 'Request content blocked due to DLP policy violations',
    headers: { 'cf-aig-dlp': finding('REQUEST', 'BLOCK') },
  },
  2030: {
    status: 400,
    message: 'Response content blocked due to DLP policy violations',
    headers: { 'cf-aig-dlp': finding('RESPONSE', 'BLOCK') },
  },
  2040: { status: 400, message: 'No stored key under that alias' },
  2041: { status: 429, message: 'Spend limit reached' },
  7013: { status: 503, message: 'Guardrail scanner unavailable' },
} as const satisfies Record<number, Row>;

export type GatewayCode = keyof typeof gatewayErrors;

/** The error envelope, as published; `older` omits what follows `error`, as before 2026. */
export function gatewayError(code: GatewayCode, detail = '', older = false): Answer {
  const row: Row = gatewayErrors[code];
  const message = row.message + detail;
  const body = { success: false, result: [], messages: [], error: [{ code, message }] };
  const more = { name: 'AiGatewayError', httpCode: row.status, internalCode: code, message };
  return jsonAnswer(row.status, older ? body : { ...body, ...more }, row.headers, String(code));
}

/**
 * The error envelope of Policies: one error without a code.
 * https://developers.cloudflare.com/ai-gateway/features/policies/
 */
export const policyError = (status: 403 | 429, error: object): Answer =>
  jsonAnswer(status, { success: false, error }, {}, 'policy');

/** The error for “Require provider credentials”, whose format is not published. */
export const credentialsRequired = (): Answer =>
  jsonAnswer(
    400,
    {
      success: false,
      result: [],
      messages: [],
      error: [{ code: 2050, message: 'Provider credentials are required for this gateway (byok_only)' }],
    },
    {},
    'byok_only',
  );

export function refuseAtGateway(code: GatewayCode, detail?: string): never {
  throw new Refused(gatewayError(code, detail));
}
