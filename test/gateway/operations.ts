import { converseFrames, wholeConverse } from './converse.js';
import { readConverse } from './converseBody.js';
import { readInvoke } from './native/invoke.js';
import type { Prompt } from './prompt.js';
import type { Reply } from './reply.js';

export interface Frame {
  readonly bytes: Buffer;
  /** The number of the delta that it carries: such a frame is paced and can be held. */
  readonly delta?: number;
}

/** How a reply is written. */
export interface Voice {
  readonly whole: (reply: Reply, model: string) => object;
  readonly frames: (reply: Reply, model: string) => Frame[];
  /** Headers of a whole answer, and of a stream. */
  readonly headers?: (reply: Reply) => { readonly [Form in 'whole' | 'stream']: Record<string, string> };
}

export interface Asked {
  readonly prompt: Prompt;
  readonly voice: Voice;
}

export interface Operation {
  readonly streaming: boolean;
  /** Throws Refused when AWS would not take the body. */
  readonly read: (body: Buffer, model: string) => Asked;
}

const voice: Voice = { whole: wholeConverse, frames: converseFrames };
const converse = (body: Buffer): Asked => ({ prompt: readConverse(body), voice });

/** By the last segment of the path. */
export const operations: Readonly<Record<string, Operation>> = {
  converse: { streaming: false, read: converse },
  'converse-stream': { streaming: true, read: converse },
  invoke: { streaming: false, read: readInvoke },
  'invoke-with-response-stream': { streaming: true, read: readInvoke },
};
