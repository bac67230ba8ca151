// Bytes that were used last, by name, up to so many together.

export class RecentBytes {
  /** The one that was used last is the last. */
  private readonly items = new Map<string, Uint8Array>();
  private size = 0;

  constructor(private readonly maxSize: number) {}

  get(name: string): Uint8Array | undefined {
    const bytes = this.items.get(name);
    if (bytes) {
      this.items.delete(name);
      this.items.set(name, bytes);
    }
    return bytes;
  }

  add(name: string, bytes: Uint8Array): void {
    this.delete(name);
    if (bytes.length > this.maxSize) return;
    this.items.set(name, bytes);
    this.size += bytes.length;
    for (const oldest of this.items.keys()) {
      if (this.size <= this.maxSize) return;
      this.delete(oldest);
    }
  }

  delete(name: string): void {
    this.size -= this.items.get(name)?.length ?? 0;
    this.items.delete(name);
  }

  clear(): void {
    this.items.clear();
    this.size = 0;
  }
}
