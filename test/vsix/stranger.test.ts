// The path of a stranger: from the package in a fresh VS Code, without a setting or a key, through Set Up to a
// reply, with the keyboard alone, in each language.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Gateway, standInApiKey, standInToken, startGateway } from '../gateway';
import { quickInput } from '../e2e/gestures';
import { screenshot, webviewFrame } from '../e2e/sights';
import { english, japanese } from '../e2e/words';
import { type Workbench, openWorkbench } from '../e2e/workbench';
import { vsix } from './vsix';

const prompt = 'Was it the keyboard alone?';

for (const { language: locale, said, title } of [english, japanese]) {
  describe(`a stranger (${locale})`, () => {
    let gateway: Gateway;
    let workbench: Workbench;
    before(async () => {
      const { file } = await vsix();
      gateway = await startGateway({ pace: 0, token: standInToken, apiKeys: [standInApiKey] });
      workbench = await openWorkbench({ extension: file, ...(locale !== 'en' && { locale }) });
    });
    after(async () => {
      await workbench.close();
      await gateway.close();
    });

    const press = (key: string) => workbench.page.keyboard.press(key);
    const picture = (name: string) => screenshot(workbench, `stranger-${locale}-${name}`);

    const [address, who, apiKey, token, region, model, done] = [
      'Address of your gateway. In the Cloudflare dashboard: AI › AI Gateway › your gateway › API › API Endpoints › Amazon Bedrock. A custom domain works too.',
      'How do you want to authenticate to AWS?',
      'Bedrock API key. AWS console › Amazon Bedrock › API keys. Long-term keys begin with ABSK, short-term ones with bedrock-api-key-.',
      'Token of the gateway, if it requires one. In the Cloudflare dashboard: your gateway › Settings › Authenticated Gateway › Create an authentication token.',
      'Which AWS region do you want to use?',
      'Choose a model, or type a model ID, an inference profile ID or an ARN',
      'Setup is complete. Select text and choose “Bedrock › Send Selection as Prompt”, or ask something now.',
    ].map((text) => said(text)) as [string, string, string, string, string, string, string];

    const asked = (question: string) => {
      const input = quickInput(workbench);
      return input
        .filter({ hasText: question })
        .or(input.filter({ has: workbench.page.getByPlaceholder(question) }))
        .waitFor();
    };

    /** Waits until the quick input asks `question`, types, accepts. */
    const answer = async (question: string, text: string) => {
      await asked(question);
      await workbench.page.keyboard.type(text);
      await press('Enter');
    };

    const command = async (id: string) => {
      const name = title(id);
      await press('F1');
      const input = quickInput(workbench).locator('input').first();
      await input.waitFor();
      await workbench.page.keyboard.type(name);
      // Enter takes the row that is focused, once the list is that of what was typed.
      await quickInput(workbench)
        .locator('.monaco-list-row.focused')
        .filter({ has: workbench.page.getByText(`Bedrock: ${name}`, { exact: true }) })
        .waitFor();
      await press('Enter');
    };

    it('gets from the package to a reply with the keyboard alone', async () => {
      const { page, agent, folder, dataDirectory } = workbench;
      const installed = (await agent.extensionPath()) ?? '';
      assert.ok(path.dirname(installed) === path.join(dataDirectory, 'extensions'), installed);
      assert.ok(!readdirSync(installed).includes('node_modules'));
      const file = path.join(folder, 'question.txt');
      await writeFile(file, prompt);
      await agent.openFile(file);
      await page.evaluate(() => {
        for (const event of ['mousedown', 'pointerdown', 'wheel'])
          window.addEventListener(event, () => (document.body.dataset['mouse'] = event), true);
      });

      const began = Date.now();
      await command('setUp');
      await asked(address);
      await picture('1-address');
      await answer(address, gateway.url);
      await asked(who);
      await picture('2-who');
      await answer(who, said('Bedrock API key, stored in VS Code'));
      await answer(apiKey, standInApiKey);
      await answer(token, standInToken);
      // The address has told the region; a stranger who knows better would type another.
      await answer(region, '');
      await asked(model);
      await picture('3-model');
      await answer(model, 'Haiku');
      await page.getByText(done).first().waitFor();
      await press('Control+A');
      await command('sendSelection');
      const panel = await webviewFrame(
        workbench,
        '#panel article:has([aria-busy="false"]):has(.facts li + li)',
      );
      // The start of VS Code is not the stranger's.
      const took = (Date.now() - began) / 1000;
      await picture('4-reply');

      console.log(`      ${took.toFixed(1)} s from the first key to the end of the reply`);
      assert.ok((await panel.locator('.prompt').innerText()).includes(prompt));
      assert.match(await panel.locator('.markdown').innerText(), /Stand-in reply/);
      const [entry] = gateway.log;
      assert.equal(gateway.log.length, 1);
      assert.equal(entry!.authentication, 'apiKey');
      assert.match(entry!.model ?? '', /haiku/);
      assert.equal(await page.locator('body').getAttribute('data-mouse'), null);
      assert.equal(await agent.language(), locale);
    });
  });
}
