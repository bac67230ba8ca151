// The current row, from which arrow keys move on. It stays at the same request while other rows come, move and go.
import type { RowCache } from './rowCache';

export class CurrentRow {
  readonly #cache: RowCache;
  #index: number | undefined;
  #id = '';

  constructor(cache: RowCache) {
    this.#cache = cache;
  }

  /** '' for none, or while the host has not sent the row yet. */
  get id(): string {
    return this.#id;
  }

  /** 0-based; undefined for none. If the request is no longer among the rows, its last index. */
  get index(): number | undefined {
    return this.#index;
  }

  set(index: number, id = this.#cache.at(index)?.id ?? ''): void {
    this.#index = index;
    this.#id = id;
  }

  clear(): void {
    this.#index = undefined;
    this.#id = '';
  }

  /** Call it after new rows have arrived: the visible ones moved down by `shift`, and there are `count` in all. */
  follow(shift: number, count: number): void {
    if (this.#index === undefined) return;
    // Rows may move differently: a request that has ended moves from the running ones to its place by time.
    const index = this.#id ? this.#cache.find(this.#id) : undefined;
    this.#index = index ?? Math.max(0, Math.min(this.#index + shift, count - 1));
    this.#id ||= this.#cache.at(this.#index)?.id ?? '';
  }

  isAt(index: number): boolean {
    return index === this.#index && !this.#isGone;
  }

  /** The index from which a key moves. If the request is gone, the next one has taken its place. */
  keyOrigin(key: string): number | undefined {
    const isDown = key === 'ArrowDown' || key === 'PageDown';
    return this.#index !== undefined && this.#isGone && isDown ? this.#index - 1 : this.#index;
  }

  get #isGone(): boolean {
    const row = this.#index === undefined ? undefined : this.#cache.at(this.#index);
    return row !== undefined && this.#id !== '' && row.id !== this.#id;
  }
}
