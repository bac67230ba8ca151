// The record in memory: what the files hold, whoever wrote it, and what this window knows before they do.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RecordFiles, dayOf } from '../../../src/activity/files';
import { RequestLog } from '../../../src/activity/requestLog';
import { recordNumber } from './records';

const dayMs = 24 * 60 * 60 * 1000;
const noon = Math.floor(Date.now() / dayMs) * dayMs + dayMs / 2;

describe('the record in memory', () => {
  let files: RecordFiles;
  let log: RequestLog;
  beforeEach(async () => {
    files = new RecordFiles(await mkdtemp(path.join(os.tmpdir(), 'activity-')));
    log = new RequestLog(files);
  });
  afterEach(() => rm(files.directory, { recursive: true, force: true }));

  const record = (number: number) => recordNumber(number, noon + number);
  const numbers = () => log.records.map(({ at }) => at - noon);

  it('stands in the order in which requests were sent, though long ones end late', async () => {
    for (const number of [5, 1, 4]) await files.append(record(number));
    assert.equal(await log.refresh(), true);
    assert.deepEqual(numbers(), [1, 4, 5]);
    for (const number of [3, 6]) await files.append(record(number));
    await log.refresh();
    log.add(record(2));
    assert.deepEqual(numbers(), [1, 2, 3, 4, 5, 6]);
  });

  it('is another array when there is more, and the same when there is not', async () => {
    await files.append(record(1));
    await log.refresh();
    const one = log.records;
    assert.equal(await log.refresh(), false);
    assert.equal(log.records, one);
    log.add(record(2));
    assert.deepEqual([one.length, log.records.length], [1, 2]);
  });

  it('holds what ends in this window once, and is not new when its file is read', async () => {
    log.add(record(1));
    await files.append(record(1));
    assert.equal(await log.refresh(), false);
    assert.deepEqual(numbers(), [1]);
    // Its file is read before this window tells of it.
    await files.append(record(2));
    await log.refresh();
    log.add(record(2));
    assert.deepEqual(numbers(), [1, 2]);
  });

  it('holds once what ends while the files are read', async () => {
    for (let number = 0; number < 3000; number += 1) await files.append(record(number));
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
    for (const number of [0, 1, 3]) await files.append(record(number));
    await log.refresh();
    assert.equal(log.models.size, 2);
    log.add(record(2));
    assert.deepEqual([...log.models].sort(), [0, 1, 2].map((number) => record(number).model).sort());
  });

  it('is read anew when a file is gone', async () => {
    await files.append(record(1));
    await files.append(recordNumber(2, noon + dayMs));
    await log.refresh();
    await rm(path.join(files.directory, `${dayOf(noon)}.jsonl`));
    assert.equal(await log.refresh(), true);
    assert.deepEqual([log.records.length, log.models.size], [1, 1]);
  });
});
