// VS Code's own Chat view, as a person uses it.
import type { Locator } from 'playwright-core';
import { until } from '../limits';
import { type Scene, type SceneOptions, openScene } from './scene';
import type { Workbench } from './workbench';

export type ChatMode = 'Ask' | 'Edit' | 'Agent';

/** User settings with which Chat needs no account and offers our models. */
const chatSettings = {
  'chat.allowAnonymousAccess': true,
  'bedrockGateway.chat.models': 'all',
};

/** A VS Code with its own programs, among them the extension that Chat needs. */
export async function openChatScene({ settings, ...options }: SceneOptions = {}): Promise<Scene> {
  return openScene({
    own: true,
    withoutPrograms: false,
    settings: { ...chatSettings, ...settings },
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

  /** The names of the models that the picker finds for `text`. */
  async modelsFound(text: string): Promise<readonly string[]> {
    const list = await this.openModelPicker(text);
    const names = await list.locator('.monaco-list-row.action .title').allInnerTexts();
    await this.workbench.page.keyboard.press('Escape');
    await list.waitFor({ state: 'hidden' });
    return names;
  }

  /** Chooses a model by the whole of its name. */
  async chooseModel(name: string): Promise<void> {
    const list = await this.openModelPicker(name);
    const row = list.locator('.monaco-list-row.action').filter({
      has: this.workbench.page.getByText(name, { exact: true }),
    });
    await row.click();
    await list.waitFor({ state: 'hidden' });
    await this.view.locator('.model-picker-name').filter({ hasText: name }).waitFor();
  }

  private async openModelPicker(text: string): Promise<Locator> {
    await this.view.locator('.model-picker-name').click();
    const list = this.workbench.page.locator('.action-widget.action-widget-dropdown');
    // The list is that of all models until the input has been taken into account.
    await list.locator('input').fill(text);
    await until(async () => {
      const rows = await list.locator('.monaco-list-row.action .title').allInnerTexts();
      return rows.length > 0 && rows.every((row) => row.toLowerCase().includes(text.toLowerCase()));
    }, `Chat's picker finds ${text}`);
    return list;
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
