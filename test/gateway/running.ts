import type { Cache } from './cache.js';
import type { Dealer } from './faults.js';
import type { Log } from './log.js';
import type { Options } from './options.js';
import type { Behaviour, Late } from './behaviours.js';
import type { Switches } from './switches.js';

/** What the parts of a running gateway share. */
export interface Running {
  readonly options: Options;
  readonly switches: Switches;
  readonly log: Log;
  readonly dealer: Dealer | undefined;
  /** Played whatever the model is called; its name decides, when absent. */
  readonly behaviour?: Behaviour;
  readonly cache: Cache;
  /** What tests told models to say, by decoded model id. */
  readonly scripts: Map<string, Late['answer']>;
  /** How often each model was asked; a cache HIT asks none. */
  readonly turns: Map<string, number>;
  /** The address, without a slash at its end. */
  readonly root: () => string;
}
