// What survives the page's being thrown away: how it was looked at, and nothing of what it said.
import type { PageHost } from '../kit/host';

export interface View {
  /** The last turn shown then. */
  readonly turn: string;
  readonly top: number;
}

interface Remembered {
  readonly view?: View;
  readonly unfolded?: readonly string[];
}

/** How long a change may wait to be saved, ms. */
const soon = 200;

export class ReplyMemory {
  readonly #host: Pick<PageHost<never>, 'getState' | 'setState'>;
  readonly #unfolded: Set<string>;
  #view: View | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Pick<PageHost<never>, 'getState' | 'setState'>) {
    this.#host = host;
    const { view, unfolded } = (host.getState() ?? {}) as Remembered;
    this.#view = view;
    this.#unfolded = new Set(unfolded);
  }

  get view(): View | undefined {
    return this.#view;
  }

  rememberView(now: View): void {
    this.#view = now;
    this.#save();
  }

  /** `part` is a turn's id and the name of one of its parts. */
  isUnfolded(part: string): boolean {
    return this.#unfolded.has(part);
  }

  rememberUnfolded(part: string, open: boolean): void {
    if (open) this.#unfolded.add(part);
    else this.#unfolded.delete(part);
    this.#save();
  }

  /** Parts of turns that are gone need not be remembered. */
  keepUnfolded(turns: readonly string[]): void {
    for (const part of this.#unfolded)
      if (!turns.some((turn) => part.startsWith(turn))) this.#unfolded.delete(part);
  }

  /** Scrolling would otherwise save at every frame. */
  #save(): void {
    this.#saving ??= setTimeout(() => {
      this.#saving = undefined;
      this.#host.setState({ view: this.#view, unfolded: [...this.#unfolded] });
    }, soon);
  }
}
