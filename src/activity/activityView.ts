// The host half of the Activity view. VS Code unloads the page of a hidden view; shown again, the page posts `ready` and
// gets everything. The record is read when the view is first shown, and released when it is closed.
import { type FSWatcher, watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { Disposable, type WebviewView, commands, window } from 'vscode';
import { localDay, nextDay } from '../core/activity/period';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type * as PanelChunk from '../reply/panel.chunk';
import { page, resourceRoots } from '../ui/webviewPage';
import type * as PriceList from '../prices/prices.chunk';
import { onMessage, postTo, showLoadError } from '../ui/webviewHost';
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

/** ms; the minimum time between two updates of the page. */
const updateIntervalMs = 100;

export interface ViewParts extends ActivityParts {
  readonly files: RecordFiles;
  readonly reader: RecordReader;
  readonly thisMonth: ThisMonth;
  readonly ledger: WindowLedger;
}

export class ActivityView implements Disposable {
  readonly #parts: ViewParts;
  readonly #recent = new RecentRequests();
  readonly #subscriptions: Disposable;
  readonly #load = lazy(async () => ({
    panel: await loadPart(() => import('../reply/panel.chunk')),
    prices: await loadPart(() => import('../prices/prices.chunk')),
  }));
  #view: WebviewView | undefined;
  #log: RequestLog | undefined;
  #isComplete = false;
  #watcher: FSWatcher | undefined;
  #chunks: { readonly panel: typeof PanelChunk; readonly prices: typeof PriceList } | undefined;
  #version = 0;
  #state: ViewState | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #postedAt = 0;
  #midnight: ReturnType<typeof setTimeout> | undefined;
  /** Resolve the promises that wait for the page to be drawn. */
  #drawnWaiters: (() => void)[] = [];
  #isDrawn = false;
  readonly #options = new CurrentOptions();

  constructor(parts: ViewParts) {
    this.#parts = parts;
    this.#subscriptions = Disposable.from(
      parts.ledger.onDidChangeRequest(({ progress, record }) => {
        if (record) {
          this.#recent.add(rowId(record), progress);
          this.#log?.add(record);
        }
        this.#scheduleUpdate();
      }),
      // Timers do not fire while the machine sleeps over midnight.
      window.onDidChangeWindowState(() => {
        if (localDay(this.#postedAt) !== localDay(Date.now())) this.#scheduleUpdate();
      }),
    );
  }

  show(view: WebviewView): void {
    const { extension, log, errors } = this.#parts;
    this.#view = view;
    view.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    onMessage<ActivityMessages>(view.webview, {
      ...{ page: 'activity', log, attempt: errors.attempt, nameOf: rowActionName },
      handle: (message) => this.#handle(message),
    });
    view.onDidChangeVisibility(() => !view.visible && this.#setDrawn(false));
    view.onDidDispose(() => this.#close(view));
    view.webview.html = page(view.webview, extension, { script: 'activityWebview', title: view.title ?? '' });
    // Reads the record while the page is loading.
    this.#open().catch(this.#warn);
  }

  /** Brings the view to the front. Resolves when it is completely drawn, or hidden before. */
  async reveal(): Promise<void> {
    this.#open().catch(this.#warn);
    await commands.executeCommand(`${activityViewId}.focus`);
    await this.#whenDrawn();
  }

  /** Resolves when the page is completely drawn, or hidden before. */
  async #whenDrawn(): Promise<void> {
    if (!this.#isDrawn) await new Promise<void>((resolve) => this.#drawnWaiters.push(resolve));
  }

  #setDrawn(isDrawn: boolean): void {
    this.#isDrawn = isDrawn;
    for (const resolve of this.#drawnWaiters.splice(0)) resolve();
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#close(this.#view);
  }

  #close(view: WebviewView | undefined): void {
    if (this.#view !== view) return;
    this.#view = undefined;
    this.#setDrawn(false);
    this.#watcher?.close();
    clearTimeout(this.#timer);
    clearTimeout(this.#midnight);
    this.#timer = undefined;
    this.#disposeLog();
    this.#state = undefined;
    this.#isComplete = false;
  }

  #disposeLog(): void {
    this.#log?.dispose();
    this.#log = undefined;
  }

  /** Opens the record and starts to read it, if that has not happened. Rejects with PartNotLoaded. */
  async #open(): Promise<void> {
    if (this.#log) return;
    const { files, reader, log } = this.#parts;
    const opened = (this.#log = new RequestLog(reader));
    try {
      await mkdir(files.directory, { recursive: true });
      if (opened !== this.#log) return;
      // Watches for requests of other windows. If the file system can't do that, this window's requests still trigger
      // updates.
      const watcher = (this.#watcher = watch(files.directory, () => void this.#refresh()));
      watcher.on('error', () => watcher.close());
    } catch (error) {
      log.warn(`activity: other windows' requests are not seen at once: ${String(error)}`);
    }
    const reading = this.#read();
    try {
      this.#chunks = await this.#load();
    } catch (error) {
      // The next time the view is shown, this is tried again.
      if (opened === this.#log) {
        this.#disposeLog();
        this.#watcher?.close();
      }
      throw error;
    }
    this.#scheduleUpdate();
    await reading;
  }

  /** Reads this month first, which is mostly known already: in sequence, each part is ready sooner. */
  async #read(): Promise<void> {
    const log = this.#log;
    try {
      await this.#parts.thisMonth.refresh();
    } catch (error) {
      this.#warn(error);
    }
    if (log !== this.#log) return;
    this.#scheduleUpdate();
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    const log = this.#log;
    if (!log) return;
    // If reading fails, a part may have been read.
    let isNew = true;
    try {
      isNew = await log.refresh();
    } catch (error) {
      this.#warn(error);
    }
    if (log !== this.#log) return;
    const first = !this.#isComplete;
    this.#isComplete = true;
    // The files also change with each request of this window, which the page has already.
    if (isNew || first) this.#scheduleUpdate();
    if (first) this.#postView();
  }

  readonly #warn = (error: unknown): void => this.#parts.log.warn(`activity: ${String(error)}`);

  #invalidate(): void {
    this.#version += 1;
    this.#state = undefined;
  }

  /** Updates the page soon. */
  #scheduleUpdate(): void {
    this.#invalidate();
    // A hidden view has no page; shown again, it gets everything.
    if (!this.#view?.visible || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        this.#postView();
      },
      Math.max(0, this.#postedAt + updateIntervalMs - Date.now()),
    );
  }

  #postView(): void {
    const state = this.#getState();
    if (!state) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#postedAt = Date.now();
    clearTimeout(this.#midnight);
    // The period “Today” changes then.
    this.#midnight = setTimeout(() => this.#scheduleUpdate(), nextDay(this.#postedAt) - this.#postedAt);
    this.#post({ type: 'show', view: pageOf(state) });
  }

  #getState(): ViewState | undefined {
    if (!this.#log || !this.#chunks) return undefined;
    const { ledger, labelOf, conversations, thisMonth } = this.#parts;
    return (this.#state ??= {
      version: this.#version,
      options: this.#options.current,
      isComplete: this.#isComplete,
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

  async #handle(message: ActivityMessages): Promise<void> {
    switch (message.type) {
      case 'ready':
        try {
          await this.#open();
        } catch (error) {
          // The page will not be drawn, so nobody needs to wait for it.
          this.#setDrawn(false);
          if (this.#view) showLoadError(this.#view.webview, activityTitle());
          throw error;
        }
        // The day may have changed while the view was hidden.
        this.#invalidate();
        this.#postView();
        return;
      case 'setOptions': {
        this.#options.set(message.options);
        this.#invalidate();
        this.#postView();
        return;
      }
      case 'rows': {
        const state = this.#getState();
        if (!state) return;
        const { from, count } = message;
        this.#post({ type: 'rows', version: state.version, from, rows: rowsOf(state, from, count) });
        return;
      }
      case 'act':
      case 'copyDetail': {
        const state = this.#getState();
        if (state) await rowActions(state, this.#parts)(message);
        return;
      }
      case 'drawn':
        this.#setDrawn(true);
    }
  }
}
