// The turns of one conversation, as a tree: each follows its parent. Turns with the same parent are versions of each
// other, of which one is shown.
import type { Turn } from '../core/model/reply';

/** The versions of a turn: itself and the others with the same parent. */
export interface Versions {
  /** IDs in the order in which they were sent. */
  readonly ids: readonly string[];
  /** 0-based place of the turn among them. */
  readonly index: number;
}

const noParent = '';

export class ConversationTree {
  readonly #turns = new Map<string, Turn>();
  /** ID of a turn → the ID of the turn that it follows, or noParent. */
  readonly #parents = new Map<string, string>();
  /** ID of a turn, or noParent → the IDs of the turns that follow it. */
  readonly #children = new Map<string, string[]>();
  /** The same keys → the ID of the shown child. */
  readonly #shown = new Map<string, string>();

  get size(): number {
    return this.#turns.size;
  }

  /** All turns, in the order in which they were added. */
  get turns(): IterableIterator<Turn> {
    return this.#turns.values();
  }

  get(id: string): Turn | undefined {
    return this.#turns.get(id);
  }

  /**
   * Adds a turn, or updates one that is there. Shows a new one among its versions; with `isShown` false, only if it is
   * the only one.
   */
  put(turn: Turn, isShown = true): void {
    const { id, parent: wanted = noParent } = turn.request;
    const isNew = !this.#turns.has(id);
    // A parent that is unknown, as after damage to the history's file, counts as none: no turn may be unreachable.
    const parent = this.#turns.has(wanted) ? wanted : noParent;
    this.#turns.set(id, turn);
    if (!isNew) return;
    this.#parents.set(id, parent);
    this.#children.set(parent, [...(this.#children.get(parent) ?? []), id]);
    if (isShown || !this.#shown.has(parent)) this.#shown.set(parent, id);
    this.#takeFollowers(id);
  }

  /** Moves the turns to their parent that were added before it, as when the history could write it only later. */
  #takeFollowers(parent: string): void {
    const first = this.#children.get(noParent) ?? [];
    const waiting = first.filter((id) => id !== parent && this.#turns.get(id)?.request.parent === parent);
    if (waiting.length === 0) return;
    // In a damaged file, two turns may follow each other.
    const earlier = new Set(this.before(parent).map(({ request }) => request.id));
    const followers = waiting.filter((id) => !earlier.has(id));
    const shown = this.#shown.get(noParent);
    for (const id of followers) this.#parents.set(id, parent);
    this.#children.set(
      noParent,
      first.filter((id) => !followers.includes(id)),
    );
    this.#children.set(parent, followers);
    const last = followers.at(-1);
    if (last !== undefined) this.#shown.set(parent, last);
    // The branch that is shown stays so.
    if (shown !== undefined && followers.includes(shown)) this.show(shown);
  }

  /** Shows the branch that leads to a turn and on from there. Returns whether the turn is known. */
  show(id: string): boolean {
    if (!this.#turns.has(id)) return false;
    for (let shown = id; shown !== noParent; shown = this.#parentOf(shown))
      this.#shown.set(this.#parentOf(shown), shown);
    return true;
  }

  /** The shown turns, the first prompt first. */
  branch(): readonly Turn[] {
    const turns: Turn[] = [];
    for (let turn = this.#shownAfter(noParent); turn; turn = this.#shownAfter(turn.request.id))
      turns.push(turn);
    return turns;
  }

  /** The turns before a turn, the first prompt first, whether they are shown or not. */
  before(id: string): readonly Turn[] {
    const turns: Turn[] = [];
    for (let turn = this.parent(id); turn; turn = this.parent(turn.request.id)) turns.unshift(turn);
    return turns;
  }

  /** The turn that a turn follows; undefined for a first prompt. */
  parent(id: string): Turn | undefined {
    return this.#turns.get(this.#parentOf(id));
  }

  versions(id: string): Versions {
    const ids = this.#turns.has(id) ? (this.#children.get(this.#parentOf(id)) ?? []) : [];
    return { ids, index: ids.indexOf(id) };
  }

  #shownAfter(parent: string): Turn | undefined {
    const shown = this.#shown.get(parent);
    return shown === undefined ? undefined : this.#turns.get(shown);
  }

  #parentOf(id: string): string {
    return this.#parents.get(id) ?? noParent;
  }
}
