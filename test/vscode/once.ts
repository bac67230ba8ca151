// Things that are installed once. A directory under its final name is complete: it is filled under another
// name and renamed at the end, so that a killed install leaves nothing that looks like one.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { cache } from './project';

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Milliseconds; no install takes that long. */
const patience = 600_000;

/** The process that a lock or a partial directory names; undefined when that process is gone. */
function living(processId: string): number | undefined {
  const owner = Number(processId);
  return owner && isAlive(owner) ? owner : undefined;
}

/**
 * True when the lock is ours; a lock whose process is gone is taken away, for the next try. Two processes
 * that do so at the same instant may both go on: that costs time and does no harm.
 */
async function tryLock(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const owner = await readFile(file, 'utf8').catch(() => '');
    const age = Date.now() - (await stat(file).catch(() => ({ mtimeMs: Date.now() }))).mtimeMs;
    // Empty for the instant between the other's making it and writing it: waiting is right then, too. And an
    // old one, from a cache that a build machine keeps, may name what is another process by now.
    if ((owner && !living(owner)) || age > patience) await rm(file, { force: true });
    return false;
  }
}

/** What killed installs left. An npm that outlived its install may still write there: then it stays for now. */
async function removeLeftovers(target: string): Promise<void> {
  const prefix = `${path.basename(target)}.partial-`;
  for (const name of await readdir(cache)) {
    if (!name.startsWith(prefix) || living(name.slice(prefix.length))) continue;
    await rm(path.join(cache, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function fillAndRename(target: string, fill: (directory: string) => Promise<void>): Promise<void> {
  const name = path.basename(target);
  const partial = `${target}.partial-${process.pid}`;
  const began = Date.now();
  console.log(`Installing ${name} into .vscode-test (once)…`);
  await mkdir(partial);
  try {
    await fill(partial);
    await rename(partial, target).catch((error: unknown) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  console.log(`Installed ${name} in ${((Date.now() - began) / 1000).toFixed(0)} s.`);
}

/** @returns the directory `name` of the cache, filled by `fill` if it is not there yet. */
export async function once(name: string, fill: (directory: string) => Promise<void>): Promise<string> {
  const target = path.join(cache, name);
  const lock = `${target}.lock`;
  await mkdir(cache, { recursive: true });
  await removeLeftovers(target);
  for (let waited = 0; !existsSync(target); waited += 1) {
    if (await tryLock(lock)) {
      try {
        if (!existsSync(target)) await fillAndRename(target, fill);
      } finally {
        await rm(lock, { force: true });
      }
    } else {
      if (waited === 2) console.log(`Waiting for another process to install ${name}…`);
      await wait(500);
    }
  }
  return target;
}
