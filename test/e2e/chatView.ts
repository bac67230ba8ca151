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
    await this.workbench.page.keyboard.insertText(prompt);
    await this.workbench.page.keyboard.press('Enter');
    await this.view
      .locator('.interactive-request')
      .filter({ hasText: prompt.split('\n')[0]! })
      .first()
      .waitFor();
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

  /** Unfolds what the last reply has folded: its steps, and what each of them is. */
  async unfold(): Promise<void> {
    const folded = this.responses
      .last()
      .locator('.completed-response-summary, .chat-thinking-box > .chat-used-context-label > [role=button]')
      .and(this.workbench.page.locator('[aria-expanded=false]'));
    await until(async () => {
      const next = folded.filter({ visible: true }).first();
      if ((await next.count()) === 0) return true;
      await next.click();
      return false;
    }, 'everything is unfolded');
  }

  /** The steps of the last reply where they are unfolded: what the model thought, and the tools that it used. */
  get steps(): Locator {
    return this.responses.last().locator('.chat-thinking-item, .chat-tool-invocation-part');
  }

  /** Accepts the changes of files that Chat has made. */
  async keepChanges(): Promise<void> {
    const changes = this.view.locator('.chat-editing-session-actions');
    await changes.getByRole('button', { name: 'Keep' }).click();
    await changes.waitFor({ state: 'hidden' });
  }

  /** Pastes a picture into the prompt, as from another program. */
  async pastePicture(bytes: Uint8Array, type: string): Promise<void> {
    const input = this.view.locator('.chat-input-container .monaco-editor').first();
    await input.click();
    await this.workbench.page.evaluate(
      ([base64, mimeType]) => {
        const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([content], 'image', { type: mimeType }));
        document.activeElement?.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
        );
      },
      [Buffer.from(bytes).toString('base64'), type] as const,
    );
    await this.view.locator('.chat-attached-context-attachment').waitFor();
  }

  async stop(): Promise<void> {
    await this.stopButton.click();
  }
}
