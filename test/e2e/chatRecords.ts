// What is recorded of Chat's requests, and what Chat may show of a failure.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ActivityRecord } from '../../src/core/activity/record';
import { until } from '../limits';
import { activityOf } from './activityFiles';
import type { Scene } from './scene';

/** All records, in the order in which the requests ended. */
export async function records(scene: Scene): Promise<ActivityRecord[]> {
  const directory = activityOf(scene);
  const files = (await readdir(directory).catch(() => [])).filter((name) => name.endsWith('.jsonl'));
  const texts = await Promise.all(files.map((file) => readFile(path.join(directory, file), 'utf8')));
  return texts
    .flatMap((text) => text.split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as ActivityRecord);
}

/** The latest record that is meant, once there is one. */
export async function lastRecord(
  scene: Scene,
  isMeant: (record: ActivityRecord) => boolean,
): Promise<ActivityRecord> {
  let found: ActivityRecord | undefined;
  await until(async () => (found = (await records(scene)).findLast(isMeant)) !== undefined, 'it is recorded');
  return found!;
}

/** The records of `count` requests after the first `before`, once they are there. */
export async function recordsAfter(scene: Scene, before: number, count: number): Promise<ActivityRecord[]> {
  await until(async () => (await records(scene)).length >= before + count, `${count} more are recorded`);
  return (await records(scene)).slice(before);
}

/** Asserts that Chat shows words, and no stack. */
export function assertInWords(shown: string, words: RegExp): void {
  assert.match(shown, words);
  // Lines of a stack, and the names of classes.
  assert.doesNotMatch(shown, /\bat .+:\d+:\d+|Error:/);
}
