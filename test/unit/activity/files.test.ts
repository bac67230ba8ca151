// The files that hold the record: many windows write them at once, crash, and remove them under each other.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  rmdir,
  truncate,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { RecordFiles, dayOf } from '../../../src/activity/files';
import { type Portion, type RecordFollower, RecordReader } from '../../../src/activity/recordReader';
import { type ActivityRecord, recordLine } from '../../../src/core/activity/record';
import { appendTo, recordNumber } from './records';

const dayMs = 24 * 60 * 60 * 1000;
/** Of today: files of older days are read once. */
const noon = Math.floor(Date.now() / dayMs) * dayMs + dayMs / 2;

interface ReadRecords {
  readonly records: ActivityRecord[];
  readonly damaged: number;
  /** Days of which what was read before holds no longer. */
  readonly reset: readonly string[];
}

/** Follows the record, and hands over what is new. */
class Cursor {
  #portions: Portion[] = [];
  readonly #follower: RecordFollower;

  constructor(files: RecordFiles, since?: number, reader = new RecordReader(files)) {
    this.#follower = reader.follow((portion) => this.#portions.push(portion), since);
  }

  async more(): Promise<readonly Portion[]> {
    await this.#follower.refresh();
    return this.#portions.splice(0);
  }

  get unreadable(): number {
    return this.#follower.unreadable();
  }
}

async function readMore(cursor: Cursor): Promise<ReadRecords> {
  const portions = await cursor.more();
  return {
    records: portions.flatMap(({ records }) => records),
    damaged: portions.reduce((sum, { damaged }) => sum + damaged, 0),
    reset: portions.filter(({ reset }) => reset).map(({ day }) => day),
  };
}

const nothing: ReadRecords = { records: [], damaged: 0, reset: [] };

const idsOf = ({ records }: ReadRecords) => records.map(({ id }) => id);

describe('the files of the record', () => {
  let directory: string;
  let files: RecordFiles;
  beforeEach(async () => {
    directory = path.join(await mkdtemp(path.join(os.tmpdir(), 'activity-')), 'activity');
    files = new RecordFiles(directory);
  });
  afterEach(() => rm(path.dirname(directory), { recursive: true, force: true }));

  const file = (at = noon) => path.join(directory, `${dayOf(at)}.jsonl`);
  const append = async (...numbers: readonly number[]) => {
    for (const number of numbers) await appendTo(files, recordNumber(number, noon + number));
  };

  it('hold what four processes append at once, one of which is killed', async () => {
    const each = 25_000;
    const names = ['one', 'two', 'three', 'killed'];
    const writers = names.map((name) =>
      spawn(
        process.execPath,
        [path.join(__dirname, 'writer.js'), directory, name, String(each), String(noon)],
        {
          stdio: ['pipe', 'pipe', 'inherit'],
        },
      ),
    );
    try {
      const said = await Promise.all(writers.map((writer) => whenReady(writer)));
      const [, , , killed] = writers;
      const cursor = new Cursor(files);
      for (const writer of writers) writer.stdin.write('go\n');
      const ended = writers.map((writer) => once(writer, 'exit'));
      await new Promise<void>((resolve) =>
        said[3]!.on('line', (count) => {
          if (Number(count) < each / 2) return;
          killed!.kill('SIGKILL');
          resolve();
        }),
      );
      // Somebody looks meanwhile.
      const early = await readMore(cursor);
      const codes = (await Promise.all(ended)).map(([code, signal]: unknown[]) => code ?? signal);
      assert.deepEqual(codes, [0, 0, 0, 'SIGKILL']);
      const late = await readMore(cursor);

      const records = [...early.records, ...late.records];
      assert.ok(early.records.length > 0 && late.records.length > 0);
      assert.ok(early.damaged + late.damaged <= 1, `${early.damaged + late.damaged} lines are damaged`);
      for (const name of names) {
        const own = records.filter(({ id }) => id.startsWith(name));
        if (name === 'killed') assert.ok(own.length >= each / 2 && own.length < each, `${own.length}`);
        else assert.equal(own.length, each);
        const wrong = own.findIndex(
          (record, number) => recordLine(record) !== recordLine(recordNumber(number, noon + number, name)),
        );
        assert.equal(wrong, -1, `record ${wrong} of ${name}`);
      }
      assert.equal(new Set(records.map(({ id }) => id)).size, records.length);
    } finally {
      for (const writer of writers) writer.kill('SIGKILL');
    }
  });

  it('lose no more than the line that a crash broke off', async () => {
    await append(1, 2);
    await appendFile(file(), recordLine(recordNumber(3, noon)).slice(0, 200));
    const cursor = new Cursor(files);
    assert.deepEqual(idsOf(await readMore(cursor)), ['writer-1', 'writer-2']);
    await append(4, 5);
    const { records, damaged } = await readMore(cursor);
    assert.deepEqual(
      records.map(({ id }) => id),
      ['writer-4', 'writer-5'],
    );
    assert.equal(damaged, 1);
    const all = await readMore(new Cursor(files));
    assert.deepEqual([idsOf(all).length, all.damaged], [4, 1]);
  });

  it('are read on while others append, each line once', async () => {
    const cursor = new Cursor(files);
    const other = new RecordFiles(directory);
    let writing = true;
    const written = (async () => {
      for (let number = 0; number < 1000; number += 1)
        await appendTo(other, recordNumber(number, noon + (number % 3) * dayMs));
      writing = false;
    })();
    const seen: string[] = [];
    let looks = 0;
    for (; writing; looks += 1) seen.push(...idsOf(await readMore(cursor)));
    await written;
    seen.push(...idsOf(await readMore(cursor)));
    assert.ok(looks > 2);
    assert.deepEqual(seen.sort(), Array.from({ length: 1000 }, (_, number) => `writer-${number}`).sort());
    assert.deepEqual(await readMore(cursor), nothing);
  });

  it('are read with a line that is longer than what is read at a time', async () => {
    await append(1);
    await appendFile(file(), `\n{"at":${'1'.repeat(9 << 20)}\n`);
    await append(2);
    const read = await readMore(new Cursor(files));
    assert.deepEqual([idsOf(read), read.damaged], [['writer-1', 'writer-2'], 1]);
  });

  it('that are gone, or shorter than before, are forgotten by themselves: no other is read again', async () => {
    await append(1, 2, 3);
    const tomorrow = noon + dayMs;
    await appendTo(files, recordNumber(9, tomorrow));
    const cursor = new Cursor(files);
    assert.equal((await readMore(cursor)).records.length, 4);

    await rm(file());
    assert.deepEqual(await readMore(cursor), { ...nothing, reset: [dayOf(noon)] });
    assert.deepEqual(await readMore(cursor), nothing);
    await append(4);
    assert.deepEqual(idsOf(await readMore(cursor)), ['writer-4']);

    await append(5);
    assert.deepEqual(idsOf(await readMore(cursor)), ['writer-5']);
    await truncate(file(), recordLine(recordNumber(4, noon)).length);
    const cut = await readMore(cursor);
    assert.deepEqual([idsOf(cut), cut.reset], [['writer-4'], [dayOf(noon)]]);

    await rm(directory, { recursive: true });
    const { records, reset } = await readMore(cursor);
    assert.deepEqual([records, [...reset].sort()], [[], [dayOf(noon), dayOf(tomorrow)]]);
    await append(6);
    assert.deepEqual(idsOf(await readMore(cursor)), ['writer-6']);
  });

  it('of days that were over by a clock that was wrong are read on once it is right', async () => {
    await append(1);
    const cursor = new Cursor(files);
    await after(9 * 365 * dayMs, async () => {
      await readMore(cursor);
    });
    await append(2);
    assert.deepEqual(idsOf(await readMore(cursor)), ['writer-2']);
  });

  it('are read to their end, though nobody looked since the day on which they were read in part', async () => {
    const cursor = new Cursor(files);
    await append(1);
    assert.deepEqual(idsOf(await readMore(cursor)), ['writer-1']);
    // Another window goes on, and is closed.
    await append(2);
    await after(3 * dayMs, async () => {
      assert.deepEqual(idsOf(await readMore(cursor)), ['writer-2']);
      assert.deepEqual(idsOf(await readMore(cursor)), []);
    });
  });

  it('take what ends on a day, though it was sent long before: files of days that are over stay as they are', async () => {
    await append(1);
    const cursor = new Cursor(files);
    await after(3 * dayMs, async () => {
      await readMore(cursor);
      await files.append(recordNumber(2, noon));
      assert.deepEqual(idsOf(await readMore(cursor)), ['writer-2']);
    });
  });

  it('that cannot be read hide no others, and are read whole as soon as they can be', async () => {
    await append(1);
    const other = file(noon + dayMs);
    await mkdir(other);
    const cursor = new Cursor(files);
    for (const ids of [['writer-1'], []]) {
      assert.deepEqual(idsOf(await readMore(cursor)), ids);
      assert.equal(cursor.unreadable, 1);
    }
    await rmdir(other);
    await readMore(cursor);
    assert.equal(cursor.unreadable, 0, 'what is gone is not unreadable');
    for (const number of [2, 3]) await appendTo(files, recordNumber(number, noon + dayMs));
    assert.deepEqual(idsOf(await readMore(cursor)), ['writer-2', 'writer-3']);
    assert.equal(cursor.unreadable, 0);
  });

  it('of days before those that are asked for are left alone', async () => {
    for (const day of [0, 1, 2]) await appendTo(files, recordNumber(day, noon + day * dayMs));
    assert.deepEqual(idsOf(await readMore(new Cursor(files, noon + dayMs))), ['writer-1', 'writer-2']);
  });

  describe('followed by several', () => {
    it('are read and parsed once for all who have come as far', async () => {
      const reader = new RecordReader(files);
      const [one, other] = [new Cursor(files, 0, reader), new Cursor(files, 0, reader)];
      await append(1, 2);
      const portions = await one.more();
      assert.deepEqual(
        portions.flatMap(({ records }) => records.map(({ id }) => id)),
        ['writer-1', 'writer-2'],
      );
      const same = await other.more();
      assert.equal(same.length, portions.length);
      same.forEach((portion, at) => assert.equal(portion, portions[at]));
    });

    it('are given whole to one who comes late, and the rest to both', async () => {
      const reader = new RecordReader(files);
      const early = new Cursor(files, 0, reader);
      await append(1, 2);
      assert.deepEqual(idsOf(await readMore(early)), ['writer-1', 'writer-2']);
      await append(3);
      const late = new Cursor(files, 0, reader);
      const [before, after, ...more] = await late.more();
      assert.deepEqual([before?.records.length, after?.records.length, more], [2, 1, []]);
      assert.deepEqual(await early.more(), [after]);
    });

    it('are given to each as far back as it asks', async () => {
      const reader = new RecordReader(files);
      for (const day of [0, 1, 2]) await appendTo(files, recordNumber(day, noon + day * dayMs));
      const part = new Cursor(files, noon + dayMs, reader);
      const whole = new Cursor(files, 0, reader);
      assert.deepEqual(idsOf(await readMore(part)), ['writer-1', 'writer-2']);
      assert.deepEqual(idsOf(await readMore(whole)).sort(), ['writer-0', 'writer-1', 'writer-2']);
      await rm(file());
      assert.deepEqual(await readMore(part), nothing);
      assert.deepEqual((await readMore(whole)).reset, [dayOf(noon)]);
    });

    it('are given no more to one who has let go', async () => {
      const reader = new RecordReader(files);
      const left: Portion[] = [];
      const leaving = reader.follow((portion) => left.push(portion));
      leaving.dispose();
      await append(1);
      assert.deepEqual(idsOf(await readMore(new Cursor(files, 0, reader))), ['writer-1']);
      assert.deepEqual(left, []);
    });

    it('are not taken for unreadable when all who follow them let go while they are read', async () => {
      const reader = new RecordReader(files);
      for (const day of [0, 1, 2]) await appendTo(files, recordNumber(day, noon + day * dayMs));
      const leaving: RecordFollower = reader.follow(() => leaving.dispose());
      await leaving.refresh();
      assert.equal(reader.follow(() => undefined).unreadable(), 0);
    });

    it('are readable again for one who has had all, though another could not read them and let go', async () => {
      const reader = new RecordReader(files);
      const past = noon - 5 * dayMs;
      await appendTo(files, recordNumber(1, past));
      const whole = new Cursor(files, 0, reader);
      await readMore(whole);
      // For a moment, a directory stands in the place of the file.
      await rename(file(past), `${file(past)}.away`);
      await mkdir(file(past));
      const late = reader.follow(() => undefined);
      await late.refresh();
      assert.equal(whole.unreadable, 1);
      late.dispose();
      await rmdir(file(past));
      await rename(`${file(past)}.away`, file(past));
      await readMore(whole);
      assert.equal(whole.unreadable, 0);
    });

    it('are read past where somebody stands in the middle of a line that is new', async () => {
      const reader = new RecordReader(files);
      const early = new Cursor(files, 0, reader);
      await append(1);
      await readMore(early);
      // Another has written the file anew: it is longer, and no line ends where one did.
      const line = recordLine(recordNumber(1, noon + 1, 'another-writer'));
      await writeFile(file(), line + line);
      const whole = await readMore(new Cursor(files, 0, reader));
      assert.deepEqual(idsOf(whole), ['another-writer-1', 'another-writer-1']);
      assert.equal(idsOf(await readMore(early)).at(-1), 'another-writer-1');
    });
  });

  it('are removed when they are older than so many days, but not those of the month', async () => {
    const at = (month: number, day: number) => new Date(2026, month, day, 12).getTime();
    const days = [at(10, 28), at(10, 29), at(11, 1), at(11, 2), at(11, 4)];
    for (const day of days) await appendTo(files, recordNumber(1, day));
    await writeFile(path.join(directory, 'warned-2026-11-5-80'), '');
    await writeFile(path.join(directory, '2026-01-01.jsonl.mine'), '');
    const left = async () =>
      (await readdir(directory)).filter((name) => /^\d{4}-..-..\.jsonl$/.test(name)).sort();
    const filesOf = (times: readonly number[]) => times.map((time) => `${dayOf(time)}.jsonl`);
    await files.retain(5, at(11, 4));
    assert.deepEqual(await left(), filesOf(days.slice(1)));
    // The budget adds up the whole month.
    await files.retain(1, at(11, 4));
    assert.deepEqual(await left(), filesOf(days.slice(2)));
    for (const other of ['warned-2026-11-5-80', '2026-01-01.jsonl.mine'])
      assert.ok((await readdir(directory)).includes(other));
  });

  describe('of a machine whose clock is wrong', () => {
    const { now: right } = Date;
    const days = Array.from({ length: 100 }, (_, day) => noon - (99 - day) * dayMs);
    const in2035 = Date.UTC(2035, 5, 15, 12);
    beforeEach(async () => {
      for (const day of days) await appendTo(files, recordNumber(1, day));
    });
    const kept = async () => {
      const left = new Set(await files.days());
      return days.filter((day) => left.has(dayOf(day))).length;
    };

    for (const [year, wrong] of [
      ['2035', in2035],
      ['1970', 0],
      ['next year', right() + 365 * dayMs],
    ] as const)
      it(`are kept by a start in ${year}`, async () => {
        await files.retain(90, wrong);
        assert.ok((await kept()) >= 90, `${await kept()} of 100 days are left`);
        await files.retain(1, wrong);
        // The last day and the one before it.
        assert.ok((await kept()) >= 2, `${await kept()} of 100 days are left`);
      });

    it('are kept though it goes on for days, and prompts are sent', async () => {
      for (let day = 0; day < 6; day += 1) {
        await appendTo(files, recordNumber(day, in2035 + day * dayMs));
        await files.retain(90, in2035 + day * dayMs);
      }
      assert.ok((await kept()) >= 90);
      // Set right, nothing of what was recorded before is gone, and nothing of it ever counts as old too early.
      await files.retain(90, noon);
      assert.ok((await kept()) >= 90);
    });

    it('go once somebody who was away for long is back for good', async () => {
      const back = noon + 200 * dayMs;
      for (let day = 0; day < 7; day += 1) {
        assert.ok((await kept()) >= 90, `${await kept()} on day ${day}`);
        await appendTo(files, recordNumber(day, back + day * dayMs));
        await files.retain(90, back + day * dayMs);
      }
      assert.equal(await kept(), 0);
    });

    it('are kept, whatever else is called like a day', async () => {
      await writeFile(path.join(directory, '2034-99-99.jsonl'), '');
      await files.retain(90, in2035);
      assert.ok((await kept()) >= 90);
    });
  });

  it('are none where nothing was ever recorded', async () => {
    assert.deepEqual(await files.days(), []);
    await files.retain(1, noon);
    assert.deepEqual(await readMore(new Cursor(files)), nothing);
  });

  it('say that they cannot be written, and are written as soon as they can be', async () => {
    await writeFile(directory, 'a file in the place of the directory');
    const [first, second] = await Promise.allSettled([
      appendTo(files, recordNumber(1, noon)),
      appendTo(files, recordNumber(2, noon)),
    ]);
    for (const { status, reason } of [first, second] as PromiseRejectedResult[])
      assert.deepEqual([status, (reason as NodeJS.ErrnoException).code], ['rejected', 'ENOTDIR']);
    await rm(directory);
    await mkdir(directory);
    await append(3);
    assert.deepEqual(idsOf(await readMore(new Cursor(files))), ['writer-3']);
  });
});

/** Does `deed` when it is so many ms later. */
async function after(ms: number, action: () => Promise<void>): Promise<void> {
  const { now } = Date;
  Date.now = () => now() + ms;
  try {
    await action();
  } finally {
    Date.now = now;
  }
}

/** Resolves to its lines, once it has said that it is ready. */
async function whenReady({ stdout }: ChildProcess) {
  const lines = createInterface({ input: stdout! });
  await once(lines, 'line');
  return lines;
}
