// `npm run screenshots`: the pictures of README and docs/, taken from the real thing.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ScriptBlock } from '../gateway/content/signedReply';
import { until } from '../limits';
import { project } from '../vscode/project';
import { ChatView, openChatScene } from './chatView';
import { ask, composerFrame, ended, field } from './composer';
import { choose, chooseFromEditorMenu, quickInput, runCommandFromPalette, typeAndAccept } from './gestures';
import * as japanese from './japanese';
import { haiku, haikuName, sonnet, sonnetName } from './models';
import { endedPanel, openScene, type Scene, selectText } from './scene';
import { notification, webviewFrame } from './sights';

interface Part {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** As WebP, less than half of the same as PNG: media/pictures/{name}.webp. */
async function picture({ workbench }: Scene, name: string, part?: Part): Promise<void> {
  const { agent, page } = workbench;
  // A step of its own: what showed an explanation notices that the mouse has left it.
  await page.mouse.move(0, 0, { steps: 2 });
  // Such as the one that says that keys were stored.
  await agent.executeCommand('notifications.clearAll');
  await notification(workbench, '').first().waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.fonts.status === 'loaded');
  // Where the mouse was, something may have been about to explain itself.
  await until(async () => {
    // On a busy machine it may have been shown after the mouse had left. Nothing in the title bar explains itself here.
    for (const y of [12, 2]) await page.mouse.move(250, y, { steps: 5 });
    return (await page.locator('.monaco-hover:visible').count()) === 0;
  }, 'nothing explains itself');
  const png = await page.screenshot({ animations: 'disabled', ...(part && { clip: part }) });
  const data = await page.evaluate(webpOf, png.toString('base64'));
  await mkdir(path.join(project, 'media', 'pictures'), { recursive: true });
  await writeFile(path.join(project, 'media', 'pictures', `${name}.webp`), Buffer.from(data, 'base64'));
}

/** Runs in the page: the browser is the one here that can write WebP. Both are base64. */
async function webpOf(png: string): Promise<string> {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
  const webp = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(webp, (byte) => String.fromCharCode(byte)).join(''));
}

/** The quick input with a little of what is around it. */
async function quickInputPart({ workbench }: Scene): Promise<Part> {
  const box = await quickInput(workbench).boundingBox();
  if (!box) throw new Error('No quick input is shown');
  return { x: box.x - 20, y: 0, width: box.width + 40, height: box.y + box.height + 20 };
}

async function reply(scene: Scene, name: string, sendSelection: string): Promise<void> {
  const { agent, page, folder } = scene.workbench;
  // Tall enough for the whole of a short reply.
  await page.setViewportSize({ width: 1200, height: 1390 });
  const file = path.join(folder, 'rename.py');
  await copyFile(path.join(project, 'test', 'vscode', 'sample', 'rename.py'), file);
  await agent.openFile(file);
  const lines = (await readFile(file, 'utf8')).split('\n');
  const first = lines.findIndex((line) => line.startsWith('def '));
  await agent.select([first, 0, first + 11, 0]);
  await chooseFromEditorMenu(scene.workbench, 'Bedrock', sendSelection);
  await endedPanel(scene);
  // The room goes to the editor and the reply.
  await agent.executeCommand('workbench.action.closeSidebar');
  await picture(scene, name);
}

const wordCount = `\
def word_count(text):
    words = {}
    for word in text.split(' '):
        words[word] = words.get(word, 0) + 1
    return words
`;

/** A conversation with a follow-up that two models have answered, beside the history. */
async function conversation(): Promise<void> {
  const scene = await openScene({ withoutPrograms: false });
  const { gateway, workbench } = scene;
  const { agent, page } = workbench;
  const says = (model: string, ...texts: readonly string[]) => {
    for (const text of texts) gateway.script(model, { deltas: text.match(/.{1,8}/gs) ?? [] });
  };
  await page.setViewportSize({ width: 1280, height: 860 });
  says(
    sonnet,
    'Three of them are quoted twice.',
    'A branch is rebased when its commits are made again on another base.',
    '`split(" ")` takes two spaces for an empty word between them, and keeps line ends inside words.',
    'Split at any white space, and let `Counter` count:\n\n```python\nfrom collections import Counter\n\n\ndef word_count(text):\n    return Counter(text.split())\n```\n',
  );
  says(
    haiku,
    'Without an argument, `split` takes any white space:\n\n```python\ndef word_count(text):\n    words = {}\n    for word in text.split():\n        words[word] = words.get(word, 0) + 1\n    return words\n```\n',
  );
  for (const text of [
    'Which of these lines of a CSV file are wrong?',
    'What is a rebase, in one sentence?',
  ]) {
    await selectText(scene, text);
    await agent.executeCommand('bedrockGateway.sendSelection');
    await ended(await composerFrame(scene), text);
  }
  await runCommandFromPalette(workbench, 'Bedrock: Show History');
  await selectText(scene, wordCount, 'py');
  await runCommandFromPalette(workbench, 'Bedrock: Ask About Selection…');
  await typeAndAccept(workbench, 'What is wrong with this?');
  const frame = await composerFrame(scene);
  await ended(frame, 'What is wrong');
  await ask(scene, frame, 'Fix it.');
  const turn = await ended(frame, 'Fix it.');
  await turn.getByRole('button', { name: 'Ask another model…' }).click();
  await choose(workbench, haikuName);
  await turn.getByText('2 / 2').waitFor();
  await ended(frame, 'Fix it.');
  await field(frame).click();
  await page.keyboard.type('And without regard to case?');
  await picture(scene, 'conversation');
  await scene.close();
}

/** VS Code's own Chat in agent mode: what the model thinks, and the tools that it uses. */
async function chat(): Promise<void> {
  const scene = await openChatScene({
    settings: { 'bedrockGateway.chat.models': 'all', 'chat.allowAnonymousAccess': true },
  });
  const { gateway, workbench } = scene;
  const { agent, folder, page } = workbench;
  await page.setViewportSize({ width: 1200, height: 760 });
  const file = path.join(folder, 'words.py');
  await writeFile(file, wordCount);
  await agent.openFile(file);
  await agent.executeCommand('workbench.action.closeSidebar');
  const uses = (name: string, input: object): ScriptBlock => ({
    kind: 'toolUse',
    id: `toolu_${name}`,
    name,
    deltas: [JSON.stringify(input)],
  });
  const turns: readonly (readonly ScriptBlock[])[] = [
    [
      { kind: 'reasoning', deltas: ['I need to see how the words are split.'] },
      uses('read_file', { filePath: file, startLine: 1, endLine: 5 }),
    ],
    [
      {
        kind: 'reasoning',
        deltas: ['Without an argument, `split` takes any white space. That is all it needs.'],
      },
      uses('replace_string_in_file', { filePath: file, oldString: "split(' ')", newString: 'split()' }),
    ],
    [
      {
        kind: 'text',
        deltas: [
          '`split(" ")` took two spaces for an empty word between them, and kept line ends inside words. I changed it to `split()`, which splits at any white space.',
        ],
      },
    ],
  ];
  gateway.script(sonnet, ({ prompt }) => {
    const done = prompt.messages.filter(({ role }) => role === 'assistant').length;
    const blocks = turns[done] ?? [];
    return { deltas: [], blocks, stopReason: done < turns.length - 1 ? 'tool_use' : 'end_turn' };
  });
  const view = await ChatView.open(workbench);
  await view.chooseMode('Agent');
  await view.chooseModel(sonnetName);
  await view.send('Why does word_count count an empty word? Fix it.');
  await view.ended();
  await view.unfold();
  await picture(scene, 'chat');
  await scene.close();
}

/** What the attempt behind the reply did on the wire. */
async function details(scene: Scene): Promise<void> {
  const frame = await endedPanel(scene);
  await frame.locator('.details > summary').click();
  await frame.locator('.attempt').waitFor();
  // From the line under the reply on.
  await frame.locator('.facts').evaluate((element) => scrollBy(0, element.getBoundingClientRect().top - 8));
  const element = await frame.frameElement();
  const box = await element.boundingBox();
  if (!box) throw new Error('No panel is shown');
  await picture(scene, 'details', { ...box, height: Math.min(box.height, 620) });
}

async function setUp(scene: Scene): Promise<void> {
  const { page } = scene.workbench;
  await runCommandFromPalette(scene.workbench, 'Bedrock: Set Up…');
  await quickInput(scene.workbench).getByText('Address of your gateway').waitFor();
  await picture(scene, 'set-up-address', await quickInputPart(scene));
  await page.keyboard.type(scene.gateway.url);
  await page.keyboard.press('Enter');
  await quickInput(scene.workbench)
    .getByPlaceholder(/How do you want to authenticate/)
    .waitFor();
  await picture(scene, 'set-up-authentication', await quickInputPart(scene));
  await page.keyboard.press('Escape');
}

async function checkConnection(scene: Scene): Promise<void> {
  const { page } = scene.workbench;
  await page.setViewportSize({ width: 900, height: 900 });
  await scene.workbench.agent.closeAllTabs();
  await scene.workbench.agent.executeCommand('bedrockGateway.checkConnection');
  const frame = await webviewFrame(scene.workbench, '.check .plan');
  await frame.getByRole('button', { name: 'Begin' }).click();
  await frame.locator('.summary > strong').waitFor();
  await picture(scene, 'check-connection');
}

async function askAboutSelection(scene: Scene): Promise<void> {
  await runCommandFromPalette(scene.workbench, 'Bedrock: Ask About Selection…');
  await quickInput(scene.workbench).getByText('Saved prompts').waitFor();
  await picture(scene, 'ask-about-selection', await quickInputPart(scene));
  await scene.workbench.page.keyboard.press('Escape');
}

/** Some days' work is too much to wait for: a dozen prompts to three models, some equal, one that fails. */
async function activity(): Promise<void> {
  const scene = await openScene({
    withoutPrograms: false,
    settings: { 'bedrockGateway.gateway.cacheTtl': 3600 },
  });
  const { agent, page } = scene.workbench;
  const asked = [
    [sonnet, 'Explain', 'Review', 'Explain', 'Simplify'],
    [haiku, 'Explain', 'Explain', 'Name this', 'Explain'],
    ['us.amazon.nova-pro-v1:0', 'Write tests', 'Explain', 'Translate', 'Explain'],
  ] as const;
  scene.gateway.script('us.amazon.nova-pro-v1:0', ({ turn }) => ({
    deltas: ['A reply', ' of several', ' words.'],
    ending: turn === 3 ? 'cut' : 'complete',
  }));
  let ended = 0;
  for (const [model, ...prompts] of asked) {
    await agent.updateSetting('bedrockGateway.model', model);
    for (const prompt of prompts) {
      await selectText(scene, `${prompt}: the function parse().`);
      await agent.executeCommand('bedrockGateway.sendSelection');
      ended += 1;
      const panel = await webviewFrame(scene.workbench, '#panel article');
      if (ended > 1) await panel.getByText(`${ended} of ${ended}`).waitFor();
      await panel.locator('[aria-busy="false"]').waitFor();
    }
  }
  await page.setViewportSize({ width: 1100, height: 760 });
  await agent.executeCommand('workbench.action.closeAllEditors');
  await agent.executeCommand('workbench.action.closeSidebar');
  await agent.executeCommand('bedrockGateway.showActivity');
  const frame = await webviewFrame(scene.workbench, 'tfoot');
  const box = await (await frame.frameElement()).boundingBox();
  if (!box) throw new Error('No view is shown');
  await picture(scene, 'activity-by-model', box);
  await frame.getByRole('tab').first().click();
  await frame.locator('[aria-rowindex="3"]').click();
  await frame.getByRole('button', { name: 'Copy Log ID' }).waitFor();
  await picture(scene, 'activity-requests', box);
  await scene.close();
}

async function main(): Promise<void> {
  const fresh = await openScene({
    withoutPrograms: false,
    settings: { 'bedrockGateway.gateway.url': '' },
    credentials: false,
  });
  await setUp(fresh);
  await fresh.close();
  const english = await openScene({ withoutPrograms: false });
  await reply(english, 'reply', 'Send Selection as Prompt');
  await details(english);
  await askAboutSelection(english);
  await checkConnection(english);
  await english.close();
  await activity();
  await conversation();
  await chat();
  const inJapanese = await openScene({ withoutPrograms: false, locale: 'ja' });
  await reply(inJapanese, 'reply.ja', japanese.title('sendSelection'));
  await inJapanese.close();
}

void main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
