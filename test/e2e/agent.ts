// Runs in the extension host while tests drive the workbench from outside, and does there what no key or
// click can, asked over loopback HTTP.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type IncomingMessage, createServer } from 'node:http';
import path from 'node:path';
import { text as readText } from 'node:stream/consumers';
import { agentFile } from './agentClient';
import { type VerbName, verbs } from './agentVerbs';

interface Call {
  readonly verb: VerbName;
  readonly values: readonly unknown[];
}

async function answer(request: IncomingMessage): Promise<string> {
  try {
    const { verb, values } = JSON.parse(await readText(request)) as Call;
    // The table's own types hold between the client and the table; in between there is only JSON.
    const act = verbs[verb] as (...values: readonly unknown[]) => unknown;
    return JSON.stringify({ value: await act(...values) });
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.stack : String(error) });
  }
}

export function run(): void {
  const directory = process.env['SESSION_DIRECTORY'];
  if (!directory) throw new Error('SESSION_DIRECTORY does not say where to leave the address of the agent');
  const secret = `/${randomUUID()}`;
  const server = createServer((request, response) => {
    if (request.url === secret) void answer(request).then((text) => response.end(text));
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The agent has no port');
    writeFileSync(path.join(directory, agentFile), `http://127.0.0.1:${address.port}${secret}`);
  });
}
