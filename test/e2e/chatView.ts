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
    await (await this.modelRow(name)).click();
    await this.modelList.waitFor({ state: 'hidden' });
    await this.view.locator('.model-picker-name').filter({ hasText: name }).waitFor();
  }

  /** What Chat's picker tells about a model under the mouse. The picker stays open. */
  async modelDescription(name: string): Promise<string> {
    await (await this.modelRow(name)).hover();
    const description = this.workbench.page.locator('.chat-model-hover').filter({ hasText: name });
    await description.waitFor();
    return description.innerText();
  }

  private get modelList(): Locator {
    return this.workbench.page.locator('.action-widget.action-widget-dropdown');
  }

  /** The row of a model in Chat's picker, which is opened for it. */
  private async modelRow(name: string): Promise<Locator> {
    const { page } = this.workbench;
    const row = this.modelList
      .locator('.monaco-list-row.action')
      .filter({ has: page.getByText(name, { exact: true }) });
    // If the toolbar is drawn anew meanwhile, the picker loses its place and stays empty.
    await until(async () => {
      if (!(await this.modelList.isVisible())) await this.view.locator('.model-picker-name').click();
      await this.modelList.locator('input').fill(name);
      const found = await row.waitFor({ timeout: 2000 }).then(
        () => true,
        () => false,
      );
      if (!found) await page.keyboard.press('Escape');
      return found;
    }, `Chat's picker shows ${name}`);
    return row;
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

  /** Pastes a small picture into the prompt, as from another program. @returns its bytes, in base64 */
  async pastePicture(type: 'image/png' | 'image/jpeg'): Promise<string> {
    await this.view.locator('.chat-input-container .monaco-editor').first().click();
    const base64 = await this.workbench.page.evaluate(pasteDrawing, type);
    await this.view
      .locator('.chat-attached-context-attachment')
      .filter({ has: this.workbench.page.locator('img') })
      .waitFor();
    return base64;
  }

  async stop(): Promise<void> {
    await this.stopButton.click();
  }
}

/** Runs in the page: draws a picture, and pastes it. */
async function pasteDrawing(type: string): Promise<string> {
  const canvas = new OffscreenCanvas(40, 30);
  const context = canvas.getContext('2d')!;
  context.fillStyle = 'teal';
  context.fillRect(5, 5, 20, 10);
  const blob = await canvas.convertToBlob({ type });
  const clipboardData = new DataTransfer();
  clipboardData.items.add(new File([blob], 'image', { type }));
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  document.activeElement?.dispatchEvent(paste);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
