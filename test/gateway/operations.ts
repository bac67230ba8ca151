import { refuse } from './awsErrors.js';
import { converseFrames, wholeConverse } from './converse.js';
import { readConverse } from './converseBody.js';
import type { Prompt } from './prompt.js';
import type { Reply } from './reply.js';

export interface Frame {
  readonly bytes: Buffer;
  /** The number of the delta that it carries: such a frame is paced and can be held. */
  readonly delta?: number;
}

export interface Operation {
  readonly streaming: boolean;
  /** Throws Refused when AWS would not take the body. */
  readonly read: (body: Buffer, model: string) => Prompt;
  readonly whole: (reply: Reply, model: string) => object;
  readonly frames: (reply: Reply, model: string) => Frame[];
}

const converse = { read: readConverse, whole: wholeConverse, frames: converseFrames };

const notPlayed = {
  read: () => refuse('ValidationException', 'The stand-in does not play InvokeModel yet.'),
  whole: () => ({}),
  frames: () => [],
};

/** By the last segment of the path. */
export const operations: Readonly<Record<string, Operation>> = {
  converse: { streaming: false, ...converse },
  'converse-stream': { streaming: true, ...converse },
  invoke: { streaming: false, ...notPlayed },
  'invoke-with-response-stream': { streaming: true, ...notPlayed },
};
