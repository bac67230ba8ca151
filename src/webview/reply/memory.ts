// Saves the conversation and its expanded parts while VS Code unloads the page: IDs, no text. The host knows the rest.
import type { PageHost } from '../kit/host';

interface SavedState {
  /** The host reads it after a reload of the window. */
  readonly conversation?: string;
  readonly unfolded?: readonly string[];
}

/** ms before a change is saved. */
const saveDelayMs = 200;

export class ReplyMemory {
  readonly #host: Pick<PageHost<never>, 'getState' | 'setState'>;
  readonly #unfolded: Set<string>;
  #conversation: string | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Pick<PageHost<never>, 'getState' | 'setState'>) {
    this.#host = host;
    const { conversation, unfolded } = (host.getState() ?? {}) as SavedState;
    this.#conversation = conversation;
    this.#unfolded = new Set(unfolded);
  }

  /** Saves the ID of the shown conversation, at once: the window may be reloaded now. */
  showConversation(id: string): void {
    if (id === this.#conversation) return;
    this.#conversation = id;
    this.#saveNow();
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

  #save(): void {
    this.#saving ??= setTimeout(() => this.#saveNow(), saveDelayMs);
  }

  #saveNow(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.#host.setState({ conversation: this.#conversation, unfolded: [...this.#unfolded] });
  }
}
