// Which windows are open. A window that has drafts or running replies in the history, or shows a conversation, keeps a
// file of its own young. By that file another window knows whether they still belong to somebody.
import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { replaceFile, unlessMissing } from '../platform/node/files';
import { serialize } from '../util/serialize';
import { type HistoryDirectory, isId } from './directory';

const beatMs = 2000;
/** ms after which a file that nobody has touched belongs to nobody, although a process has the ID that it names. */
const staleAfterMs = 10_000;

export class WindowPresence {
  /** An ID of this window and session. */
  readonly id = randomUUID();
  private announced: Promise<void> | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;
  private shown: string | undefined;

  constructor(private readonly directory: HistoryDirectory) {}

  /** Resolves when others see that this window is open. Await it before you write what belongs to this window. */
  announce(): Promise<void> {
    this.announced ??= this.begin().catch((error: unknown) => {
      this.announced = undefined;
      throw error;
    });
    return this.announced;
  }

  /** Tells other windows which conversation this one shows. undefined: none that they need to know of. */
  readonly show = serialize(async (conversation: string | undefined): Promise<void> => {
    this.shown = conversation;
    if (conversation === undefined) {
      await rm(this.directory.shown(this.id), { force: true });
      return;
    }
    await this.announce();
    await replaceFile(this.directory.shown(this.id), conversation);
  });

  /** The conversations that open windows show. */
  async shownInWindows(): Promise<ReadonlySet<string>> {
    const windows = await this.directory.windowsWithShown();
    const shown = await Promise.all(
      windows.map(async (window) => {
        const id = await unlessMissing(readFile(this.directory.shown(window), 'utf8'));
        return isId(id) && (await this.isOpen(window)) ? [id] : [];
      }),
    );
    return new Set(shown.flat());
  }

  /** Whether the window with this ID is open. */
  async isOpen(window: string): Promise<boolean> {
    if (window === this.id) return true;
    // A journal whose first line is damaged names no window.
    if (!isId(window)) return false;
    const state = await this.stateOf(window);
    if (state !== 'stale') return state === 'open';
    // A machine that has slept wakes all windows at once: this one has time to say that it is there.
    await wait(beatMs * 1.5, undefined, { ref: false });
    return (await this.stateOf(window)) === 'open';
  }

  /** Whether another window is open that has something in the history. */
  async hasOthers(): Promise<boolean> {
    const others = (await this.directory.windows()).filter((window) => window !== this.id);
    return (await Promise.all(others.map((window) => this.isOpen(window)))).includes(true);
  }

  /** This window has nothing in the history any more. */
  async withdraw(): Promise<void> {
    clearInterval(this.timer);
    this.announced = undefined;
    await rm(this.directory.shown(this.id), { force: true });
    await rm(this.directory.window(this.id), { force: true });
  }

  private async begin(): Promise<void> {
    await replaceFile(this.directory.window(this.id), String(process.pid));
    if (this.shown !== undefined) await replaceFile(this.directory.shown(this.id), this.shown);
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.beat(), beatMs);
    this.timer.unref();
  }

  private async beat(): Promise<void> {
    const now = new Date();
    try {
      await utimes(this.directory.window(this.id), now, now);
      if (this.shown !== undefined) await unlessMissing(utimes(this.directory.shown(this.id), now, now));
    } catch {
      // The history was deleted. The next draft or reply announces this window again.
      clearInterval(this.timer);
      this.announced = undefined;
    }
  }

  private async stateOf(window: string): Promise<'open' | 'stale' | 'closed'> {
    const file = this.directory.window(window);
    const [text, stats] = await Promise.all([
      unlessMissing(readFile(file, 'utf8')),
      unlessMissing(stat(file)),
    ]);
    if (text === undefined || !stats || !isAlive(Number(text))) return 'closed';
    return Date.now() - stats.mtimeMs < staleAfterMs ? 'open' : 'stale';
  }
}

function isAlive(processId: number): boolean {
  // 0 and negative numbers mean groups of processes.
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    // Others' processes may not be signalled, but are there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
