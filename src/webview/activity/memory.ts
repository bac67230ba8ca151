// What survives the page's being unloaded while the view is hidden: how far it was scrolled. What was chosen is kept
// by the host.
import type { Tab } from '../../protocol/activity';
import type { PageHost } from '../kit/host';

/** How far the live log was scrolled. */
export interface LogPlace {
  /** The period and filter of its rows. */
  readonly question: string;
  /** Of the host's page; it counts from the beginning in another window. */
  readonly version: number;
  /** The first row in sight: its place, and its ID where the host had told it. */
  readonly row: number;
  readonly id: string;
  /** How much of that row was above the top, px. */
  readonly offset: number;
  /** How many rows there were. */
  readonly count: number;
}

export interface TablePlace {
  readonly tab: Tab;
  /** px */
  readonly top: number;
  readonly left: number;
}

interface Remembered {
  readonly log?: LogPlace;
  readonly table?: TablePlace;
}

export class ActivityMemory {
  /** As it was when the page was loaded. */
  readonly before: Remembered;
  readonly #host: Pick<PageHost<never>, 'getState' | 'setState'>;
  #now: Remembered;

  constructor(host: Pick<PageHost<never>, 'getState' | 'setState'>) {
    this.#host = host;
    this.before = host.getState() ?? {};
    this.#now = this.before;
  }

  /** At once: a page that is about to be unloaded is not told. */
  remember(part: Remembered): void {
    this.#now = { ...this.#now, ...part };
    this.#host.setState(this.#now);
  }
}
