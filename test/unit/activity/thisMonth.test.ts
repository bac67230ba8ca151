// What this month adds up to, as all windows write it.
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RecordFiles, dayOf } from '../../../src/activity/files';
import { RecordReader } from '../../../src/activity/recordReader';
import { ThisMonth } from '../../../src/activity/thisMonth';
import { monthOf } from '../../../src/core/activity/month';
import { recordLine } from '../../../src/core/activity/record';
import { usageOf } from '../../../src/core/activity/usage';
import { appendTo, recordNumber } from './records';

describe('what this month adds up to', () => {
  const { from, to, name } = monthOf(Date.now());
  const now = Date.now();
  let files: RecordFiles;
  let thisMonth: ThisMonth;
  beforeEach(async () => {
    files = new RecordFiles(await mkdtemp(path.join(os.tmpdir(), 'activity-')));
    thisMonth = new ThisMonth(new RecordReader(files));
  });
  afterEach(() => rm(files.directory, { recursive: true, force: true }));

  it('is not known before it was read, nor of a month that is over', async () => {
    assert.equal(thisMonth.usages(now), undefined);
    await thisMonth.refresh();
    assert.equal(thisMonth.usages(now)?.total.requests, 0);
    assert.equal(thisMonth.usages(to), undefined);
  });

  it('is what the table makes of the same requests, without those of before', async () => {
    const records = Array.from({ length: 20 }, (_, number) =>
      recordNumber(number, Math.max(from, now - number)),
    );
    await appendTo(files, recordNumber(99, from - 1));
    // Files are named by UTC's days: this month's first may hold some of the month before.
    await appendFile(
      path.join(files.directory, `${dayOf(from)}.jsonl`),
      recordLine(recordNumber(98, from - 1)),
    );
    for (const record of records.slice(0, 12)) await appendTo(files, record);
    await thisMonth.refresh();
    for (const record of records.slice(12)) await appendTo(new RecordFiles(files.directory), record);
    const { rows, total } = usageOf(records, 'model');
    assert.deepEqual(await thisMonth.refresh(), { from, to, name, usd: total.usd, uncertain: 0 });
    assert.deepEqual(thisMonth.usages(now), { rows, total });
  });

  it('is that of the clock, though it was wrong before', async () => {
    const { now: right } = Date;
    await appendTo(files, recordNumber(1, from + 1));
    try {
      Date.now = () => to + 1;
      await thisMonth.refresh();
    } finally {
      Date.now = right;
    }
    assert.equal(thisMonth.usages(now), undefined);
    await thisMonth.refresh();
    assert.equal(thisMonth.usages(now)?.total.requests, 1);
  });

  it('is added up once, however many ask for it at a time', async () => {
    for (let number = 0; number < 500; number += 1)
      await appendTo(files, recordNumber(number, from + number));
    await Promise.all([thisMonth.refresh(), thisMonth.refresh(), thisMonth.refresh()]);
    assert.equal(thisMonth.usages(now)?.total.requests, 500);
  });

  it('leaves out a file that is gone, without a look into the others', async () => {
    const day = 24 * 60 * 60 * 1000;
    const rest = [2, 3, 4, 5, 6, 7].map((number) => recordNumber(number, from + 9 * day + number * day));
    await appendTo(files, recordNumber(1, from));
    for (const record of rest) await appendTo(files, record);
    await thisMonth.refresh();
    await rm(path.join(files.directory, `${dayOf(from)}.jsonl`));
    for (const file of (await files.days()).map((day) => files.fileOf(day))) {
      const { length } = await readFile(file);
      await writeFile(file, 'x'.repeat(length - 1) + '\n');
    }
    const { usd } = await thisMonth.refresh();
    const expected = usageOf(rest, 'model');
    // Added up in another order, sums of fractions differ in their last digits.
    const rounded = (usages: typeof expected | undefined) =>
      JSON.parse(JSON.stringify(usages), (_, value: unknown) =>
        typeof value === 'number' ? Number(value.toPrecision(12)) : value,
      ) as unknown;
    assert.deepEqual(rounded(thisMonth.usages(now)), rounded(expected));
    assert.equal(usd.toPrecision(12), expected.total.usd.toPrecision(12));
  });
});
