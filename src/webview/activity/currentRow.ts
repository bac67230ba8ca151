// The row from which keys go on. It stays the same request while others come in, sink and leave around it.
import type { RowCache } from './rowCache';

export class CurrentRow {
  readonly #known: RowCache;
  #index: number | undefined;
  #id = '';

  constructor(known: RowCache) {
    this.#known = known;
  }

  /** '' for none, or while the host has still to tell which request it is. */
  get id(): string {
    return this.#id;
  }

  /** 0 the first; undefined for none. Of a request that is not among the rows any more: where it was. */
  get index(): number | undefined {
    return this.#index;
  }

  go(index: number, id = this.#known.at(index)?.id ?? ''): void {
    this.#index = index;
    this.#id = id;
  }

  leave(): void {
    this.#index = undefined;
    this.#id = '';
  }

  /** Rows were told anew, of `count` in all: those in sight have moved down by `shift`. */
  follow(shift: number, count: number): void {
    if (this.#index === undefined) return;
    // Not all rows move alike: one that has ended sinks from those that run to where its time is.
    const found = this.#id ? this.#known.find(this.#id) : undefined;
    this.#index = found ?? Math.max(0, Math.min(this.#index + shift, count - 1));
    this.#id ||= this.#known.at(this.#index)?.id ?? '';
  }

  isAt(index: number): boolean {
    return index === this.#index && !this.#isGone;
  }

  /** Where a key goes from: where a request is gone, the next one has taken its place. */
  before(key: string): number | undefined {
    const isDown = key === 'ArrowDown' || key === 'PageDown';
    return this.#index !== undefined && this.#isGone && isDown ? this.#index - 1 : this.#index;
  }

  get #isGone(): boolean {
    const there = this.#index === undefined ? undefined : this.#known.at(this.#index);
    return there !== undefined && this.#id !== '' && there.id !== this.#id;
  }
}
