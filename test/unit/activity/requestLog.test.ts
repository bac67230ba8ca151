// The record in memory: what the files hold, whoever wrote it, and what this window knows before they do.
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RecordFiles, dayOf } from '../../../src/activity/files';
import { RecordReader } from '../../../src/activity/recordReader';
import { RequestLog } from '../../../src/activity/requestLog';
import { appendTo, recordNumber } from './records';

const dayMs = 24 * 60 * 60 * 1000;
const noon = Math.floor(Date.now() / dayMs) * dayMs + dayMs / 2;

describe('the record in memory', () => {
  let files: RecordFiles;
  let log: RequestLog;
  beforeEach(async () => {
    files = new RecordFiles(await mkdtemp(path.join(os.tmpdir(), 'activity-')));
    log = new RequestLog(new RecordReader(files));
  });
  afterEach(() => rm(files.directory, { recursive: true, force: true }));

  const record = (number: number) => recordNumber(number, noon + number);
  const numbers = () => log.records.map(({ at }) => at - noon);

  it('stands in the order in which requests were sent, though long ones end late', async () => {
    for (const number of [5, 1, 4]) await appendTo(files, record(number));
    assert.equal(await log.refresh(), true);
    assert.deepEqual(numbers(), [1, 4, 5]);
    for (const number of [3, 6]) await appendTo(files, record(number));
    await log.refresh();
    log.add(record(2));
    assert.deepEqual(numbers(), [1, 2, 3, 4, 5, 6]);
  });

  it('is another array when there is more, and the same when there is not', async () => {
    await appendTo(files, record(1));
    await log.refresh();
    const one = log.records;
    assert.equal(await log.refresh(), false);
    assert.equal(log.records, one);
    log.add(record(2));
    assert.deepEqual([one.length, log.records.length], [1, 2]);
  });

  it('holds what ends in this window once, and is not new when its file is read', async () => {
    log.add(record(1));
    await appendTo(files, record(1));
    assert.equal(await log.refresh(), false);
    assert.deepEqual(numbers(), [1]);
    // Its file is read before this window tells of it.
    await appendTo(files, record(2));
    await log.refresh();
    log.add(record(2));
    assert.deepEqual(numbers(), [1, 2]);
  });

  it('shows what ends in this window also if another part has had its file read already', async () => {
    const reader = new RecordReader(files);
    const shared = new RequestLog(reader);
    const other = new RequestLog(reader);
    await Promise.all([shared.refresh(), other.refresh()]);
    await appendTo(files, record(1));
    await other.refresh();
    shared.add(record(1));
    assert.equal(shared.records.length, 1);
    await shared.refresh();
    assert.equal(shared.records.length, 1);
  });

  it('holds once what ends after a hundred that were sent later', async () => {
    for (let number = 2; number < 200; number += 1) await appendTo(files, record(number));
    await appendTo(files, record(1));
    await log.refresh();
    log.add(record(1));
    assert.equal(log.records.length, 199);
  });

  it('holds once what ends while the files are read', async () => {
    for (let number = 0; number < 3000; number += 1) await appendTo(files, record(number));
    const reading = log.refresh();
    // The latest, at each step of the read: some are met already, some are still to be met.
    for (let number = 2950; number < 3000; number += 1) {
      await new Promise(setImmediate);
      log.add(record(number));
    }
    await reading;
    assert.deepEqual(
      numbers(),
      Array.from({ length: 3000 }, (_, number) => number),
    );
  });

  it('names the models that were ever asked', async () => {
    for (const number of [0, 1, 3]) await appendTo(files, record(number));
    await log.refresh();
    assert.equal(log.models.size, 2);
    log.add(record(2));
    assert.deepEqual([...log.models].sort(), [0, 1, 2].map((number) => record(number).model).sort());
  });

  it('shows no part of what is read anew as the whole', async () => {
    await appendTo(files, recordNumber(0, noon - dayMs));
    for (let number = 1; number < 4000; number += 1) await appendTo(files, record(number));
    await log.refresh();
    await rm(path.join(files.directory, `${dayOf(noon - dayMs)}.jsonl`));
    const seen = new Set<number>();
    const watching = setInterval(() => seen.add(log.records.length));
    let isRead = false;
    const reading = log.refresh().then(() => (isRead = true));
    // What ends meanwhile is shown at once, and stays.
    log.add(record(4000));
    while (!isRead) {
      seen.add(log.records.length);
      await new Promise(setImmediate);
    }
    clearInterval(watching);
    await reading;
    assert.deepEqual(
      [...seen].filter((length) => length < 4000),
      [],
    );
    assert.deepEqual([log.records.length, numbers().at(-1)], [4000, 4000]);
  });

  it('forgets what was in a file that is gone, and reads no other again for it', async () => {
    await appendTo(files, record(1));
    await appendTo(files, recordNumber(2, noon + dayMs));
    await log.refresh();
    log.add(record(4));
    await appendTo(files, record(4));
    await log.refresh();
    const [, , other] = log.records;
    await rm(path.join(files.directory, `${dayOf(noon)}.jsonl`));
    assert.equal(await log.refresh(), true);
    assert.deepEqual([log.records.length, log.models.size], [1, 1]);
    // It is the very record that was read before.
    assert.equal(log.records[0], other);
    assert.equal(await log.refresh(), false);
  });

  it('counts the damaged lines of a file that is gone no longer', async () => {
    for (const day of [0, 1]) {
      await appendTo(files, recordNumber(day, noon + day * dayMs));
      await appendFile(path.join(files.directory, `${dayOf(noon + day * dayMs)}.jsonl`), 'none\n');
    }
    await log.refresh();
    assert.equal(log.damaged, 2);
    await rm(path.join(files.directory, `${dayOf(noon)}.jsonl`));
    await log.refresh();
    assert.deepEqual([log.damaged, log.records.length], [1, 1]);
  });

  it('costs a removed day no more than forgetting it, however long the record is', async () => {
    const days = 60;
    for (let day = 0; day < days; day += 1)
      for (let number = 0; number < 50; number += 1)
        await appendTo(files, recordNumber(number, noon - day * dayMs + number));
    await log.refresh();
    await rm(path.join(files.directory, `${dayOf(noon - (days - 1) * dayMs)}.jsonl`));
    const before = log.records.length;
    // What is not read cannot be met: all that is left is spoiled, byte for byte as long.
    for (const file of (await files.days()).map((day) => files.fileOf(day))) {
      const { length } = await readFile(file);
      await writeFile(file, 'x'.repeat(length - 1) + '\n');
    }
    await log.refresh();
    assert.deepEqual([log.records.length, log.damaged], [before - 50, 0]);
  });
});
