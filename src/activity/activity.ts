// The record of requests as the rest of the extension sees it. What is behind it is loaded with the first prompt, or
// when somebody looks.
import { type Disposable, EventEmitter, type WebviewView, commands } from 'vscode';
import type { Ledger } from '../core/model/ports';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import { activityViewId } from './names';
import type { ActivityParts } from './parts';
import type { OpenActivity } from './openActivity';

export class Activity implements Disposable {
  private readonly changed = new EventEmitter<void>();
  /** Fires when `month` says something else. */
  readonly onDidChange = this.changed.event;
  /** What this month has cost, in words; undefined while that is not known. */
  month: string | undefined;
  private opened: OpenActivity | undefined;
  private readonly open = lazy(async () => {
    const { openActivity } = await loadPart(() => import('./activity.chunk'));
    return (this.opened = openActivity(this.parts, (month) => {
      this.month = month;
      this.changed.fire();
    }));
  });

  constructor(private readonly parts: ActivityParts) {}

  /** Prompts go on without a record where none can be kept. */
  readonly ledger = async (): Promise<Ledger | undefined> => {
    try {
      return (await this.open()).ledger;
    } catch (error) {
      this.parts.log.warn(`activity: ${String(error)}`);
      return undefined;
    }
  };

  /** Shows Activity in `view`. Rejects with PartNotLoaded where that cannot be loaded. */
  async show(view: WebviewView): Promise<void> {
    (await this.open()).show(view);
  }

  /** Brings the view to the front. Resolves when it stands there whole, or is hidden before. */
  async reveal(): Promise<void> {
    const opened = await this.open().catch(() => undefined);
    if (opened) await opened.reveal();
    // It says why it stays empty.
    else await commands.executeCommand(`${activityViewId}.focus`);
  }

  /** Resolves when everything that has ended is on disk. */
  async settled(): Promise<void> {
    await this.opened?.ledger.settled();
  }

  dispose(): void {
    this.opened?.dispose();
    this.changed.dispose();
  }
}
