// Keys that one window reads while another stores others: real processes, and entries that are written one by one.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { SecretStore } from '../../src/setup/secretStore';
import { testLimit, waitLimit } from '../limits';
import { SecretFiles } from './secretFiles';
import { keysNumber } from './secretKeys';

describe('the keys in secret storage', () => {
  let directory: string;
  let storage: SecretFiles;
  let credentials: SecretStore;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'secrets-'));
    storage = new SecretFiles(directory);
    credentials = new SecretStore(storage);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  const writer = (name: string, times: number) =>
    spawn(process.execPath, [path.join(__dirname, 'secretWriter.js'), directory, name, String(times)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const stop = async (process: ChildProcess) => {
    process.kill('SIGKILL');
    if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
  };

  /** Whether what is read was stored together. */
  const assertWhole = (read: Awaited<ReturnType<SecretStore['awsCredentials']>>) => {
    if (!read) return;
    const which = read.secretAccessKey.replace('secret-', '');
    const number = Number(/\d+$/.exec(which)?.[0]);
    const { sessionToken, ...keys } = keysNumber(number, which.replace(/\d+$/, ''));
    assert.deepEqual(read, { ...keys, ...(sessionToken && { sessionToken }) });
  };

  it('are known to be stored already, with or without blanks around them', async () => {
    await credentials.store({ ...keysNumber(1, 'first'), gatewayToken: 'token' });
    const { accessKeyId, secretAccessKey } = keysNumber(1, 'first');
    for (const same of [{}, { gatewayToken: ' token\n' }, { accessKeyId, secretAccessKey }, { apiKey: '' }])
      assert.equal(await credentials.holds(same), true, JSON.stringify(same));
    for (const other of [{ gatewayToken: '' }, { apiKey: 'k' }, { accessKeyId, secretAccessKey: 'other' }])
      assert.equal(await credentials.holds(other), false, JSON.stringify(other));
  });

  it('are read whole while another window stores others', async () => {
    credentials = new SecretStore(storage, waitLimit);
    await credentials.store(keysNumber(1, 'first'));
    const process = writer('w', 300);
    let exited = false;
    process.on('exit', () => (exited = true));
    const seen = new Set<string>();
    while (!exited) {
      const read = await credentials.awsCredentials();
      assert.ok(read, 'there are keys at any time');
      assertWhole(read);
      seen.add(read.accessKeyId);
    }
    assert.ok(seen.size > 2, `${seen.size} were seen`);
    assertWhole(await credentials.awsCredentials());
    assert.equal((await credentials.awsCredentials())?.secretAccessKey, 'secret-w299');
  });

  it('are none, rather than two that do not belong together, where a window was closed while it stored them', async () => {
    credentials = new SecretStore(storage, 200);
    for (const entries of [1, 2, 3, 4]) {
      await credentials.store(keysNumber(1, 'before'));
      let left = entries;
      let close: () => void = () => undefined;
      const closed = new Promise<void>((resolve) => (close = resolve));
      const closing = new SecretStore(
        Object.assign(new SecretFiles(directory), {
          store: async (key: string, value: string) => {
            left -= 1;
            if (left >= 0) return storage.store(key, value);
            close();
            return new Promise<never>(() => undefined);
          },
        }),
      );
      await Promise.race([closing.store(keysNumber(2, 'after')), closed]);
      const read = await credentials.awsCredentials();
      assertWhole(read);
      // The first entry is the seal, the fourth is the last.
      const whole: Readonly<Record<number, string>> = { 1: 'secret-before1', 4: 'secret-after2' };
      assert.equal(read?.secretAccessKey, whole[entries]);
      // Stored anew, they are there again.
      await credentials.store(keysNumber(4, 'again'));
      assert.equal((await credentials.awsCredentials())?.sessionToken, 'token-again4');
    }
  });

  it('are read on when a window that still runs 0.3.0 replaces them, which seals nothing', async () => {
    credentials = new SecretStore(storage, 200);
    await credentials.store(keysNumber(1, 'new'));
    for (const keys of [keysNumber(2, 'old'), keysNumber(4, 'old')]) {
      for (const [name, value] of Object.entries(keys))
        await (value ? storage.store(`aws.${name}`, value) : storage.delete(`aws.${name}`));
      assert.equal(await credentials.suffice('accessKeys'), true);
      assert.equal((await credentials.awsCredentials())?.secretAccessKey, keys.secretAccessKey);
      assertWhole(await credentials.awsCredentials());
      // Now they are sealed, and nobody waits for them again.
      const patient = new SecretStore(storage, Infinity);
      assertWhole(await patient.awsCredentials());
    }
  });

  it('are whole or none when a window that stores them is killed, wherever that is', async () => {
    for (let round = 0; round < 8; round += 1) {
      const process = writer('k', 100_000);
      const lines = createInterface({ input: process.stdout });
      for (let line = 0; line <= round; line += 1) await once(lines, 'line');
      await stop(process);
      assertWhole(await credentials.awsCredentials());
    }
  });

  it('of a version that sealed none are read on', async () => {
    for (const [name, value] of Object.entries({
      accessKeyId: 'AKIAOLD',
      secretAccessKey: 'old',
      sessionToken: 't',
    }))
      await storage.store(`aws.${name}`, value);
    const old = { accessKeyId: 'AKIAOLD', secretAccessKey: 'old', sessionToken: 't' };
    assert.deepEqual(await credentials.awsCredentials(), old);
    // And are replaced in part.
    await credentials.store({ sessionToken: 'u' });
    assert.deepEqual(await credentials.awsCredentials(), { ...old, sessionToken: 'u' });
  });

  it('keep what is not given, but nothing of another key ID', async () => {
    await credentials.store({ ...keysNumber(1, 'one'), gatewayToken: 'gateway' });
    await credentials.store({ apiKey: 'api' });
    await credentials.store({ secretAccessKey: 'secret-one1' });
    assertWhole(await credentials.awsCredentials());
    await credentials.store({
      accessKeyId: keysNumber(3, 'two').accessKeyId,
      secretAccessKey: 'secret-two3',
    });
    assertWhole(await credentials.awsCredentials());
    assert.deepEqual([await credentials.apiKey(), await credentials.gatewayToken()], ['api', 'gateway']);
  });

  it('are gone without a trace once they are forgotten', async () => {
    await credentials.store(keysNumber(1, 'one'));
    await credentials.clear();
    // Nobody waits for what was forgotten: this one would for longer than the test may take.
    credentials = new SecretStore(storage, 2 * testLimit);
    assert.equal(await credentials.awsCredentials(), undefined);
    await storage.store('aws.accessKeyId', 'AKIAOLD');
    await storage.store('aws.secretAccessKey', 'old');
    assert.equal((await credentials.awsCredentials())?.secretAccessKey, 'old');
  });
});
