// Through the workbench, as a person: select, right-click, read, stop, switch models.
import assert from 'node:assert/strict';
import { sonnet as model, sonnetName } from './models';
import { clickNotificationButton, screenshot, statusBarItem } from './sights';
import { runCommandFromPalette } from './gestures';
import { type Scene, endedPanel, gate, openScene, panelFrame, selectText, sendByMenu } from './scene';

describe('select, ask, read', () => {
  let scene: Scene;
  before(async () => {
    // With all that VS Code brings along, as a person has it.
    scene = await openScene({ withoutPrograms: false });
  });
  after(() => scene.close());
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  it('sends the selection by the right mouse button, verbatim, and shows the reply with its facts', async () => {
    const text = 'def greet():\r\n    return "$& ${x} `ticks` שלום 🙂"\r\n';
    await sendByMenu(scene, text, 'py');
    const frame = await endedPanel(scene, 'def greet');
    await frame.getByText('Stand-in reply').first().waitFor();
    const facts = await frame.locator('.facts').innerText();
    for (const part of [/Claude Sonnet 5/, /\d+ in · \d+ out/, /\d s/, /log \w+/]) assert.match(facts, part);
    const entry = scene.gateway.log.at(-1)!;
    const { messages } = JSON.parse(entry.body) as { messages: { content: { text: string }[] }[] };
    const sent = messages[0]!.content[0]!.text;
    assert.equal(sent, text);
    assert.equal(entry.signature, 'accepted');
    assert.equal(entry.model, model);
    await screenshot(scene.workbench, 'reply');
  });

  it('shows text while most of it is still to come; Stop closes the connection and keeps the text', async () => {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const rest = gate();
      scene.gateway.script(model, {
        deltas: [`First words ${round}. `, ...Array.from({ length: 99 }, (_, index) => `word${index} `)],
        hold: (index) => (index === 1 ? rest.opened : Promise.resolve()),
      });
      await sendByMenu(scene, `Tell me everything, ${round}.`);
      const frame = await panelFrame(scene, `Tell me everything, ${round}.`);
      await frame.locator('.markdown').getByText(`First words ${round}.`).waitFor();
      const entry = scene.gateway.log.at(-1)!;
      assert.ok(entry.framesSent < entry.framesTotal / 10, `${entry.framesSent} of ${entry.framesTotal}`);
      await statusBarItem(scene.workbench, sonnetName).locator('.codicon-loading').waitFor();

      // The time of the click as the page itself sees it: Playwright waits before and after.
      const clicked = frame.evaluate(
        () =>
          new Promise<number>((resolve) =>
            document.addEventListener('click', () => resolve(Date.now()), { capture: true, once: true }),
          ),
      );
      await screenshot(scene.workbench, `stop${round}`);
      await frame.getByRole('button', { name: 'Stop' }).click();
      const closed = await scene.gateway.waitFor(({ number, closedByClientAt }) =>
        Boolean(number === entry.number && closedByClientAt),
      );
      // The gateway still holds the rest: nothing but Stop has closed the connection.
      assert.equal(closed.finished, false);
      assert.ok(closed.framesSent < closed.framesTotal / 10);
      times.push(closed.closedByClientAt! - (await clicked));
      await frame.locator('.outcome').getByText('Stopped').waitFor();
      assert.equal(await frame.locator('.markdown').getByText(`First words ${round}.`).count(), 1);
      rest.open();
    }
    console.log(`      Stop closed the connection after ${times.join(', ')} ms`);
    scene.gateway.script(model, { deltas: ['Hello.'] });
  });

  it('sends again once, though the button is pressed a second time while the page changes', async () => {
    const sent = () =>
      scene.gateway.log.filter(({ body, finished }) => finished && body.includes('Breaks off.')).length;
    scene.gateway.script(model, { deltas: ['Half of '], ending: 'cut' });
    await sendByMenu(scene, 'Breaks off.');
    const frame = await endedPanel(scene, 'Breaks off.');
    await frame.getByRole('button', { name: 'Send Again' }).evaluate(async (button: HTMLElement) => {
      button.click();
      while (button.isConnected) await new Promise(requestAnimationFrame);
      // On its way, it would have seen the page of before.
      button.click();
    });
    await scene.gateway.waitFor(() => sent() === 2);
    scene.gateway.script(model, { deltas: ['Hello.'] });
    // What is sent after it arrives after it.
    await sendByMenu(scene, 'Comes to its end.');
    const last = await endedPanel(scene, 'Comes to its end.');
    assert.equal(sent(), 2);
    // Whoever goes back to the reply may well send it again.
    const previous = last.getByRole('button', { name: 'Previous' });
    await previous.click();
    await last.locator('.prompt', { hasText: 'Breaks off.' }).waitFor();
    await last.getByRole('button', { name: 'Send Again' }).click();
    await scene.gateway.waitFor(() => sent() === 3);
  });

  it('asks the model that the setting names, whatever its ID looks like', async () => {
    const ids = [
      'anthropic.claude-sonnet-4-5-20250929-v1:0',
      'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
      'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6',
    ];
    for (const id of ids) {
      await scene.workbench.agent.updateSetting('bedrockGateway.model', id);
      await sendByMenu(scene, 'Who are you?');
      const entry = await scene.gateway.waitFor((each) => each.model === id && each.finished);
      assert.equal(entry.signature, 'accepted');
    }
    await scene.workbench.agent.updateSetting('bedrockGateway.model', undefined);
  });

  it('offers to ask when nothing is selected', async () => {
    await selectText(scene, 'nothing of this is selected');
    await scene.workbench.agent.select([0, 0, 0, 0]);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Send Selection as Prompt');
    await clickNotificationButton(scene.workbench, 'No text is selected', 'Ask…');
    const input = scene.workbench.page.locator('.quick-input-widget:visible input');
    await input.fill('A typed prompt');
    await input.press('Enter');
    const entry = await scene.gateway.waitFor(({ body }) => body.includes('A typed prompt'));
    assert.equal(entry.model, model);
  });
});
