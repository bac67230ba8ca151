// A second window of the folder that is open: another page of the same browser, with an extension host of its own.
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { waitLimit } from '../limits';
import { type Agent, agentFile, connectAgent } from './agentClient';
import type { Workbench } from './workbench';

export interface TwoWindows {
  readonly first: Workbench;
  readonly second: Workbench;
}

let count = 0;

/** The agent of the extension host that has just started: each leaves its address in the same file. */
async function ownAgent({ dataDirectory }: Workbench): Promise<Agent> {
  const file = path.join(dataDirectory, agentFile);
  await connectAgent(file).isTrusted();
  const own = `${file}.${++count}`;
  await rename(file, own);
  return connectAgent(own);
}

/** @returns both windows; the given one does not know its agent any more */
export async function openSecondWindow(workbench: Workbench): Promise<TwoWindows> {
  const first = { ...workbench, agent: await ownAgent(workbench) };
  const page = await workbench.page.context().newPage();
  page.setDefaultTimeout(waitLimit);
  await page.goto(workbench.page.url());
  const second = { ...workbench, page };
  return { first, second: { ...second, agent: await ownAgent(second) } };
}

/** Reloads a window, and resolves when its new extension host answers. */
export async function reloadWindow(workbench: Workbench): Promise<Workbench> {
  await workbench.page.reload();
  return { ...workbench, agent: await ownAgent(workbench) };
}
