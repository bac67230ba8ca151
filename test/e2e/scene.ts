// A workbench before a stand-in gateway, with settings and keys in place, and a person's way to a reply.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Frame } from 'playwright-core';
import {
  type Gateway,
  type StartOptions,
  standInApiKey,
  standInKeys,
  standInToken,
  startGateway,
} from '../gateway';
import { chooseFromEditorMenu } from './gestures';
import { clickNotificationButton, webviewFrame } from './sights';
import { sharedWorkbench } from './sharedWorkbench';
import { type Workbench, type WorkbenchOptions, openWorkbench } from './workbench';

export interface Scene {
  readonly workbench: Workbench;
  readonly gateway: Gateway;
  close(): Promise<void>;
}

export interface SceneOptions extends WorkbenchOptions {
  readonly gateway?: StartOptions;
  /** False: none is stored. */
  readonly credentials?: boolean;
  /** Nothing that an earlier test left in the extension: conversations, questions asked before, the record. */
  readonly fresh?: boolean;
  /** A VS Code that no other test uses, before or after. */
  readonly own?: boolean;
}

/** In the shared VS Code, unless an option needs another. */
export async function openScene({
  gateway: gatewayOptions,
  settings: ownSettings,
  credentials = true,
  fresh = !credentials,
  own = false,
  ...workbenchOptions
}: SceneOptions = {}): Promise<Scene> {
  const gateway = await startGateway({
    pace: 0,
    token: standInToken,
    storedKeys: [''],
    apiKeys: [standInApiKey],
    ...gatewayOptions,
  });
  const settings = {
    'bedrockGateway.gateway.url': gateway.url,
    'bedrockGateway.aws.region': 'us-east-1',
    ...ownSettings,
  };
  const workbench =
    own || Object.keys(workbenchOptions).length > 0
      ? await openWorkbench({ settings, withoutPrograms: true, ...workbenchOptions })
      : await sharedWorkbench({ settings, fresh });
  if (credentials)
    await workbench.agent.setCredentials({
      authentication: 'accessKeys',
      ...standInKeys,
      gatewayToken: standInToken,
    });
  return {
    workbench,
    gateway,
    close: async () => {
      await workbench.close();
      await gateway.close();
    },
  };
}

/** A number that no other file has, in whichever file of tests: esbuild gives each a copy of this module. */
const numbers = globalThis as { [key: symbol]: number | undefined };
const nextNumber = (key = Symbol.for('files')): number => (numbers[key] = (numbers[key] ?? 0) + 1);

/** A file of the open folder that holds `text`, in an editor, all of it selected. */
export async function selectText({ workbench }: Scene, text: string, extension = 'txt'): Promise<string> {
  const file = path.join(workbench.folder, `file${nextNumber()}.${extension}`);
  await writeFile(file, text);
  await workbench.agent.openFile(file);
  await workbench.agent.selectAll();
  return file;
}

/** Selects `text` in a file of its own and sends it. */
export async function send(scene: Scene, text: string, extension?: string): Promise<void> {
  await selectText(scene, text, extension);
  await scene.workbench.agent.startCommand('bedrockGateway.sendSelection');
}

/** The same by the right mouse button. */
export async function sendByMenu(scene: Scene, text: string, extension?: string): Promise<void> {
  const { workbench } = scene;
  await selectText(scene, text, extension);
  await chooseFromEditorMenu(workbench, 'Bedrock', 'Send Selection as Prompt');
}

/** The panel's document, once it shows the turn of `prompt`, or any turn. */
export async function panelFrame({ workbench }: Scene, prompt = ''): Promise<Frame> {
  return webviewFrame(workbench, `#panel article:has(.prompt:has-text(${JSON.stringify(prompt)}))`);
}

/** The panel's document, once the reply to `prompt` has ended. */
export async function endedPanel({ workbench }: Scene, prompt = ''): Promise<Frame> {
  return webviewFrame(
    workbench,
    // The model's name is there from the start; how long it took, only in the end.
    `#panel article:has(.prompt:has-text(${JSON.stringify(prompt)})):has([aria-busy="false"]):has(.facts li + li)`,
  );
}

/** Spoils the user's settings.json, so that VS Code writes no setting until `mend` is called. */
export async function spoilSettings({ workbench }: Scene): Promise<{ mend(): Promise<void> }> {
  const file = path.join(workbench.dataDirectory, 'data', 'User', 'settings.json');
  const text = await readFile(file, 'utf8');
  await writeFile(file, `${text}{`);
  return { mend: () => writeFile(file, text) };
}

/** Presses the button of a notification that opens the user's settings.json, and closes that again. */
export async function openAndCloseSettings({ workbench }: Scene, message: RegExp): Promise<void> {
  await clickNotificationButton(workbench, message, 'Open settings.json');
  const editor = workbench.page.locator('.monaco-editor[data-uri$="/User/settings.json"]');
  await editor.waitFor();
  await workbench.agent.executeCommand('workbench.action.closeActiveEditor');
  await editor.waitFor({ state: 'detached' });
}

/** A promise that the test keeps until it says so. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
