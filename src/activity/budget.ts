// Computes this month's cost over all windows for the status bar, and warns when the budget is nearly used up.
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Disposable, commands, env, l10n, window, workspace } from 'vscode';
import { type Month, type Threshold, reached } from '../core/activity/month';
import type { Spending } from '../core/activity/usage';
import type { Log } from '../core/model/ports';
import { dollars } from '../ui/money';
import { section, unlessInvalid } from '../settings';
import { readMonthlyBudget } from '../settings/activity';
import { showWarningMessage } from '../ui/messages';
import { serialize } from '../util/serialize';
import type { WindowLedger } from './ledger';
import type { ThisMonth } from './thisMonth';

export interface BudgetParts {
  readonly thisMonth: ThisMonth;
  /** The directory for the files that record which warnings were shown. */
  readonly directory: string;
  readonly ledger: WindowLedger;
  readonly log: Log;
  /** Called with a sentence about this month's cost. */
  readonly onMonthChange: (month: string) => void;
}

export class BudgetWatch implements Disposable {
  readonly #subscriptions: Disposable[];

  constructor(private readonly parts: BudgetParts) {
    // One at a time, so that no warning is shown twice.
    const updateNow = serialize(() => this.#update());
    const update = () => void updateNow();
    this.#subscriptions = [
      parts.ledger.onDidChangeRequest(({ record }) => record && update()),
      // Other windows spend too, and the month may have changed.
      window.onDidChangeWindowState(({ focused }) => focused && update()),
      workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration(`${section}.activity.monthlyBudgetUsd`) && update(),
      ),
    ];
    update();
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }

  async #update(): Promise<void> {
    try {
      const month = await this.parts.thisMonth.refresh();
      const budget = unlessInvalid(readMonthlyBudget, 0);
      this.parts.onMonthChange(monthText(month, budget));
      await this.#warn(month, budget);
    } catch (error) {
      this.parts.log.warn(`activity: ${String(error)}`);
    }
  }

  async #warn(month: Month & Spending, budget: number): Promise<void> {
    const threshold = reached(month.usd, budget);
    if (!threshold || !(await claimWarning(this.parts.directory, month, budget, threshold))) return;
    const show = l10n.t('Show Activity');
    const sum = dollars(month.usd, env.language);
    const spent = month.uncertain > 0 ? l10n.t('at least {0}', sum) : l10n.t('about {0}', sum);
    const limit = dollars(budget, env.language);
    const message =
      threshold === 100
        ? l10n.t('Bedrock has cost {0} this month. The budget of {1} is used up.', spent, limit)
        : l10n.t(
            'Bedrock has cost {0} this month, more than {1} % of the budget of {2}.',
            spent,
            threshold,
            limit,
          );
    void showWarningMessage(message, show).then((chosen) =>
      chosen === show ? commands.executeCommand(`${section}.showActivity`) : undefined,
    );
  }
}

function monthText({ usd, uncertain }: Spending, budget: number): string {
  const spent = dollars(usd, env.language);
  const sum = uncertain > 0 ? l10n.t('This month: at least {0}', spent) : l10n.t('This month: ≈ {0}', spent);
  return budget > 0 ? l10n.t('{0} of {1}', sum, dollars(budget, env.language)) : sum;
}

/**
 * Whether this window is the first to show this warning: a file records it, and only one window can create that file.
 * A changed budget has warnings of its own.
 */
async function claimWarning(
  directory: string,
  { name }: Month,
  budget: number,
  threshold: Threshold,
): Promise<boolean> {
  await mkdir(directory, { recursive: true });
  const fileName = (percent: Threshold) => `warned-${name}-${budget}-${percent}`;
  const files = await readdir(directory);
  // After the warning at 100 %, the one at 80 % is not needed.
  if (files.includes(fileName(100)) || files.includes(fileName(threshold))) return false;
  try {
    await (await open(path.join(directory, fileName(threshold)), 'wx')).close();
  } catch {
    return false;
  }
  for (const file of files)
    if (file.startsWith('warned-') && !file.startsWith(`warned-${name}-`))
      await rm(path.join(directory, file), { force: true });
  return true;
}
