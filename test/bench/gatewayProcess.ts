// The stand-in gateway in a process of its own (test/gateway/main.ts): what is measured must not share an
// event loop with the server that it waits for.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { project } from '../vscode/project';

export interface GatewayProcess {
  readonly url: string;
  close(): Promise<void>;
}

/** At full speed: no pause before any piece of a reply. */
export function startGatewayProcess(): Promise<GatewayProcess> {
  return startProcess(path.join(project, 'out', 'test', 'gateway', 'main.js'), ['--port=0', '--pace=0']);
}

/** Runs a program that starts the stand-in and prints its address in us-east-1. */
export async function startProcess(program: string, flags: readonly string[]): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [program, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const end = () => void child.kill('SIGKILL');
  process.once('exit', end);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`The stand-in gateway ended at once. It said:\n${said}`)));
    // Read to the end of its life: a full pipe would stop it.
    child.stdout.on('data', (chunk: Buffer) => {
      if (said.length > 10_000) return;
      said += chunk.toString();
      const found = /(http:\S+\/us-east-1)\s/.exec(said)?.[1];
      if (found) resolve(found);
    });
  });
  return {
    url,
    close: async () => {
      process.off('exit', end);
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      end();
      await ended;
    },
  };
}
