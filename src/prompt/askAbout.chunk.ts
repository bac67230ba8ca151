// Asking about a selection. A chunk of its own (esbuild.js makes it a file), loaded when it is first called for.
// It has copies of what it shares with the rest: a class is another one here, so the sender comes from there.
import type { Disposable, TextEditor } from 'vscode';
import type { StepResult } from '../ui/quickInput';
import { showInvalid } from '../ui/invalidSetting';
import { SettingInvalid, readSystemPrompt } from '../settings';
import { type SelectionContext, captureContext } from './context';
import { askInputs } from './inputs';
import { type PromptInput, promptInput } from './requestBuilder';
import { PromptPreview } from './preview';
import { type PickedQuestion, pickQuestion } from './questionPick';
import { RecentQuestions } from './recentQuestions';
import { type OfferedPrompt, offeredPrompts } from './savedPrompts';
import type { Sender } from './sender';
import { filledIn, inputsOf, withSelection } from './variables';

export interface AskAboutDeps {
  readonly sender: Pick<Sender, 'ready' | 'send'>;
  /** What is done when nothing is selected. */
  readonly withoutSelection: () => Promise<void>;
}

export class AskAboutSelection implements Disposable {
  private readonly recent = new RecentQuestions();
  private readonly answered = new Map<string, string>();
  private readonly preview = new PromptPreview(hasSystemPrompt);
  /** The last call to send a previewed question, until its preview is closed. */
  private readonly sending = new Map<PromptInput, { sent: boolean }>();

  constructor(private readonly around: AskAboutDeps) {}

  /** Asks for a question about what is selected in `editor`, and sends both, or shows them first. */
  async ask(editor: TextEditor | undefined): Promise<void> {
    const { sender, withoutSelection } = this.around;
    const attached = captureContext(editor);
    if (!attached) return withoutSelection();
    // Finish set-up first, so that nobody types a question and is then asked for keys.
    if (!(await sender.ready())) return;
    const { recent } = this;
    for (;;) {
      const picked = await pickQuestion(attached.places, { prompts: promptsNow(), recent });
      if (!picked) return;
      const text = await this.textOf(picked.chosen, attached);
      if (text === 'left') return;
      if (text === 'back') continue;
      const question = promptInput(text.value, 'about', attached.sources);
      if (picked.preview) await this.preview.show(question);
      else await sender.send(question);
      return;
    }
  }

  /**
   * Sends what the preview in front shows, and closes it once that is on its way. Called again before, it asks
   * anew what is to be asked, since a notification may be out of sight; what it shows is sent once.
   */
  async sendPreview(): Promise<void> {
    const { inFront } = this.preview;
    if (!inFront || this.sending.get(inFront.question)?.sent) return;
    const { question } = inFront;
    const call = { sent: false };
    const isLast = () => this.sending.get(question) === call;
    this.sending.set(question, call);
    try {
      call.sent = await this.around.sender.send(question, isLast);
      if (call.sent) await inFront.close();
    } finally {
      if (isLast()) this.sending.delete(question);
    }
  }

  dispose(): void {
    this.preview.dispose();
  }

  private async textOf(chosen: PickedQuestion, { values }: SelectionContext): Promise<StepResult<string>> {
    if (chosen.kind === 'question') {
      this.recent.add(chosen.text);
      return { value: withSelection(chosen.text, values.selection) };
    }
    const { label, text } = chosen.prompt;
    const inputs = await askInputs(label, inputsOf(text), this.answered);
    if (typeof inputs !== 'object') return inputs;
    return { value: filledIn(text, { ...values, inputs: inputs.value }) };
  }
}

/** None when the setting cannot be used, which is then named; a question can be asked all the same. */
function promptsNow(): readonly OfferedPrompt[] {
  try {
    return offeredPrompts();
  } catch (error) {
    if (!(error instanceof SettingInvalid)) throw error;
    showInvalid(error);
    return [];
  }
}

/** A setting that is wrong is named when something is sent. */
function hasSystemPrompt(): boolean {
  try {
    return readSystemPrompt() !== '';
  } catch {
    return false;
  }
}
