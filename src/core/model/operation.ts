// Bedrock's operations, as the last segment of a path names them.
import type { Api } from './request';

/** Each API's operation for a streamed reply and for a whole one. */
const operations = {
  converse: { streamed: 'converse-stream', whole: 'converse' },
  invoke: { streamed: 'invoke-with-response-stream', whole: 'invoke' },
} as const satisfies { readonly [A in Api]: object };

type Operations = (typeof operations)[Api];
export type Operation = Operations['streamed'] | Operations['whole'];

export function operationOf(api: Api, streams: boolean): Operation {
  return operations[api][streams ? 'streamed' : 'whole'];
}
