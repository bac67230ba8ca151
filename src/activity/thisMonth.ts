// The sums of this month's requests over all windows. They are read soon after the start and then kept up to date, so
// that the status bar and the table of this month need not wait for the whole record.
import { type Month, monthOf } from '../core/activity/month';
import { type Spending, UsageSum, type UsageReport } from '../core/activity/usage';
import { serialize } from '../util/serialize';
import type { Portion, RecordFollower, RecordReader } from './recordReader';

interface MonthSum extends Month {
  readonly follower: RecordFollower;
  /** Day of the file → its sum. A removed file is left out. */
  readonly days: Map<string, UsageSum>;
  /** The sum of all days. */
  sum: UsageSum;
  /** Whether all files have been read. */
  isComplete: boolean;
}

export class ThisMonth {
  #month: MonthSum | undefined;

  constructor(private readonly reader: RecordReader) {}

  /** Adds what all windows have appended since the last time. Rejects with the file system's error. */
  readonly refresh = serialize(() => this.#read());

  /** The usage by model, as of the last refresh; undefined before the first, or if the month is over at `now`. */
  usages(now: number): UsageReport | undefined {
    const month = this.#month;
    return month?.isComplete && now >= month.from && now < month.to ? month.sum.report : undefined;
  }

  async #read(): Promise<Month & Spending> {
    const now = Date.now();
    // Also if a wrong clock was corrected.
    if (!this.#month || now < this.#month.from || now >= this.#month.to) {
      this.#month?.follower.dispose();
      const month = monthOf(now);
      const follower = this.reader.follow((portion) => add(portion, summed), month.from);
      const summed: MonthSum = {
        ...month,
        follower,
        days: new Map(),
        sum: new UsageSum('model'),
        isComplete: false,
      };
      this.#month = summed;
    }
    const summed = this.#month;
    const { from, to, name, follower } = summed;
    await follower.refresh();
    summed.isComplete = true;
    const { usd, uncertain } = summed.sum.spending;
    // The cost of an unreadable file is unknown, too.
    return { from, to, name, usd, uncertain: uncertain + follower.unreadable() };
  }
}

function add({ day, records, reset }: Portion, summed: MonthSum): void {
  const { days, from } = summed;
  if (reset) {
    days.delete(day);
    summed.sum = new UsageSum('model');
    for (const each of days.values()) summed.sum.addAll(each);
    summed.isComplete = false;
  }
  let sum = days.get(day);
  if (!sum) days.set(day, (sum = new UsageSum('model')));
  for (const record of records) {
    if (record.at < from) continue;
    sum.add(record);
    summed.sum.add(record);
  }
}
