// When a VS Code has nothing else to do.
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { commands } from 'vscode';

/** ms in which a workbench that has nothing else to do answers. */
const prompt = 10;

/** The part of its time that an extension host works which has nothing else to do. */
const idle = 0.3;

/**
 * Waits until VS Code has started, and the extension host has done what it does beside: it answers at once and is idle,
 * and again, and again; or until half a minute is over.
 */
export async function quiet(): Promise<void> {
  const deadline = performance.now() + 30_000;
  for (let answers = 0; answers < 10 && performance.now() < deadline;) {
    const worked = performance.eventLoopUtilization();
    await wait(50);
    const { utilization } = performance.eventLoopUtilization(worked);
    const began = performance.now();
    await commands.executeCommand('setContext', 'bench.quiet', true);
    answers = utilization < idle && performance.now() - began < prompt ? answers + 1 : 0;
  }
}
