import { converseFrames, wholeConverse } from './converse.js';
import { readConverse } from './converseBody.js';
import { readInvoke } from './native/invoke.js';
import type { Prompt } from './prompt.js';
import type { Reply } from './reply.js';

export interface Frame {
  readonly bytes: Buffer;
  /** The number of the delta in it: such frames are paced and can be held. */
  readonly delta?: number;
}

/** The format of a reply. */
export interface ReplyFormat {
  readonly whole: (reply: Reply, model: string) => object;
  readonly frames: (reply: Reply, model: string) => Frame[];
  /** Headers of a whole response, and of a stream. */
  readonly headers?: (reply: Reply) => { readonly [Form in 'whole' | 'stream']: Record<string, string> };
}

export interface ParsedRequest {
  readonly prompt: Prompt;
  readonly format: ReplyFormat;
}

export interface Operation {
  readonly streaming: boolean;
  /** Throws Refused if AWS would refuse the body. */
  readonly read: (body: Buffer, model: string) => ParsedRequest;
}

const format: ReplyFormat = { whole: wholeConverse, frames: converseFrames };
const converse: Operation['read'] = (body, model) => ({ prompt: readConverse(body, model), format });

/** By the last segment of the path. */
export const operations: Readonly<Record<string, Operation>> = {
  converse: { streaming: false, read: converse },
  'converse-stream': { streaming: true, read: converse },
  invoke: { streaming: false, read: readInvoke },
  'invoke-with-response-stream': { streaming: true, read: readInvoke },
};
