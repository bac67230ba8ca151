// One VS Code for all tests that need none of their own: to open one takes as long as several tests. It is put back to
// a known state before each use, so that a test finds the same whether it runs alone or after others.
import { rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { until, waitLimit } from '../limits';
import { userSettings } from '../vscode/session';
import { historiesOf, storageOf } from './activityFiles';
import { agentFile } from './agentClient';
import { quickInput } from './gestures';
import { dialog, notification } from './sights';
import { type Workbench, openWorkbench } from './workbench';

export interface SharedOptions {
  /** User settings; all others have their defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Without credentials, conversations, and a record of requests: another extension host starts. */
  readonly fresh: boolean;
}

/** Where the files of ~/.aws are for the shared VS Code: there are none until a test writes them. */
export const awsFolder = path.join(os.tmpdir(), `shared-aws-${process.pid}`);
export const awsFiles = {
  config: path.join(awsFolder, 'config'),
  credentials: path.join(awsFolder, 'credentials'),
};

/** What the extension host's environment holds of ours. */
export const sharedEnvironment = {
  HARNESS_TEST: 'reached',
  AWS_CONFIG_FILE: awsFiles.config,
  AWS_SHARED_CREDENTIALS_FILE: awsFiles.credentials,
};

/** esbuild puts a copy of this module into each file of tests; they all find the same here. */
const holder = globalThis as { [key: symbol]: Workbench | undefined };
const key = Symbol.for('the shared workbench');

/** @returns it with the requests since now; its `close` leaves it open for the next */
export async function sharedWorkbench(options: SharedOptions): Promise<Workbench> {
  let kept = holder[key];
  if (kept && !(await putBack(kept, options))) {
    await closeSharedWorkbench();
    kept = undefined;
  }
  const workbench = kept ?? (await openWorkbench({ ...opening, settings: options.settings }));
  holder[key] = workbench;
  const before = kept ? workbench.requests().length : 0;
  return {
    ...workbench,
    requests: () => workbench.requests().slice(before),
    close: () => Promise.resolve(),
  };
}

const opening = { environment: sharedEnvironment, withoutPrograms: true };

/** Ends what `sharedWorkbench` opened, if it did. */
export async function closeSharedWorkbench(): Promise<void> {
  const open = holder[key];
  holder[key] = undefined;
  await open?.close();
}

/** @returns whether nothing of the last test is left; if not, another VS Code has to be opened */
async function putBack(workbench: Workbench, { settings, fresh }: SharedOptions): Promise<boolean> {
  try {
    await clearScreen(workbench);
    await applySettings(workbench, settings);
    if (fresh) await startAnew(workbench);
    return true;
  } catch (error) {
    console.log('      The shared VS Code could not be put back, so another is opened:', error);
    return false;
  }
}

async function clearScreen(workbench: Workbench): Promise<void> {
  const { agent, page } = workbench;
  await page.keyboard.press('Escape');
  for (const command of [
    'workbench.action.closeQuickOpen',
    'notifications.clearAll',
    'workbench.action.closePanel',
  ])
    await agent.executeCommand(command);
  await until(() => areRepliesSeen(workbench), 'no reply runs or is unseen');
  await agent.closeAllTabs();
  // The group that is left may be that of the reply panel, which locks its own.
  for (const command of ['workbench.action.editorLayoutSingle', 'workbench.action.unlockEditorGroup'])
    await agent.executeCommand(command);
  await agent.clearProblems();
  await page.setViewportSize(defaultViewport);
  for (const left of [quickInput(workbench), notification(workbench, ''), dialog(workbench, '')])
    await until(async () => (await left.count()) === 0, 'nothing of the last test is on screen');
}

/** Stops a reply that runs, or shows one that ended out of sight. @returns whether there was none */
async function areRepliesSeen({ agent, page }: Workbench): Promise<boolean> {
  const labels = await page
    .locator('.statusbar-item [aria-label^="Bedrock model"]')
    .evaluateAll((items) => items.map(({ ariaLabel }) => ariaLabel ?? ''));
  const command = labels.some((label) => label.endsWith(', replying'))
    ? 'stop'
    : labels.some((label) => label.endsWith(', a reply has ended')) && 'showReply';
  if (command) await agent.executeCommand(`bedrockGateway.${command}`);
  return !command;
}

const defaultViewport = { width: 1280, height: 800 };

async function applySettings(
  { agent, dataDirectory, folder }: Workbench,
  settings: SharedOptions['settings'],
) {
  for (const left of [
    path.join(folder, '.vscode'),
    path.join(folder, '.github'),
    path.join(dataDirectory, 'data', 'User', 'prompts'),
  ])
    await rm(left, { recursive: true, force: true });
  const file = path.join(dataDirectory, 'data', 'User', 'settings.json');
  await writeFile(file, JSON.stringify(userSettings(settings), undefined, 2));
  // VS Code does not watch the file here; but it reads all of it before it writes one of them.
  const mark = String(Math.random());
  await agent.updateSetting(unseen, mark);
  const value = async () => ((await agent.inspectSetting(unseen)) as { value?: unknown }).value;
  await until(async () => (await value()) === mark, 'the settings are in force');
}

/** A setting that shows nowhere. */
const unseen = 'window.titleSeparator';

function endIfRunning(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** As a window is opened for the first time: nothing recorded, no key (this VS Code keeps them in the window's memory). */
async function startAnew(workbench: Workbench): Promise<void> {
  const { agent, page, dataDirectory } = workbench;
  const address = page.url();
  const host = await agent.processId();
  await page.goto('about:blank');
  // By itself it may go on for a minute, in case the page is only cut off and comes back.
  endIfRunning(host);
  await until(async () => !(await agent.answers()), 'the extension host has ended');
  await rm(path.join(dataDirectory, agentFile), { force: true });
  for (const stored of [storageOf(workbench), ...historiesOf(workbench)])
    await rm(stored, { recursive: true, force: true });
  await page.goto(address);
  await page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: waitLimit });
  await agent.isTrusted();
}
