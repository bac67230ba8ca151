import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { standInToken, switchNames, behaviours } from '../../gateway/index.js';
import { question, send } from './clients.js';

/** Where the build puts it, seen from where it puts this file. */
const program = path.join(__dirname, '../../gateway/main.js');

describe('the stand-in gateway on its own', () => {
  // It starts a program of its own, on a machine that may be busy.
  let child: ChildProcessWithoutNullStreams;
  let output: string;
  const start = (...flags: string[]) => {
    output = '';
    child = spawn(process.execPath, [program, ...flags]);
    for (const from of [child.stdout, child.stderr])
      from.on('data', (chunk: Buffer) => (output += chunk.toString()));
  };
  const said = async (pattern: RegExp) => {
    for (;;) {
      const match = pattern.exec(output);
      if (match) return match;
      if (child.exitCode !== null) assert.fail(`it ended without saying ${pattern}:\n${output}`);
      await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), once(child, 'exit')]);
    }
  };
  afterEach(() => void child.kill('SIGKILL'));

  it('prints address and keys, answers, logs without the prompt, and ends at Ctrl+C', async () => {
    start('--port', '0', '--pace', '0', '--decode-colon', '--date-offset=-3600000');
    const [, base] = await said(/listens at\n\s+(http:\S+)\n/);
    const { origin, pathname } = new URL(base!);
    assert.match(output, /AKIASTANDIN/);
    assert.match(output, /Switched on: decodeColon, dateOffset/);

    const home = await send(origin, '/', {}, '', 'GET');
    assert.match(home.text, /stand-in for Cloudflare AI Gateway/);
    const switches = await send(origin, '/__switches', {}, '', 'GET');
    assert.equal((JSON.parse(switches.text) as { dateOffset: number }).dateOffset, -3_600_000);

    const token = { 'cf-aig-authorization': `Bearer ${standInToken}` };
    const call = `${pathname}/aws-bedrock/bedrock-runtime/us-east-1/model/some.model/converse`;
    const body = JSON.stringify({ messages: question('my secret prompt') });
    assert.equal((await send(origin, call, token, body)).status, 200);
    await said(/#1 POST converse us-east-1 some\.model → 200 storedKeys \d+ bytes/);
    assert.ok(!output.includes('my secret prompt'));
    const log = await send(origin, '/__log', {}, '', 'GET');
    assert.equal((JSON.parse(log.text) as { model: string }[])[0]!.model, 'some.model');

    child.kill('SIGINT');
    assert.equal(child.exitCode ?? ((await once(child, 'exit')) as [number | null])[0], 0);
  });

  it('explains every switch and model id', async () => {
    start('--help');
    await once(child, 'close');
    for (const name of Object.keys(behaviours)) assert.ok(output.includes(`stand-in.${name} `), name);
    assert.equal(output.match(/^ {2}--[a-z-]+(=…)? {2,}/gm)!.length, switchNames.length);
  });

  it('refuses a flag that it does not know', async () => {
    start('--nonsense');
    assert.deepEqual(((await once(child, 'close')) as [number])[0], 1);
    assert.match(output, /^Unknown option '--nonsense'[^\n]*\n$/);
  });
});
