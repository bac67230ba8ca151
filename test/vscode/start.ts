// `npm start`: the extension in a real VS Code, before a stand-in gateway, with everything in place.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { standInKeys, standInToken, startGateway, summary } from '../gateway';
import type { Start } from './companion/extension';
import { findDesktop, openCodeServer, openDesktop } from './fronts';
import { makeDataDirectory } from './launchArguments';
import { packageExtensions } from './packages';
import { project } from './project';

const undo: (() => Promise<unknown>)[] = [];
let ending = false;

async function end(code: number): Promise<void> {
  if (ending) return;
  ending = true;
  for (const step of undo.reverse()) await step().catch((error: unknown) => console.error(error));
  process.exit(code);
}

function writeSettings(directory: string, gatewayUrl: string): void {
  const user = path.join(directory, 'data', 'User');
  mkdirSync(user, { recursive: true });
  const settings = {
    'bedrockGateway.gateway.url': gatewayUrl,
    'bedrockGateway.aws.region': 'us-east-1',
    'bedrockGateway.aws.authentication': 'accessKeys',
    'editor.minimap.enabled': false,
    'editor.wordWrap': 'on',
    // So that the sample can show both a MISS and a HIT.
    'bedrockGateway.gateway.cacheTtl': 300,
    'telemetry.telemetryLevel': 'off',
    'workbench.startupEditor': 'none',
    'workbench.secondarySideBar.defaultVisibility': 'hidden',
  };
  writeFileSync(path.join(user, 'settings.json'), `${JSON.stringify(settings, undefined, 2)}\n`);
}

async function main(): Promise<void> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
  const directory = makeDataDirectory();
  undo.push(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));

  const packages = await packageExtensions(directory);
  const gateway = await startGateway({
    // Slow enough to press Stop after having read what to try.
    pace: 50,
    token: standInToken,
    onEntry: (entry) => console.log(summary(entry)),
  });
  undo.push(() => gateway.close());
  writeSettings(directory, gateway.url);

  // Its being open tells the companion that `npm start` still runs.
  const sign = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => sign.listen(0, '127.0.0.1', resolve));
  const folder = path.join(directory, 'sample');
  cpSync(path.join(project, 'test', 'vscode', 'sample'), folder, { recursive: true });
  // Something to attach.
  cpSync(path.join(project, 'media', 'icon.png'), path.join(folder, 'picture.png'));
  const start: Start = {
    credentials: { authentication: 'accessKeys', ...standInKeys, gatewayToken: standInToken },
    sample: path.join(folder, 'rename.py'),
    port: (sign.address() as AddressInfo).port,
  };
  const file = path.join(directory, 'start.json');
  writeFileSync(file, JSON.stringify(start), { mode: 0o600 });

  const place = { directory, folder, packages, environment: { START_FILE: file } };
  const desktop = findDesktop();
  const front = await (desktop ? openDesktop(desktop, place) : openCodeServer(place));
  undo.push(() => front.close());
  console.log(`\nThe stand-in gateway listens at ${gateway.url}`);
  console.log(
    `${path.basename(start.sample)} is open there, and says what to try. Its code is selected: right-click it.`,
  );
  console.log(`${front.message} Ctrl+C here ends all of it.\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  void end(1);
});
