// A thousand prompts and more against a gateway that fails at random: see soak.ts for what must hold.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { behaviours, faults } from '../gateway';
import { project } from '../vscode/project';
import { deck, kindsOfServers, least } from './causes';

interface Result {
  readonly prompts: number;
  readonly broken: readonly string[];
}

/** In a process of its own, where nothing else is on the heap. */
async function soaked(...parameters: string[]): Promise<Result> {
  const program = path.join(project, 'out', 'test', 'soak', 'main.js');
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, [program, ...parameters], (_error, out, said) => {
      if (out.trim()) resolve(out);
      else reject(new Error(said));
    });
  });
  return JSON.parse(stdout) as Result;
}

describe('a gateway that fails a fifth of all prompts at random', function () {
  this.timeout(300_000);

  it('is dealt every way that the stand-in can fail in', () => {
    const ways = Object.keys(faults);
    assert.ok(ways.length > Object.keys(behaviours).length / 2);
    assert.deepEqual([...new Set(deck())].sort(), ways.sort());
    for (const kind of kindsOfServers) assert.ok(deck().length >= least * kindsOfServers.length, kind);
  });

  it('leaves each prompt with one outcome, nothing unknown, and nothing behind', async () => {
    const { prompts, broken } = await soaked();
    assert.ok(prompts >= 1000);
    assert.deepEqual(broken, []);
  });
});
