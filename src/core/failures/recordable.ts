// Which of the other side's words may be logged and kept on disk: those of a known list, and IDs of their issuer's
// form. What else a server may put in their place (it could quote a key, or the prompt) is "other".
import { isKnownException } from './aws';
import { isNodeCode } from './codes';
import type { RequestIds } from '../model/requestIds';

/** Takes the place of a word that is not known. */
export const other = 'other';

/**
 * Converse's stop reasons, and those of the models' own bodies that have no equal there.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#bedrock-runtime_Converse-response-stopReason
 * https://platform.claude.com/docs/en/api/messages#response-stop-reason
 */
const stopReasons: ReadonlySet<string> = new Set([
  'content_filtered',
  'end_turn',
  'guardrail_intervened',
  'malformed_model_output',
  'malformed_tool_use',
  'max_tokens',
  'model_context_window_exceeded',
  'pause_turn',
  'refusal',
  'stop_sequence',
  'tool_use',
]);

/** `reason` when it is a known one, else "other". */
export function recordableStopReason(reason: string): string {
  return stopReasons.has(reason) ? reason : other;
}

/** The code of a failure when it is a known exception, a number, or one of Node's; else "other". */
export function recordableCode(code: string): string {
  const known = /^\d{1,5}$/.test(code) || isKnownException(code) || isNodeCode(code);
  return known ? code : other;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
/** https://github.com/ulid/spec */
const ulid = /^[0-7][\dA-HJKMNP-TV-Z]{25}$/;
/** https://developers.cloudflare.com/fundamentals/reference/cloudflare-ray-id/ */
const ray = /^[\da-f]{16}(?:-[A-Z]{3})?$/;

const forms = {
  logId: [uuid, ulid],
  eventId: [uuid, ulid],
  awsRequestId: [uuid],
  ray: [ray],
} as const satisfies { readonly [I in IdName]: readonly RegExp[] };

type IdName = Exclude<keyof RequestIds, 'cache' | 'dataLoss'>;

/** Those IDs of `requestIds` that have their issuer's form. */
export function recordableIds(requestIds: RequestIds): { readonly [I in IdName]?: string } {
  return Object.fromEntries(
    Object.entries(forms).flatMap(([name, patterns]) => {
      const id = requestIds[name as IdName];
      return id !== undefined && patterns.some((form) => form.test(id)) ? [[name, id] as const] : [];
    }),
  );
}
