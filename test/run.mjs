// What `npm test` runs: types, lint, unit tests, tests inside a real VS Code, tests of the package and through
// the workbench.
//   --only unit|soak|host|vsix|e2e   that stage alone    --grep TEXT   only tests with that in their title
//   --desktop                   desktop VS Code     --floor       the oldest VS Code that the manifest promises
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    grep: { type: 'string' },
    desktop: { type: 'boolean', default: false },
    floor: { type: 'boolean', default: false },
  },
});
/** Longest first, so that the lanes end together. Tests of one share of e2e have one VS Code in common. */
const runs = ['e2e 1/2', 'e2e 2/2', 'unit', 'soak', 'host', 'vsix'];
const withoutEditor = ['soak', 'unit'];
const suiteOf = (run) => run.split(' ')[0];
const suites = [...new Set(runs.map(suiteOf))];
if (flags.only && !suites.includes(flags.only)) {
  console.error(`--only takes one of: ${suites.join(', ')}`);
  process.exit(2);
}

const project = path.dirname(import.meta.dirname);
const scratch = mkdtempSync(path.join(os.tmpdir(), 'test-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
const environment = {
  ...process.env,
  ...(flags.grep && { TEST_GREP: flags.grep }),
  ...(flags.desktop && { VSCODE_DESKTOP: '1' }),
  ...(flags.floor && { VSCODE_EDITION: 'floor' }),
};

/** The program of an installed package, by the name of its command. */
function command(name, packageName = name) {
  const folder = path.join(project, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/** Each: a name and the runs of Node that it takes. */
const checks = [
  ['types and lint', [['test/typesAndLint.mjs']]],
  ['rooms', [[command('depcruise', 'dependency-cruiser'), 'src']]],
  ['format', [[command('prettier'), '--check', '--log-level=warn', '.']]],
];

const total = { passed: 0, failed: 0 };
let testsRun = 0;
const failedStages = [];
/** Each: the suite, the title and the message of a test. */
const failures = [];
const running = new Set();

/**
 * @param output 'shown' as it comes; 'kept' until the end, so that it does not mix with another's; or kept and shown
 * 'onFailure' alone
 * @returns the exit code
 */
function node(parameters, { output = 'shown', extra = {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, parameters, {
      cwd: project,
      env: { ...environment, ...extra },
      stdio: output === 'shown' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    const said = [];
    child.stdout?.on('data', (text) => said.push(text));
    child.stderr?.on('data', (text) => said.push(text));
    child.on('error', (error) => said.push(Buffer.from(String(error))));
    child.on('close', (code) => {
      running.delete(child);
      if (code !== 0 || output === 'kept') process.stdout.write(Buffer.concat(said));
      resolve(code ?? 1);
    });
  });
}

function report(name, began, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) failedStages.push(name);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${failed > 0 ? 'FAILED' : 'ok'}: ${name} (${passed} passed, ${failed} failed, ${seconds} s)`);
}

async function check([name, runs]) {
  const began = Date.now();
  let failed = 0;
  for (const parameters of runs) if ((await node(parameters, { output: 'onFailure' })) !== 0) failed = 1;
  report(name, began, { passed: 1 - failed, failed });
  return failed === 0;
}

async function suite(name, output) {
  const began = Date.now();
  const file = path.join(scratch, `${name.replace(/\W/g, '-')}.json`);
  const program =
    name === 'host'
      ? ['out/test/vscode/hostSuite.js']
      : ['out/test/vscode/plainSuite.js', ...name.split(' ')];
  if (output === 'shown') console.log(`\n── ${name} ──`);
  const code = await node(program, { output, extra: { TEST_RESULT: file } });
  let result = { passed: 0, failed: 0, failures: [] };
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.log(`${name}: no result, the run itself failed`);
  }
  const ran = result.passed + result.failed > 0;
  // With --grep a suite may well have nothing to run.
  if (!ran && !flags.grep) console.log(`${name}: no test ran`);
  const broken = result.failed === 0 && (code !== 0 || !ran) && !(flags.grep && !ran);
  testsRun += result.passed + result.failed;
  for (const { title, message } of result.failures) failures.push({ suite: name, title, message });
  report(name, began, { passed: result.passed, failed: result.failed + (broken ? 1 : 0) });
}

const build = () => check(['build', [['esbuild.js'], ['esbuild.js', '--tests']]]);

/** Both come down, once, while the first lanes keep the processor busy. */
function installEditor() {
  if (flags.desktop || withoutEditor.includes(flags.only)) return true;
  return check(['VS Code', [['out/test/vscode/prefetch.js']]]);
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
    setTimeout(() => process.exit(1), 5000).unref();
    if (running.size === 0) process.exit(1);
  });
}

/** Works `tasks` off, in their order, `lanes` at a time. */
async function inLanes(tasks, lanes) {
  const left = [...tasks];
  const lane = async () => {
    for (let task = left.shift(); task; task = left.shift()) await task();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

const began = Date.now();
const built = await build();
const chosen = runs.filter((run) => !flags.only || suiteOf(run) === flags.only);
const output = chosen.length > 1 ? 'kept' : 'shown';
const editor = built && installEditor();
const turn = (run) => async () => {
  if (withoutEditor.includes(run) || (await editor)) await suite(run, output);
  else report(run, Date.now(), { passed: 0, failed: 1 });
};
await inLanes(
  [...(built ? chosen.map(turn) : []), ...(flags.only ? [] : checks.map((each) => () => check(each)))],
  // One more than there are processors: each waits a third of its time for VS Code, a page or a timer.
  Math.max(2, os.availableParallelism()) + 1,
);
if (built && testsRun === 0)
  report(`tests called ${flags.grep ?? 'anything'}`, Date.now(), { passed: 0, failed: 1 });
if (!built || !(await editor))
  console.log('Suites did not run, because the build or the installation failed.');

console.log(`\n${((Date.now() - began) / 1000).toFixed(0)} s in all.`);
if (failedStages.length > 0) console.log(`Failed: ${failedStages.join(', ')}`);
// At the end, because what keeps the log of a run may keep no more than its end.
for (const { suite, title, message } of failures)
  console.log(`${suite}: ${title}\n${message.slice(0, 300).trim().replace(/^/gm, '    ')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
