// `npm run screenshots`: the pictures of README, taken from the real thing.
import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { project } from '../vscode/project';
import { chooseFromEditorMenu } from './gestures';
import { endedPanel, openScene } from './scene';

async function main(): Promise<void> {
  const scene = await openScene();
  const { agent, page, folder } = scene.workbench;
  // Tall enough for the whole of a short reply.
  await page.setViewportSize({ width: 1200, height: 1240 });
  const file = path.join(folder, 'rename.py');
  await copyFile(path.join(project, 'test', 'vscode', 'sample', 'rename.py'), file);
  await agent.openFile(file);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const first = lines.findIndex((line) => line.startsWith('def '));
  await agent.select([first, 0, first + 11, 0]);
  await chooseFromEditorMenu(scene.workbench, 'Bedrock', 'Send Selection as Prompt');
  await endedPanel(scene);
  // The room goes to the editor and the reply.
  await agent.executeCommand('workbench.action.closeSidebar');
  await agent.executeCommand('notifications.clearAll');
  await page.mouse.move(0, 0);
  await page.waitForFunction(() => document.fonts.status === 'loaded');
  await page.screenshot({ path: path.join(project, 'media', 'reply.png'), animations: 'disabled' });
  await scene.close();
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
