// Saves the scroll position and the expanded parts while VS Code unloads the page; no text of a reply.
import type { PageHost } from '../kit/host';

export interface ScrollPosition {
  /** The ID of the last turn. */
  readonly turn: string;
  readonly top: number;
}

interface SavedState {
  readonly view?: ScrollPosition;
  readonly unfolded?: readonly string[];
}

/** ms before a change is saved. */
const saveDelayMs = 200;

export class ReplyMemory {
  readonly #host: Pick<PageHost<never>, 'getState' | 'setState'>;
  readonly #unfolded: Set<string>;
  #view: ScrollPosition | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Pick<PageHost<never>, 'getState' | 'setState'>) {
    this.#host = host;
    const { view, unfolded } = (host.getState() ?? {}) as SavedState;
    this.#view = view;
    this.#unfolded = new Set(unfolded);
  }

  get view(): ScrollPosition | undefined {
    return this.#view;
  }

  rememberView(position: ScrollPosition): void {
    this.#view = position;
    this.#save();
  }

  /** `part`: a turn's ID and the name of one of its parts. */
  isUnfolded(part: string): boolean {
    return this.#unfolded.has(part);
  }

  rememberUnfolded(part: string, open: boolean): void {
    if (open) this.#unfolded.add(part);
    else this.#unfolded.delete(part);
    this.#save();
  }

  /** Drops the parts of all other turns. */
  keepUnfolded(turns: readonly string[]): void {
    for (const part of this.#unfolded)
      if (!turns.some((turn) => part.startsWith(turn))) this.#unfolded.delete(part);
  }

  /** Saves with a delay, since scrolling changes the position in every frame. */
  #save(): void {
    this.#saving ??= setTimeout(() => {
      this.#saving = undefined;
      this.#host.setState({ view: this.#view, unfolded: [...this.#unfolded] });
    }, saveDelayMs);
  }
}
