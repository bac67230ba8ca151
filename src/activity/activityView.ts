// The host's half of the view in the bottom panel. Hidden, its page is unloaded; shown again, it says `ready` and is
// told all. The record is read when the view is first looked at, and let go when it is closed.
import { type FSWatcher, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Disposable, type WebviewView, commands, window } from 'vscode';
import { localDay, nextDay } from '../core/activity/period';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type * as PanelChunk from '../reply/panel.chunk';
import { page, resourceRoots } from '../ui/webviewPage';
import type * as PriceList from '../prices/prices.chunk';
import { onMessage, postTo, showNotLoaded } from '../ui/webviewHost';
import { pageOf } from './activityPage';
import type { RecordFiles } from './files';
import type { WindowLedger } from './ledger';
import type { RecordReader } from './recordReader';
import type { ActivityMessages, ActivityToWebview } from '../protocol/activity';
import { RecentRequests } from './recentRequests';
import { RequestLog } from './requestLog';
import { rowActionName, rowActions } from './rowActions';
import { rowId } from './requestRow';
import { type ViewState, rowsOf } from './viewState';
import { CurrentOptions } from './currentOptions';
import { activityTitle, activityViewId } from './names';
import type { ActivityParts } from './parts';
import type { ThisMonth } from './thisMonth';

/** ms; so often the page is told of what goes on, at most. */
const pace = 100;

export interface ViewParts extends ActivityParts {
  readonly files: RecordFiles;
  readonly reader: RecordReader;
  readonly thisMonth: ThisMonth;
  readonly ledger: WindowLedger;
}

export class ActivityView implements Disposable {
  readonly #parts: ViewParts;
  readonly #recent = new RecentRequests();
  readonly #listening: Disposable;
  readonly #load = lazy(async () => ({
    panel: await loadPart(() => import('../reply/panel.chunk')),
    prices: await loadPart(() => import('../prices/prices.chunk')),
  }));
  #view: WebviewView | undefined;
  #log: RequestLog | undefined;
  #whole = false;
  #watcher: FSWatcher | undefined;
  #chunks: { readonly panel: typeof PanelChunk; readonly prices: typeof PriceList } | undefined;
  #version = 0;
  #shown: ViewState | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = 0;
  #midnight: ReturnType<typeof setTimeout> | undefined;
  /** Of those who wait for the page to be drawn. */
  #waiting: (() => void)[] = [];
  #isDrawn = false;
  readonly #options = new CurrentOptions();

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.#listening = Disposable.from(
      parts.ledger.onDidChangeRequest(({ progress, record }) => {
        if (record) {
          this.#recent.add(rowId(record), progress);
          this.#log?.add(record);
        }
        this.#changed();
      }),
      // A machine that sleeps over midnight keeps its timers waiting.
      window.onDidChangeWindowState(() => {
        if (localDay(this.#toldAt) !== localDay(Date.now())) this.#changed();
      }),
    );
  }

  show(view: WebviewView): void {
    const { extension, log, errors } = this.#parts;
    this.#view = view;
    view.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    onMessage<ActivityMessages>(view.webview, {
      ...{ page: 'activity', log, attempt: errors.attempt, nameOf: rowActionName },
      handle: (message) => this.#answer(message),
    });
    view.onDidChangeVisibility(() => !view.visible && this.#seen(false));
    view.onDidDispose(() => this.#close(view));
    view.webview.html = page(view.webview, extension, { script: 'activityWebview', title: view.title ?? '' });
    // While the page is loading.
    this.#open().catch(this.#warn);
  }

  /** Brings the view to the front. Resolves when it stands there whole, or is hidden before. */
  async reveal(): Promise<void> {
    this.#open().catch(this.#warn);
    await commands.executeCommand(`${activityViewId}.focus`);
    await this.#drawn();
  }

  /** Resolves when the page stands there whole; or is hidden before, and nobody looks any more. */
  async #drawn(): Promise<void> {
    if (!this.#isDrawn) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #seen(isDrawn: boolean): void {
    this.#isDrawn = isDrawn;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#close(this.#view);
  }

  #close(view: WebviewView | undefined): void {
    if (this.#view !== view) return;
    this.#view = undefined;
    this.#seen(false);
    this.#watcher?.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#midnight);
    this.#timer = undefined;
    this.#letGo();
    this.#shown = undefined;
    this.#whole = false;
  }

  #letGo(): void {
    this.#log?.dispose();
    this.#log = undefined;
  }

  /** Begins to read, since somebody is about to look; the page takes its time to load. */
  async #open(): Promise<void> {
    if (this.#log) return;
    const { files, reader, log } = this.#parts;
    const opened = (this.#log = new RequestLog(reader));
    try {
      await mkdir(files.directory, { recursive: true });
      if (opened !== this.#log) return;
      // Of what other windows append. Where a file system cannot tell, this window's own requests still do.
      const watcher = (this.#watcher = watch(files.directory, () => void this.#refresh()));
      watcher.on('error', () => watcher.close());
    } catch (error) {
      log.warn(`activity: other windows' requests are not seen at once: ${String(error)}`);
    }
    const reading = this.#read();
    try {
      this.#chunks = await this.#load();
    } catch (error) {
      // Tried again when somebody looks again.
      if (opened === this.#log) {
        this.#letGo();
        this.#watcher?.close();
      }
      throw error;
    }
    this.#changed();
    await reading;
  }

  /** First what the table of this month needs, which is mostly known: one after the other each is there sooner. */
  async #read(): Promise<void> {
    const log = this.#log;
    try {
      await this.#parts.thisMonth.refresh();
    } catch (error) {
      this.#warn(error);
    }
    if (log !== this.#log) return;
    this.#changed();
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    const log = this.#log;
    if (!log) return;
    // Where reading breaks off, something was read.
    let isNew = true;
    try {
      isNew = await log.refresh();
    } catch (error) {
      this.#warn(error);
    }
    if (log !== this.#log) return;
    const first = !this.#whole;
    this.#whole = true;
    // The files change with each request of this window too, of which the page has been told.
    if (isNew || first) this.#changed();
    if (first) this.#tell();
  }

  readonly #warn = (error: unknown): void => this.#parts.log.warn(`activity: ${String(error)}`);

  #forget(): void {
    this.#version += 1;
    this.#shown = undefined;
  }

  /** Tells the page, soon. */
  #changed(): void {
    this.#forget();
    // A hidden page is none: shown again, it is told all.
    if (!this.#view?.visible || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#tell();
      },
      Math.max(0, this.#toldAt + pace - Date.now()),
    );
  }

  #tell(): void {
    const shown = this.#look();
    if (!shown) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#toldAt = Date.now();
    clearTimeout(this.#midnight);
    // Today is another day then.
    this.#midnight = setTimeout(() => this.#changed(), nextDay(this.#toldAt) - this.#toldAt);
    this.#post({ type: 'show', view: pageOf(shown) });
  }

  #look(): ViewState | undefined {
    if (!this.#log || !this.#chunks) return undefined;
    const { ledger, labelOf, conversations, thisMonth } = this.#parts;
    return (this.#shown ??= {
      version: this.#version,
      chosen: this.#options.current,
      whole: this.#whole,
      thisMonth,
      records: this.#log.records,
      models: this.#log.models,
      damaged: this.#log.damaged,
      unreadable: this.#log.unreadable,
      running: ledger.running,
      recent: this.#recent,
      hasReply: (conversation) => conversations.get(conversation) !== undefined,
      labelOf,
      now: Date.now(),
      ...this.#chunks,
    });
  }

  #post(message: ActivityToWebview): void {
    postTo(this.#view?.webview, message);
  }

  async #answer(message: ActivityMessages): Promise<void> {
    switch (message.type) {
      case 'ready':
        try {
          await this.#open();
        } catch (error) {
          // Nobody waits for a page that cannot be drawn.
          this.#seen(false);
          if (this.#view) showNotLoaded(this.#view.webview, activityTitle());
          throw error;
        }
        // While nobody looked, a day may have begun.
        this.#forget();
        this.#tell();
        return;
      case 'choose': {
        this.#options.set(message.chosen);
        this.#forget();
        this.#tell();
        return;
      }
      case 'rows': {
        const shown = this.#look();
        if (!shown) return;
        const { from, count } = message;
        this.#post({ type: 'rows', version: shown.version, from, rows: rowsOf(shown, from, count) });
        return;
      }
      case 'act':
      case 'copyDetail': {
        const shown = this.#look();
        if (shown) await rowActions(shown, this.#parts)(message);
        return;
      }
      case 'drawn':
        this.#seen(true);
    }
  }
}
