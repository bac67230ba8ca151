// Runs in the extension host: opens Activity by its command, and reads the files that it shows by hand.
import assert from 'node:assert/strict';
import { cp, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { commands, extensions } from 'vscode';
import { answering } from './inHost';
import { quiet } from './quiet';

export interface Opened {
  /** ms from the command to the drawn table. */
  readonly opened: number;
  /** ms for reading the same files, JSON.parse on each line. */
  readonly parsed: number;
}

interface Told {
  /** Holds the files of the record. */
  readonly directory: string;
  readonly records: number;
  readonly first: 'ours' | 'baseline';
}

export const run = answering(async ({ directory, records, first }: Told): Promise<Opened> => {
  const record = path.join(
    process.env['SESSION_DIRECTORY'] ?? '',
    ...['data', 'User', 'globalStorage', 'bedrock-gateway.bedrock-gateway', 'activity'],
  );
  await cp(directory, record, { recursive: true });
  // This month is added up a while after the start, and read on from there: not when somebody looks.
  await extensions.getExtension('bedrock-gateway.bedrock-gateway')?.activate();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await quiet();
  const open = async () => {
    const began = performance.now();
    await commands.executeCommand('bedrockGateway.showActivity');
    return performance.now() - began;
  };
  /** The fastest way to do so: each file whole. */
  const parse = async () => {
    const began = performance.now();
    const parsed: unknown[] = [];
    for (const file of (await readdir(record)).filter((name) => name.endsWith('.jsonl'))) {
      const text = await readFile(path.join(record, file), 'utf8');
      for (const line of text.split('\n')) if (line) parsed.push(JSON.parse(line));
    }
    const took = performance.now() - began;
    assert.equal(parsed.length, records);
    return took;
  };
  const early = first === 'ours' ? await open() : undefined;
  // The live log's rows are read behind the table.
  await quiet();
  const parsed = await parse();
  await quiet();
  return { opened: early ?? (await open()), parsed };
});
