// Creates the record of requests, its view and its budget.
import type { WebviewView } from 'vscode';
import { lazy } from '../util/lazy';
import { configuration } from '../settings';
import { readRetentionDays } from '../settings/activity';
import { ActivityView } from './activityView';
import { BudgetWatch } from './budget';
import { recordDirectory } from './recordDirectory';
import { RecordFiles, dayOf } from './files';
import { promptKey } from './promptKey';
import { WindowLedger } from './ledger';
import type { ActivityParts } from './parts';
import { RecordReader } from './recordReader';
import { ThisMonth } from './thisMonth';

export interface OpenActivity {
  readonly ledger: WindowLedger;
  show(view: WebviewView): void;
  /** Brings the view to the front. Resolves when it is completely drawn, or hidden before. */
  reveal(): Promise<void>;
  dispose(): void;
}

/** @param onMonthChange called with a sentence about this month's cost whenever it changes */
export function openActivity(parts: ActivityParts, onMonthChange: (month: string) => void): OpenActivity {
  const { storage, secrets, log } = parts;
  const files = new RecordFiles(recordDirectory(storage).fsPath);
  const reader = new RecordReader(files);
  const ledger = new WindowLedger({ files, reader, key: lazy(() => promptKey(secrets)), log });
  const thisMonth = new ThisMonth(reader);
  const budget = new BudgetWatch({ thisMonth, directory: files.directory, ledger, log, onMonthChange });
  const view = new ActivityView({ ...parts, files, reader, thisMonth, ledger });
  let lastRetainDay = '';
  const retain = async () => {
    lastRetainDay = dayOf(Date.now());
    try {
      await files.retain(readRetentionDays(), Date.now());
    } catch (error) {
      log.warn(`activity: old records were not removed: ${String(error)}`);
    }
  };
  void retain();
  if (configuration().get<number | null>('gateway.cacheTtl')) ledger.readAhead();
  // Daily, since a window may be open for weeks. Not when the setting changes: while the user types 365, it is 3 for a
  // moment.
  const subscription = ledger.onDidChangeRequest(({ record }) => {
    if (record && dayOf(Date.now()) !== lastRetainDay) void retain();
  });
  return {
    ledger,
    show: (webview) => view.show(webview),
    reveal: () => view.reveal(),
    dispose: () => {
      for (const part of [subscription, view, budget, ledger]) part.dispose();
    },
  };
}
