// The record of requests, its view and its budget, put together.
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
  /** Brings the view to the front. Resolves when it stands there whole, or is hidden before. */
  reveal(): Promise<void>;
  dispose(): void;
}

/** @param tell what this month has cost, in words, whenever that changes */
export function openActivity(parts: ActivityParts, tell: (month: string) => void): OpenActivity {
  const { storage, secrets, log } = parts;
  const files = new RecordFiles(recordDirectory(storage).fsPath);
  const reader = new RecordReader(files);
  const ledger = new WindowLedger({ files, reader, key: lazy(() => promptKey(secrets)), log });
  const thisMonth = new ThisMonth(reader);
  const budget = new BudgetWatch({ thisMonth, directory: files.directory, ledger, log, tell });
  const view = new ActivityView({ ...parts, files, reader, thisMonth, ledger });
  let retained = '';
  const retain = async () => {
    retained = dayOf(Date.now());
    try {
      await files.retain(readRetentionDays(), Date.now());
    } catch (error) {
      log.warn(`activity: what is old was not removed: ${String(error)}`);
    }
  };
  void retain();
  if (configuration().get<number | null>('gateway.cacheTtl')) ledger.readAhead();
  // A window may be open for weeks. Not as the setting changes: on its way from 90 to 365 it is 3 for a moment.
  const listening = ledger.onDidChangeRequest(({ record }) => {
    if (record && dayOf(Date.now()) !== retained) void retain();
  });
  return {
    ledger,
    show: (webview) => view.show(webview),
    reveal: () => view.reveal(),
    dispose: () => {
      for (const part of [listening, view, budget, ledger]) part.dispose();
    },
  };
}
