// VS Code's own Chat view, as a person uses it.
import type { Locator } from 'playwright-core';
import { until } from '../limits';
import { type Scene, type SceneOptions, openScene } from './scene';
import type { Workbench } from './workbench';

export type ChatMode = 'Ask' | 'Edit' | 'Agent';

/** A VS Code with its own programs, among them the extension that Chat needs. */
export async function openChatScene({ settings, ...options }: SceneOptions = {}): Promise<Scene> {
  // Chat is then on the left: notifications, at the right, do not hide it.
  const onTheLeft = { 'workbench.sideBar.location': 'right' };
  return openScene({
    own: true,
    withoutPrograms: false,
    settings: { ...onTheLeft, ...settings },
    ...options,
  });
}

export class ChatView {
  private readonly view: Locator;
  private readonly toolbar: Locator;

  private constructor(private readonly workbench: Workbench) {
    this.view = workbench.page.locator('.interactive-session');
    this.toolbar = this.view.locator('.chat-execute-toolbar');
  }

  /** Opens the view, with an empty conversation. */
  static async open(workbench: Workbench): Promise<ChatView> {
    await workbench.agent.executeCommand('workbench.action.chat.open');
    const chat = new ChatView(workbench);
    await chat.view.waitFor();
    await chat.startConversation();
    return chat;
  }

  async startConversation(): Promise<void> {
    await this.workbench.agent.executeCommand('workbench.action.chat.newChat');
    await until(async () => (await this.responses.count()) === 0, 'Chat shows a new conversation');
  }

  /** A mode that VS Code hides from the picker, such as Edit, is chosen as well. */
  async chooseMode(mode: ChatMode): Promise<void> {
    await this.workbench.agent.executeCommand('workbench.action.chat.open', { mode: mode.toLowerCase() });
    await this.view.locator('.chat-mode-picker-item').filter({ hasText: mode }).waitFor();
  }

  /** Chooses a model by the whole of its name. */
  async chooseModel(name: string): Promise<void> {
    const { page } = this.workbench;
    const list = page.locator('.action-widget.action-widget-dropdown');
    const row = list
      .locator('.monaco-list-row.action')
      .filter({ has: page.getByText(name, { exact: true }) });
    // If the toolbar is drawn anew meanwhile, the picker loses its place and stays empty.
    await until(async () => {
      await this.view.locator('.model-picker-name').click();
      await list.locator('input').fill(name);
      const found = await row.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
      if (!found) await page.keyboard.press('Escape');
      return found;
    }, `Chat's picker shows ${name}`);
    await row.click();
    await list.waitFor({ state: 'hidden' });
    await this.view.locator('.model-picker-name').filter({ hasText: name }).waitFor();
  }

  /** Types a prompt and sends it. Does not wait for a reply. */
  async send(prompt: string): Promise<void> {
    await this.view.locator('.chat-input-container .monaco-editor').first().click();
    await this.workbench.page.keyboard.type(prompt);
    await this.workbench.page.keyboard.press('Enter');
    await this.view.locator('.interactive-request').filter({ hasText: prompt }).first().waitFor();
  }

  private get responses(): Locator {
    return this.view.locator('.interactive-list .monaco-list-rows > .response');
  }

  /** What the last reply shows, once it contains `text`. */
  async shows(text: string): Promise<void> {
    await this.responses.last().filter({ hasText: text }).waitFor();
  }

  /** What the last reply shows, once it has ended. */
  async ended(): Promise<string> {
    const last = this.responses.last();
    await last.waitFor();
    await until(
      async () =>
        (await this.stopButton.count()) === 0 &&
        (await this.view.locator('.chat-response-loading').count()) === 0,
      'the reply in Chat has ended',
    );
    return (await last.locator('.interactive-response > .value').innerText()).trim();
  }

  private get stopButton(): Locator {
    return this.toolbar.locator('.codicon-stop-circle');
  }

  async stop(): Promise<void> {
    await this.stopButton.click();
  }
}
