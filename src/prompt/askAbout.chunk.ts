// The command “Ask About Selection”, in a chunk that is loaded with its first use. The chunk has its own copies of the
// modules that it shares with the rest, and so its own classes: hence the sender is passed in.
import { type Disposable, type TextEditor, l10n, window } from 'vscode';
import type { StepResult } from '../ui/quickInput';
import { readSystemPrompt, unlessInvalid } from '../settings';
import { type SelectionContext, captureContext } from './context';
import { HiddenCheck } from './hiddenCheck';
import { type RequestedInput, askInputs } from './inputs';
import { createPrompt, editPrompt, removePrompt } from './managePrompts';
import { PromptPreview } from './preview';
import { offerOtherPrompts, promptArgument, promptNamed, showInvalidArgument } from './promptArgument';
import { type PromptLibrary, offeredPrompts } from './promptLibrary';
import { LastUsedPrompts, type PromptStorage } from './promptStates';
import { type Picked, pickQuestion } from './questionPick';
import type { PickedQuestion } from './questionRows';
import { RecentQuestions } from './recentQuestions';
import { type PromptInput, aboutInput } from './requestBuilder';
import type { OfferedPrompt } from './savedPrompts';
import type { Sender } from './sender';
import { expand, inputsOf, appendSelection } from './variables';

export interface AskAboutDeps {
  readonly sender: Pick<Sender, 'ready' | 'send'>;
  /** Called if nothing is selected. */
  readonly withoutSelection: () => Promise<void>;
  readonly storage: PromptStorage;
}

/** After a step: the user goes back to the pick, or the command ends. */
type Next = 'back' | 'end';

export class AskAboutSelection implements Disposable {
  private readonly recent = new RecentQuestions();
  /** The last answer to each `${input:…}`, by name. */
  private readonly lastAnswers = new Map<string, string>();
  private readonly preview = new PromptPreview(hasSystemPrompt);
  private readonly hiddenCheck: HiddenCheck;
  private readonly lastUsed: LastUsedPrompts;
  /** The last call to send a previewed prompt, until its preview is closed. */
  private readonly sending = new Map<PromptInput, { sent: boolean }>();

  constructor(private readonly deps: AskAboutDeps) {
    this.hiddenCheck = new HiddenCheck(deps.storage);
    this.lastUsed = new LastUsedPrompts(deps.storage);
  }

  /**
   * Asks for a question about the selection in `editor`, and sends both, or shows a preview. If `argument` names a saved
   * prompt, sends that one.
   */
  async ask(editor: TextEditor | undefined, argument?: unknown): Promise<void> {
    const { sender, withoutSelection } = this.deps;
    const wanted = promptArgument(argument);
    if (wanted === 'invalid') {
      showInvalidArgument();
      return;
    }
    const context = captureContext(editor);
    if (!context) return withoutSelection();
    // Finish set-up first, so that nobody types a question and is then asked for keys.
    if (!(await sender.ready())) return;
    if (wanted && (await this.sendNamed(wanted.name, context)) === 'end') return;
    for (;;) {
      const picked = await pickQuestion(context.places, { ...(await this.library()), recent: this.recent });
      if (!picked || (await this.act(picked, context)) === 'end') return;
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
      call.sent = await this.deps.sender.send(input, { isStillWanted: isLast });
      if (call.sent) await active.close();
    } finally {
      if (isLast()) this.sending.delete(input);
    }
  }

  dispose(): void {
    this.preview.dispose();
    this.hiddenCheck.dispose();
  }

  private library(): Promise<PromptLibrary> {
    return offeredPrompts(this.deps.storage.globalStorageUri, this.lastUsed);
  }

  private async sendNamed(name: string, context: SelectionContext): Promise<Next> {
    const prompt = promptNamed(name, (await this.library()).prompts);
    if (prompt) return this.use({ kind: 'prompt', prompt }, context, false);
    return (await offerOtherPrompts(name)) ? 'back' : 'end';
  }

  private async act(picked: Picked, context: SelectionContext): Promise<Next> {
    switch (picked.kind) {
      case 'ask':
        return this.use(picked.chosen, context, picked.preview);
      case 'create':
        await createPrompt(this.deps.storage.globalStorageUri);
        return 'end';
      case 'edit':
        await editPrompt(picked.prompt);
        return 'end';
      case 'remove':
        await removePrompt(picked.prompt);
        return 'back';
      case 'open':
        await window.showTextDocument(picked.file, { preview: false });
        return 'end';
    }
  }

  /** Sends a question or a saved prompt, or shows a preview of it. */
  private async use(chosen: PickedQuestion, context: SelectionContext, preview: boolean): Promise<Next> {
    if (chosen.kind === 'prompt' && !(await this.hiddenCheck.allows(chosen.prompt))) return 'end';
    const text = await this.textOf(chosen, context);
    if (typeof text !== 'object') return text === 'back' ? 'back' : 'end';
    const input = aboutInput(text.value, context);
    if (preview) await this.preview.show(input);
    else await this.deps.sender.send(input);
    if (chosen.kind === 'prompt') await this.lastUsed.add(chosen.prompt);
    return 'end';
  }

  /** The text to send for a question or a saved prompt; asks for the prompt's inputs. */
  private async textOf(chosen: PickedQuestion, { values }: SelectionContext): Promise<StepResult<string>> {
    if (chosen.kind === 'question') {
      this.recent.add(chosen.text);
      return { value: appendSelection(chosen.text, values.selection) };
    }
    const { label, text } = chosen.prompt;
    const named = inputsOf(text);
    const added = named.length === 0 ? addition(chosen.prompt) : [];
    const inputs = await askInputs(label, [...named, ...added], this.lastAnswers);
    if (typeof inputs !== 'object') return inputs;
    const isAdded = added.some(({ name }) => inputs.value.get(name)?.trim());
    // An addition is about this selection, and not kept for the next.
    added.forEach(({ name }) => this.lastAnswers.delete(name));
    const whole = isAdded ? [text, ...added.map(({ name }) => `\${input:${name}}`)].join('\n\n') : text;
    return { value: expand(whole, { ...values, inputs: inputs.value }) };
  }
}

/** What the user may add to a prompt with an `argument-hint`. VS Code's chat adds what is typed after the name. */
function addition({ argumentHint }: OfferedPrompt): readonly RequestedInput[] {
  if (!argumentHint) return [];
  return [
    { name: l10n.t('Anything to add? You can leave this empty.'), placeholder: argumentHint, optional: true },
  ];
}

/** false if the setting is invalid; sending reports that. */
function hasSystemPrompt(): boolean {
  return unlessInvalid(readSystemPrompt, '') !== '';
}
