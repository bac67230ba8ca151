// The command “Ask About Selection”, in a chunk that is loaded with its first use. The chunk has its own copies of the
// modules that it shares with the rest, and so its own classes: hence the sender is passed in.
import type { Disposable, TextEditor } from 'vscode';
import type { StepResult } from '../ui/quickInput';
import { showInvalid } from '../ui/invalidSetting';
import { SettingInvalid, readSystemPrompt, unlessInvalid } from '../settings';
import { type SelectionContext, captureContext } from './context';
import { askInputs } from './inputs';
import { type PromptInput, promptInput } from './requestBuilder';
import { PromptPreview } from './preview';
import { type PickedQuestion, pickQuestion } from './questionPick';
import { RecentQuestions } from './recentQuestions';
import { type OfferedPrompt, offeredPrompts } from './savedPrompts';
import type { Sender } from './sender';
import { expand, inputsOf, appendSelection } from './variables';

export interface AskAboutDeps {
  readonly sender: Pick<Sender, 'ready' | 'send'>;
  /** Called if nothing is selected. */
  readonly withoutSelection: () => Promise<void>;
}

export class AskAboutSelection implements Disposable {
  private readonly recent = new RecentQuestions();
  /** The last answer to each `${input:…}`, by name. */
  private readonly lastAnswers = new Map<string, string>();
  private readonly preview = new PromptPreview(hasSystemPrompt);
  /** The last call to send a previewed prompt, until its preview is closed. */
  private readonly sending = new Map<PromptInput, { sent: boolean }>();

  constructor(private readonly deps: AskAboutDeps) {}

  /** Asks for a question about the selection in `editor`, and sends both, or shows a preview. */
  async ask(editor: TextEditor | undefined): Promise<void> {
    const { sender, withoutSelection } = this.deps;
    const context = captureContext(editor);
    if (!context) return withoutSelection();
    // Finish set-up first, so that nobody types a question and is then asked for keys.
    if (!(await sender.ready())) return;
    const { recent } = this;
    for (;;) {
      const picked = await pickQuestion(context.places, { prompts: savedPromptsOrNone(), recent });
      if (!picked) return;
      const text = await this.textOf(picked.chosen, context);
      if (text === 'cancelled') return;
      if (text === 'back') continue;
      const input = promptInput(text.value, 'about', context.sources);
      if (picked.preview) await this.preview.show(input);
      else await sender.send(input);
      return;
    }
  }

  /**
   * Sends the prompt of the active preview, then closes the preview. If it is called again meanwhile, it asks any open
   * question again, since the notification may be out of sight. The prompt is sent only once.
   */
  async sendPreview(): Promise<void> {
    const { active } = this.preview;
    if (!active || this.sending.get(active.input)?.sent) return;
    const { input } = active;
    const call = { sent: false };
    const isLast = () => this.sending.get(input) === call;
    this.sending.set(input, call);
    try {
      call.sent = await this.deps.sender.send(input, isLast);
      if (call.sent) await active.close();
    } finally {
      if (isLast()) this.sending.delete(input);
    }
  }

  dispose(): void {
    this.preview.dispose();
  }

  /** The text to send for a question or a saved prompt; asks for the prompt's inputs. */
  private async textOf(chosen: PickedQuestion, { values }: SelectionContext): Promise<StepResult<string>> {
    if (chosen.kind === 'question') {
      this.recent.add(chosen.text);
      return { value: appendSelection(chosen.text, values.selection) };
    }
    const { label, text } = chosen.prompt;
    const inputs = await askInputs(label, inputsOf(text), this.lastAnswers);
    if (typeof inputs !== 'object') return inputs;
    return { value: expand(text, { ...values, inputs: inputs.value }) };
  }
}

/** The saved prompts. If the setting is invalid, shows an error and returns none, so that the user can still ask. */
function savedPromptsOrNone(): readonly OfferedPrompt[] {
  try {
    return offeredPrompts();
  } catch (error) {
    if (!(error instanceof SettingInvalid)) throw error;
    showInvalid(error);
    return [];
  }
}

/** false if the setting is invalid; sending reports that. */
function hasSystemPrompt(): boolean {
  return unlessInvalid(readSystemPrompt, '') !== '';
}
