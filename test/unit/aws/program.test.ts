// credential_process, with programs that leave others behind, print too much, or never end.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ProfileFailed } from '../../../src/core/model/errors';
import { runProgram } from '../../../src/aws/credentialProcess';
import { type Home, openHome } from '../../aws/home';
import { until } from '../../limits';
import { keysOfAnn } from './scene';
import { assertSwift } from '../swift';

const printed = JSON.stringify({
  Version: 1,
  AccessKeyId: keysOfAnn.accessKeyId,
  SecretAccessKey: keysOfAnn.secretAccessKey,
});
const print = `process.stdout.write(${JSON.stringify(printed)});`;

describe('a program that gives credentials', () => {
  let home: Home;
  /** Of those that a program leaves behind. */
  let left: number[];
  let before: number;
  beforeEach(async () => {
    home = await openHome();
    left = [];
    before = pipes();
  });
  afterEach(async () => {
    for (const pid of left) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    await home.close();
  });

  /** Leaves one behind that goes on for a minute, with the pipes in `stdio`, and notes its number. */
  const leave = (stdio: string, code = 'setTimeout(() => 0, 60000)', options = '') =>
    `{const child = require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(code)}], ` +
    `{stdio: ${stdio}, ${options}}); require('fs').writeFileSync('pid', String(child.pid)); child.unref();}`;

  async function pidLeft(file = 'pid'): Promise<number> {
    let text = '';
    const isWritten = async () => {
      text = await readFile(path.join(home.folder, file), 'utf8').catch(() => '');
      return text !== '';
    };
    await until(isWritten, `a number is in ${file}`);
    left.push(Number(text));
    return Number(text);
  }

  async function run(code: string, more: { signal?: AbortSignal; programTimeout?: number } = {}) {
    const script = await home.write('program.js', code);
    const { signal = new AbortController().signal, programTimeout = 60_000 } = more;
    const profile = {
      profile: 'dev',
      kind: 'process',
      command: `"${process.execPath}" "${script}"`,
      endpoints: {},
      unusedSources: [],
    } as const;
    return runProgram(profile, { signal, programTimeout, secrets: new Set() });
  }

  async function failing(...given: Parameters<typeof run>) {
    const error = await run(...given).then(
      () => assert.fail('it gave credentials'),
      (thrown: unknown) => thrown,
    );
    assert.ok(error instanceof ProfileFailed, String(error));
    return error.details;
  }

  for (const [what, stdio, options] of [
    ['stdout', `['ignore', 'inherit', 'ignore']`, ''],
    ['stderr', `['ignore', 'ignore', 'inherit']`, ''],
    ['all of them', `'inherit'`, ''],
    ['all of them, in a session of its own', `'inherit'`, 'detached: true'],
  ] as const)
    it(`is over when it ends, though one that it started holds ${what} open and goes on`, async () => {
      const { accessKeyId } = await run(leave(stdio, undefined, options) + print);
      assert.equal(accessKeyId, keysOfAnn.accessKeyId);
      const pid = await pidLeft();
      assert.ok(isAlive(pid), 'it was ended');
      // Nothing is left of it here: such a pipe would keep this process from ending.
      await until(() => pipes() === before, 'its pipes are closed');
    });

  it('may have its credentials printed by one that goes on after it', async () => {
    // It runs before the other ends, and prints after.
    const late =
      `const of = process.ppid; require('fs').writeFileSync('runs', ''); setTimeout(() => 0, 60000); ` +
      `const end = setInterval(() => { if (process.ppid !== of) { clearInterval(end); ${print} } }, 5);`;
    const whenItRuns = `const end = setInterval(() => require('fs').existsSync('runs') && clearInterval(end), 5);`;
    const { accessKeyId } = await run(leave(`['ignore', 'inherit', 'ignore']`, late) + whenItRuns);
    assert.equal(accessKeyId, keysOfAnn.accessKeyId);
    await pidLeft();
  });

  it('may print them in pieces', async () => {
    const pieces = `for (const piece of ${JSON.stringify(printed.split(/(?=")/))}) require('fs').writeSync(1, piece);`;
    const { secretAccessKey } = await run(`${leave(`'inherit'`)}${pieces}`);
    assert.equal(secretAccessKey, keysOfAnn.secretAccessKey);
    await pidLeft();
  });

  it('that printed something else is not waited for longer than a moment', async () => {
    assert.equal((await failing(`${leave(`'inherit'`)}console.log('hello')`)).problem, 'outputNotJson');
    await pidLeft();
  });

  it('that failed says why, though another holds its pipes open', async () => {
    const code = `${leave(`'inherit'`)}require('fs').writeSync(2, 'Log in first'); process.exitCode = 3`;
    const { problem, subject, message } = await failing(code);
    assert.deepEqual([problem, subject, message], ['programFailed', '3', 'Log in first']);
    await pidLeft();
  });

  it('that prints without end is ended, and told for what it printed', async () => {
    const code = `require('fs').writeFileSync('pid', String(process.pid)); const more = 'x'.repeat(65536); for (;;) require('fs').writeSync(1, more)`;
    assert.equal((await failing(code)).problem, 'outputNotJson');
    const pid = await pidLeft();
    await until(() => !isAlive(pid), 'it is ended');
  });

  it('that prints credentials and never ends is too slow, and ended, though it does not want to', async () => {
    const code = `require('fs').writeFileSync('pid', String(process.pid)); process.on('SIGTERM', () => 0); ${print} setInterval(() => 0, 1000)`;
    const hasBegun = () => existsSync(path.join(home.folder, 'pid'));
    // On a slow machine it may be ended before it did anything.
    for (let programTimeout = 500; !hasBegun(); programTimeout *= 2)
      assert.equal((await failing(code, { programTimeout })).problem, 'programTooSlow');
    const pid = await pidLeft();
    await until(() => !isAlive(pid), 'it is ended');
  });

  it('is given no words to read', async () => {
    await run(`process.stdin.on('end', () => { ${print} }).resume()`);
  });

  it('is left by whoever stops, and those that go on after it are left alone', async () => {
    const stopping = new AbortController();
    const shell = `require('fs').writeFileSync('shell', String(process.ppid));`;
    const going = run(`${shell}${leave(`'inherit'`)}console.log('{')`, { signal: stopping.signal });
    const pid = await pidLeft();
    const program = await pidLeft('shell');
    await until(() => !isAlive(program), 'it ends');
    stopping.abort();
    await assert.rejects(going, /aborted/);
    assert.ok(isAlive(pid));
    await until(() => pipes() === before, 'its pipes are closed');
  });

  for (const piece of ['A="', 'A=1 ', "A='", 'A=\\', '--token ', '="', ' -', '"\\', 'token token '])
    it(`is told from its line in time that grows with its length alone: ${piece}`, async () => {
      const command = piece.repeat(250_000 / piece.length);
      const profile = { profile: 'dev', kind: 'process', command, endpoints: {}, unusedSources: [] } as const;
      let ran: Promise<unknown> = Promise.resolve();
      // What is matched is matched before the program starts: a line as long is none that a system takes.
      assertSwift(command, () => {
        const given = {
          signal: new AbortController().signal,
          programTimeout: 1000,
          secrets: new Set<string>(),
        };
        ran = runProgram(profile, given).catch((error: unknown) => error);
      });
      assert.ok((await ran) instanceof ProfileFailed);
    });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** How many of those there are that keep this process from ending: ends of pipes, and processes. */
function pipes(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap' || name === 'ProcessWrap')
    .length;
}
