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

/** At full speed: no pause before any piece of a reply. `flags` are those of its command line. */
export async function startGatewayProcess(flags: readonly string[] = []): Promise<GatewayProcess> {
  const program = path.join(project, 'out', 'test', 'gateway', 'main.js');
  const child = spawn(process.execPath, [program, '--port=0', '--pace=0', ...flags], {
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
      const found = /in us-east-1 at\s+(http:\S+)/.exec(said)?.[1];
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
