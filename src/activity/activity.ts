// A stand-in for the record of requests and its view, which are loaded with the first prompt or the first look at
// Activity.
import { type Disposable, EventEmitter, type WebviewView, commands } from 'vscode';
import type { Ledger } from '../core/model/ports';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import { activityViewId } from './names';
import type { ActivityParts } from './parts';
import type { OpenActivity } from './openActivity';

export class Activity implements Disposable {
  private readonly changed = new EventEmitter<void>();
  /** Fires when `month` changes. */
  readonly onDidChange = this.changed.event;
  /** A sentence with this month's cost; undefined while it is not known. */
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

  /** Resolves to undefined if the record can't be opened; prompts are then sent without a record. */
  readonly ledger = async (): Promise<Ledger | undefined> => {
    try {
      return (await this.open()).ledger;
    } catch (error) {
      this.parts.log.warn(`activity: ${String(error)}`);
      return undefined;
    }
  };

  /** Shows Activity in `view`. Rejects with PartNotLoaded if it can't be loaded. */
  async show(view: WebviewView): Promise<void> {
    (await this.open()).show(view);
  }

  /** Brings the view to the front. Resolves when it is completely drawn, or hidden before. */
  async reveal(): Promise<void> {
    const opened = await this.open().catch(() => undefined);
    if (opened) await opened.reveal();
    // The view then shows why it is empty.
    else await commands.executeCommand(`${activityViewId}.focus`);
  }

  /** Resolves when all requests of this window have ended and are on disk. */
  async whenWritten(): Promise<void> {
    await this.opened?.ledger.whenWritten();
  }

  dispose(): void {
    this.opened?.dispose();
    this.changed.dispose();
  }
}
