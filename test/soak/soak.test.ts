// A thousand prompts and more against a gateway that fails at random: see soak.ts for what must hold.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { causes } from '../unit/core/causes';
import { behaviours, faults } from '../gateway';
import { project } from '../vscode/project';
import { type FailureKind, stageOf } from '../../src/core/model/failure';
import { kindsOfServers } from './causes';

interface Result {
  readonly prompts: number;
  readonly broken: readonly string[];
}

/** Kinds that only this machine, its network, its settings and its secrets cause: test/unit/core/causes.ts. */
const elsewhere: readonly string[] = [
  'awsSecretWrong',
  'blobMissing',
  'bodyUnknown',
  'certificateExpired',
  'certificateForAnotherName',
  'certificateNotYetValid',
  'certificateRejected',
  'certificateUntrusted',
  'connectionForbidden',
  'connectionRefused',
  'connectionTimedOut',
  'credentialsMissing',
  'headerUnsendable',
  'machineExhausted',
  'nameNotFound',
  'nameServerUnreachable',
  'networkFailed',
  'networkUnreachable',
  'notTls',
  'partNotLoaded',
  'promptEmpty',
  'proxyUnreachable',
  'regionUnknown',
  'secretsUnreadable',
  'tlsCut',
  'tlsFailed',
  'unknown',
  'windowClosed',
];

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

describe('a gateway that fails a fifth of all prompts at random', () => {
  it('is dealt every way that the stand-in can fail in', () => {
    const recovering =
      /^(slow|dlp-flag.*|empty|reasoning|prompt-cache|long|hostile|nested-quotes|stop-.*|tool.*|thinks.*|text-only|separate-turns|no-.*|caching)$/;
    for (const name of Object.keys(behaviours)) assert.ok(name in faults || recovering.test(name), name);
  });

  it('causes every kind that a server can cause', () => {
    const others = (Object.keys(stageOf) as FailureKind[]).filter(
      (kind) => causes[kind] !== 'byAProfile' && !kindsOfServers.includes(kind),
    );
    assert.deepEqual(others.sort(), [...elsewhere]);
  });

  it('leaves each prompt with one outcome, nothing unknown, and nothing behind', async () => {
    const { prompts, broken } = await soaked();
    assert.ok(prompts >= 1000);
    assert.deepEqual(broken, []);
  });
});
