// Saves the scroll positions while VS Code unloads the page of a hidden view. The host keeps the view options.
import type { Tab } from '../../protocol/activity';
import type { PageHost } from '../kit/host';

/** The scroll position of the live log. VS Code saves it: keep the names of its fields. */
export interface LogPosition {
  /** The period and filter, as JSON. */
  readonly question: string;
  /** The version of the host's view; another window counts from the beginning. */
  readonly version: number;
  /** The index of the first visible row, and its ID; '' if the host had not sent it. */
  readonly row: number;
  readonly id: string;
  /** How much of that row was above the top edge, px. */
  readonly offset: number;
  /** The number of rows. */
  readonly count: number;
}

export interface TablePosition {
  readonly tab: Tab;
  /** px */
  readonly top: number;
  readonly left: number;
}

interface SavedState {
  readonly log?: LogPosition;
  readonly table?: TablePosition;
}

export class ActivityMemory {
  /** The state when the page was loaded. */
  readonly restored: SavedState;
  readonly #host: Pick<PageHost<never>, 'getState' | 'setState'>;
  #current: SavedState;

  constructor(host: Pick<PageHost<never>, 'getState' | 'setState'>) {
    this.#host = host;
    this.restored = host.getState() ?? {};
    this.#current = this.restored;
  }

  /** Saves immediately, since a page gets no event before it is unloaded. */
  remember(part: SavedState): void {
    this.#current = { ...this.#current, ...part };
    this.#host.setState(this.#current);
  }
}
