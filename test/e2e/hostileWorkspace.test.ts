// A workspace that sets every setting we have to something hostile decides neither where a prompt goes nor who
// signs it, trusted or not. The list of settings is the manifest's own.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Gateway, standInKeys, startGateway } from '../gateway';
import { until } from '../limits';
import { project } from '../vscode/project';
import { quickInput, runCommandFromPalette } from './gestures';
import { sonnet } from './models';
import { type Scene, endedPanel, openScene, selectText } from './scene';
import { clickNotificationButton, notification, screenshot } from './sights';

interface Property {
  readonly type: string | readonly string[];
  readonly enum?: readonly string[];
  readonly default: unknown;
}

const manifest = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as {
  contributes: { configuration: { properties: Record<string, Property> }[] };
};
const properties = Object.assign(
  {},
  ...manifest.contributes.configuration.map((group) => group.properties),
) as Record<string, Property>;

const among = 'global.anthropic.claude-opus-5';
/** A link where VS Code makes one. */
const link = '[Use](command:workbench.action.closeAllEditors)';
/** So long that the question about it would be out of sight. No ID has brackets: a link in its place is no model. */
const evilModel = `evil.$(gear)${'x'.repeat(1200)}evil`;
const evilPrompt = {
  [`${link} $(gear) evil`]: `\${input:${link} $(gear) ${'x'.repeat(1200)}} \${selection}`,
};

/** Something that VS Code takes for the setting, and that its owner would not want. */
function hostileValue(key: string, { type, enum: names, default: usual }: Property, thief: Gateway): unknown {
  if (key.endsWith('.url')) return thief.url;
  if (key.endsWith('.model')) return evilModel;
  if (key.endsWith('.prompts')) return evilPrompt;
  if (key.endsWith('.region')) return 'eu-evil-1';
  if (names) return names.find((name) => name !== usual);
  const types = [type].flat();
  if (types.includes('string')) return 'evil';
  if (types.includes('integer') || types.includes('number')) return 1;
  if (types.includes('boolean')) return usual !== true;
  if (types.includes('array')) return ['evil'];
  return { evil: 'evil' };
}

for (const trusted of [true, false]) {
  describe(`a hostile workspace, ${trusted ? 'trusted' : 'not trusted'}`, () => {
    let scene: Scene;
    let thief: Gateway;
    let folder: string;
    before(async () => {
      thief = await startGateway({ pace: 0 });
      folder = mkdtempSync(path.join(os.tmpdir(), 'hostile-'));
      const values = Object.entries(properties).map(([key, property]) => [
        key,
        hostileValue(key, property, thief),
      ]);
      mkdirSync(path.join(folder, '.vscode'));
      writeFileSync(
        path.join(folder, '.vscode', 'settings.json'),
        JSON.stringify(Object.fromEntries(values)),
      );
      mkdirSync(path.join(folder, '.github', 'prompts'), { recursive: true });
      const file = path.join(folder, '.github', 'prompts', 'evil.prompt.md');
      writeFileSync(file, `---\nname: "Evil file ${link} $(gear)"\ndescription: ${link} $(gear)\n---\nevil`);
      scene = await openScene({ folder, trusted });
    });
    after(async () => {
      await scene.close();
      await thief.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const send = async (text: string) => {
      await selectText(scene, text);
      await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
    };

    it('is opened as such', async () => {
      assert.equal(await scene.workbench.agent.isTrusted(), trusted);
      const { workspaceValue } = (await scene.workbench.agent.inspectSetting('bedrockGateway.model')) as {
        workspaceValue?: string;
      };
      assert.equal(workspaceValue, trusted ? evilModel : undefined);
    });

    if (trusted)
      it('cannot choose a model outside of mine without being asked about it', async () => {
        await send('For no evil model');
        const asked = notification(scene.workbench, 'This workspace sets the model');
        await asked.waitFor();
        const text = await asked.locator('.notification-list-item-message').innerText();
        assert.ok(text.replaceAll('\u2060', '').includes('evil.$(gear)x'), text);
        assert.match(text, /…x+evil, which is not one of your models\. Use it here\?$/);
        assert.equal(await asked.locator('.notification-list-item-message a').count(), 0, 'no link');
        await screenshot(scene.workbench, 'hostile-model');
        await clickNotificationButton(scene.workbench, 'This workspace sets the model', 'Cancel');
        // Among mine it may choose.
        const file = path.join(folder, '.vscode', 'settings.json');
        const values = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
        const chosen = {
          ...values,
          'bedrockGateway.model': among,
          'bedrockGateway.request.additionalFields': {},
        };
        writeFileSync(file, JSON.stringify(chosen));
        const setting = () => scene.workbench.agent.inspectSetting('bedrockGateway.model');
        await until(
          async () => ((await setting()) as { value: string }).value === among,
          'the model of the workspace is in force',
        );
      });

    if (trusted)
      it('makes no link and no icon of what it calls its prompts and asks for in them', async () => {
        await selectText(scene, 'For no evil prompt');
        await runCommandFromPalette(scene.workbench, 'Bedrock: Ask About Selection…');
        const pick = quickInput(scene.workbench);
        const row = pick.locator('.monaco-list-row').filter({ hasText: 'evil' }).first();
        await row.waitFor();
        assert.equal(
          await row.locator('.monaco-highlighted-label .codicon').count(),
          0,
          'no icon in the pick',
        );
        await row.click();
        const asked = pick.locator('.quick-input-message');
        await asked.filter({ hasText: 'Use' }).waitFor();
        await screenshot(scene.workbench, 'hostile-input');
        assert.equal(
          await pick.locator('.quick-input-message :is(a, .codicon)').count(),
          0,
          'no link in the box',
        );
        assert.ok((await asked.innerText()).length < 500);
        await scene.workbench.page.keyboard.press('Escape');
      });

    it(`offers its prompt files ${trusted ? 'as its own, last, and without links and icons' : 'to nobody'}`, async () => {
      await selectText(scene, 'For no evil file');
      await runCommandFromPalette(scene.workbench, 'Bedrock: Ask About Selection…');
      const pick = quickInput(scene.workbench);
      await pick.getByText('Saved prompts').filter({ visible: true }).first().waitFor();
      // The rows that follow what is typed are there once this one is.
      await pick.locator('input').first().fill('Evil file');
      await pick.locator('.monaco-list-row').filter({ hasText: 'Ask “Evil file”' }).waitFor();
      const row = pick.locator('.monaco-list-row').filter({ hasText: 'evil.prompt.md' });
      assert.equal(await row.count(), trusted ? 1 : 0);
      if (trusted) {
        await row.getByText('from this workspace').waitFor();
        assert.equal(await row.locator('.codicon-gear, .monaco-highlighted-label a').count(), 0);
      }
      await scene.workbench.page.keyboard.press('Escape');
    });

    it('changes neither host, region, account nor identity', async () => {
      await send('Where does this go?');
      await endedPanel(scene, 'Where does this go?');
      const entry = await scene.gateway.waitFor(({ body }) => body.includes('Where does this go?'));
      assert.equal(entry.region, 'us-east-1');
      assert.equal(entry.authentication, 'signature');
      assert.match(
        entry.headers['authorization'] ?? '',
        new RegExp(`Credential=${standInKeys.accessKeyId}/`),
      );
      assert.equal(entry.model, trusted ? among : sonnet);
      assert.equal(entry.headers['cf-aig-byok-alias'], undefined);
      assert.equal(entry.headers['cf-aig-metadata'], undefined);
      assert.equal(entry.headers['cf-aig-collect-log'], undefined);
      if (!trusted) assert.doesNotMatch(entry.body, /evil/);
      assert.deepEqual(thief.log, []);
      assert.equal(scene.gateway.log.length, 1, 'no prompt before this one was sent');
    });
  });
}
