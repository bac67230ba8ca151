// What this month's requests add up to, all windows together: known soon after the start and read on from there, so
// that neither the status bar nor whoever looks at the table of this month waits for the whole record.
import { type Month, monthOf } from '../core/activity/month';
import { type Spending, UsageSum, type UsageReport } from '../core/activity/usage';
import { serialize } from '../util/serialize';
import type { Portion, RecordFollower, RecordReader } from './recordReader';

interface Summed extends Month {
  readonly follower: RecordFollower;
  /** By the day of the file: one that is gone is left out. */
  readonly days: Map<string, UsageSum>;
  /** Of all days. */
  sum: UsageSum;
  /** Everything that was there has been read. */
  whole: boolean;
}

export class ThisMonth {
  #summed: Summed | undefined;

  constructor(private readonly reader: RecordReader) {}

  /** Adds what all windows have appended since the last time. Rejects as the file system does. */
  readonly refresh = serialize(() => this.#read());

  /** By model, as far as it was read at last; undefined where it was not, or was in a month that is over at `now`. */
  usages(now: number): UsageReport | undefined {
    const summed = this.#summed;
    return summed?.whole && now >= summed.from && now < summed.to ? summed.sum.report : undefined;
  }

  async #read(): Promise<Month & Spending> {
    const now = Date.now();
    // A clock that was wrong is put right, too.
    if (!this.#summed || now < this.#summed.from || now >= this.#summed.to) {
      this.#summed?.follower.dispose();
      const month = monthOf(now);
      const follower = this.reader.follow((portion) => add(portion, summed), month.from);
      const summed: Summed = {
        ...month,
        follower,
        days: new Map(),
        sum: new UsageSum('model'),
        whole: false,
      };
      this.#summed = summed;
    }
    const summed = this.#summed;
    const { from, to, name, follower } = summed;
    await follower.refresh();
    summed.whole = true;
    const { usd, uncertain } = summed.sum.spending;
    // What a file holds that cannot be read is not known either.
    return { from, to, name, usd, uncertain: uncertain + follower.unreadable() };
  }
}

function add({ day, records, reset }: Portion, summed: Summed): void {
  const { days, from } = summed;
  if (reset) {
    days.delete(day);
    summed.sum = new UsageSum('model');
    for (const each of days.values()) summed.sum.addAll(each);
    summed.whole = false;
  }
  let sum = days.get(day);
  if (!sum) days.set(day, (sum = new UsageSum('model')));
  for (const record of records) {
    if (record.at < from) continue;
    sum.add(record);
    summed.sum.add(record);
  }
}
