import type { Cache } from './cache.js';
import type { PromptCache } from './content/promptCache.js';
import type { ThinkingMemory } from './content/thinking.js';
import type { FaultDealer } from './faults.js';
import type { Log } from './log.js';
import type { Options } from './options.js';
import type { Behaviour, BedrockBehaviour } from './behaviours.js';
import type { Switches } from './switches.js';

/** The state that the parts of a running gateway share. */
export interface GatewayState {
  readonly options: Options;
  readonly switches: Switches;
  readonly log: Log;
  readonly dealer: FaultDealer | undefined;
  /** Played for every model; if absent, the model's name decides. */
  readonly behaviour?: Behaviour;
  readonly cache: Cache;
  /** Bedrock's own, of parts of prompts. */
  readonly promptCache: PromptCache;
  readonly thinking: ThinkingMemory;
  /** Replies that tests set, by decoded model ID. */
  readonly scripts: Map<string, BedrockBehaviour['answer']>;
  /** How often each model was called; a cache HIT calls none. */
  readonly turns: Map<string, number>;
  /** The root URL, without a trailing slash. */
  readonly root: () => string;
}
