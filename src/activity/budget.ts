// What this month has cost, all windows together, for the status bar; and a word when a budget is nearly used up.
import { mkdir, open, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Disposable, commands, env, l10n, window, workspace } from 'vscode';
import { type Month, type Threshold, reached } from '../core/activity/month';
import type { Spending } from '../core/activity/usage';
import type { Log } from '../core/model/ports';
import { dollars } from '../ui/money';
import { SettingInvalid, section } from '../settings';
import { readMonthlyBudget } from '../settings/activity';
import { showWarningMessage } from '../ui/messages';
import type { WindowLedger } from './ledger';
import type { ThisMonth } from './thisMonth';

export interface BudgetParts {
  readonly thisMonth: ThisMonth;
  /** Where a file says that a warning was given. */
  readonly directory: string;
  readonly ledger: WindowLedger;
  readonly log: Log;
  readonly tell: (month: string) => void;
}

export class BudgetWatch implements Disposable {
  /** One after the other: nothing is said twice. */
  #looking: Promise<void> = Promise.resolve();
  readonly #listening: Disposable[];

  constructor(private readonly parts: BudgetParts) {
    const look = () => void (this.#looking = this.#looking.then(() => this.#look()));
    this.#listening = [
      parts.ledger.onDidChangeRequest(({ record }) => record && look()),
      // Other windows spend too, and months end.
      window.onDidChangeWindowState(({ focused }) => focused && look()),
      workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration(`${section}.activity.monthlyBudgetUsd`) && look(),
      ),
    ];
    look();
  }

  dispose(): void {
    for (const each of this.#listening) each.dispose();
  }

  async #look(): Promise<void> {
    try {
      const month = await this.parts.thisMonth.refresh();
      const budget = budgetOf();
      this.parts.tell(inWords(month, budget));
      await this.#warn(month, budget);
    } catch (error) {
      this.parts.log.warn(`activity: ${String(error)}`);
    }
  }

  async #warn(month: Month & Spending, budget: number): Promise<void> {
    const threshold = reached(month.usd, budget);
    if (!threshold || !(await firstTo(this.parts.directory, month, budget, threshold))) return;
    const show = l10n.t('Show Activity');
    const sum = dollars(month.usd, env.language);
    const spent = month.uncertain > 0 ? l10n.t('at least {0}', sum) : l10n.t('about {0}', sum);
    const limit = dollars(budget, env.language);
    const message =
      threshold === 100
        ? l10n.t('Bedrock has cost {0} this month: the budget of {1} is used up.', spent, limit)
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

function budgetOf(): number {
  try {
    return readMonthlyBudget();
  } catch (error) {
    // Named in the settings editor; no prompt needs it.
    if (error instanceof SettingInvalid) return 0;
    throw error;
  }
}

function inWords({ usd, uncertain }: Spending, budget: number): string {
  const spent = dollars(usd, env.language);
  const sum = uncertain > 0 ? l10n.t('This month: at least {0}', spent) : l10n.t('This month: ≈ {0}', spent);
  return budget > 0 ? l10n.t('{0} of {1}', sum, dollars(budget, env.language)) : sum;
}

/**
 * Whether no window has warned of this yet: a file says that one has, and only one can make it. A budget that was
 * changed is another one.
 */
async function firstTo(
  directory: string,
  { name }: Month,
  budget: number,
  threshold: Threshold,
): Promise<boolean> {
  await mkdir(directory, { recursive: true });
  const warned = (percent: Threshold) => `warned-${name}-${budget}-${percent}`;
  const files = await readdir(directory);
  // What is told at 100 % need not be told at 80 % any more.
  if (files.includes(warned(100)) || files.includes(warned(threshold))) return false;
  try {
    await (await open(path.join(directory, warned(threshold)), 'wx')).close();
  } catch {
    return false;
  }
  for (const file of files)
    if (file.startsWith('warned-') && !file.startsWith(`warned-${name}-`))
      await rm(path.join(directory, file), { force: true });
  return true;
}
