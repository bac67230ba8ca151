// From the command Show Activity to a table that is drawn, with 100,000 requests on disk, all of them in the table;
// against reading the same files with JSON.parse line by line, in the same extension host. A host of its own for each
// round: what was read once is in memory.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { dayOf } from '../../src/activity/files';
import { recordLine } from '../../src/core/activity/record';
import { recordNumber } from '../unit/activity/records';
import type { Opened } from './activityOpenInHost';
import { type Finding, type Pair, type Say, summed } from './figure';
import { inHost } from './inHost';

export async function activityOpen(say: Say, how = { hosts: 6, records: 100_000 }): Promise<Finding> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  try {
    const bytes = await remember(directory, how.records);
    say(`${how.records} records of ${Math.round(bytes / how.records)} bytes`);
    const pairs: Pair[] = [];
    for (let host = 0; host < how.hosts; host += 1) {
      const { opened, parsed } = await inHost<Opened>('activityOpenInHost', {
        directory,
        records: how.records,
        first: host % 2 === 0 ? 'ours' : 'baseline',
      });
      say(`host ${host + 1}: ours ${opened.toFixed(0)} ms, JSON.parse ${parsed.toFixed(0)} ms`);
      pairs.push({ ours: opened, baseline: parsed });
    }
    return { figure: { ...summed('activity-open', 'ms', pairs, say), records: how.records } };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Spread over this month so far, which is what the table shows at first. @returns their bytes */
export async function remember(directory: string, count: number): Promise<number> {
  const now = Date.now();
  const from = new Date(now).setDate(1);
  const month = new Date(from).setHours(0, 0, 0, 0);
  const days = new Map<string, string[]>();
  for (let number = 0; number < count; number += 1) {
    const record = recordNumber(number, Math.floor(month + ((now - month) * number) / count));
    const day = dayOf(record.at);
    const lines = days.get(day) ?? [];
    if (lines.length === 0) days.set(day, lines);
    lines.push(recordLine(record));
  }
  let bytes = 0;
  for (const [day, lines] of days) {
    const text = lines.join('');
    bytes += Buffer.byteLength(text);
    await writeFile(path.join(directory, `${day}.jsonl`), text);
  }
  return bytes;
}
