// Decides which values from servers may be logged and stored: known words, and IDs of their issuer's format. A server
// could put a key or the prompt in their place; every other value becomes "other".
import { isKnownException } from './aws';
import { isNodeCode } from './codes';
import type { RequestIds } from '../model/requestIds';

/** Replaces an unknown word. */
export const other = 'other';

/** Stop reasons of Converse, and those of models' own formats that Converse lacks. */
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

/** `reason` if it is known, else "other". */
export function recordableStopReason(reason: string): string {
  return stopReasons.has(reason) ? reason : other;
}

/** `code` if it is a known exception, a number, or a Node code; else "other". */
export function recordableCode(code: string): string {
  const known = /^\d{1,5}$/.test(code) || isKnownException(code) || isNodeCode(code);
  return known ? code : other;
}

/** `publisher.name`: https://code.visualstudio.com/api/references/extension-manifest */
const extensionId = /^[\w-]{1,100}\.[\w-]{1,100}$/;

/** `id` if it has the form of an extension's ID, or is `core`, which stands for VS Code; else "other". */
export function recordableExtension(id: string): string {
  return id === 'core' || extensionId.test(id) ? id : other;
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

/** The IDs in `requestIds` that have their issuer's format. */
export function recordableIds(requestIds: RequestIds): { readonly [I in IdName]?: string } {
  return Object.fromEntries(
    Object.entries(forms).flatMap(([name, patterns]) => {
      const id = requestIds[name as IdName];
      return id !== undefined && patterns.some((form) => form.test(id)) ? [[name, id] as const] : [];
    }),
  );
}
