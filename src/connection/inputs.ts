// Steps of a dialog: an input box and a pick that can go back, be left, and say where to find what they ask for.
import {
  type QuickInput,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPickItem,
  window,
} from 'vscode';

export interface Position {
  readonly title: string;
  /** From 1; absent for a dialog of one step. */
  readonly step?: number;
  readonly steps?: number;
  readonly canGoBack?: boolean;
}

/** What came of a step: a value, a step back, or the dialog left. */
export type Answer<T> = { readonly value: T } | 'back' | 'left';

type Input = QuickInput & { buttons: readonly QuickInputButton[] };

function place(input: Input, { title, step, steps, canGoBack }: Position): void {
  input.title = title;
  input.step = step;
  input.totalSteps = steps;
  // People leave for the browser to copy what is asked for; the box waits.
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [QuickInputButtons.Back] : [];
}

export interface Question {
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** What is wrong with a text, in a sentence; undefined when nothing is. */
  readonly problem?: (value: string) => string | undefined;
  /** Told what stood in the box when it was left without an answer. */
  readonly onLeft?: (value: string) => void;
  /** Closes the box, as if it was left. */
  readonly signal?: AbortSignal;
}

/** Asks for a text. */
export function askText(position: Position, question: Question): Promise<Answer<string>> {
  const box = window.createInputBox();
  place(box, position);
  box.prompt = question.prompt;
  box.placeholder = question.placeHolder;
  box.value = question.value ?? '';
  box.password = question.password ?? false;
  return new Promise((resolve) => {
    let answer: Answer<string> = 'left';
    box.onDidChangeValue(() => (box.validationMessage = undefined));
    box.onDidAccept(() => {
      const problem = question.problem?.(box.value);
      if (problem !== undefined) {
        box.validationMessage = problem;
        return;
      }
      answer = { value: box.value };
      box.hide();
    });
    box.onDidTriggerButton(() => {
      answer = 'back';
      box.hide();
    });
    const close = () => box.hide();
    question.signal?.addEventListener('abort', close);
    box.onDidHide(() => {
      question.signal?.removeEventListener('abort', close);
      if (answer === 'left') question.onLeft?.(box.value);
      box.dispose();
      resolve(answer);
    });
    box.show();
  });
}

export interface Choice<T> extends QuickPickItem {
  readonly value: T;
}

/**
 * Asks to pick one. `typed` makes a choice of what stands in the box, so that any text can be picked; or a row
 * without a value, which says why it cannot.
 */
export function askChoice<T>(
  position: Position,
  {
    placeHolder,
    choices,
    active,
    typed,
  }: {
    readonly placeHolder: string;
    readonly choices: readonly (Choice<T> | QuickPickItem)[];
    readonly active?: T | undefined;
    readonly typed?: (text: string) => Choice<T> | QuickPickItem | undefined;
  },
): Promise<Answer<T>> {
  const pick = window.createQuickPick<Choice<T> | QuickPickItem>();
  place(pick, position);
  pick.placeholder = placeHolder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = choices;
  pick.activeItems = choices.filter((choice) => 'value' in choice && choice.value === active);
  return new Promise((resolve) => {
    let answer: Answer<T> = 'left';
    pick.onDidChangeValue((text) => {
      const own = text.trim() ? typed?.(text.trim()) : undefined;
      // First, so that Enter takes it: it is offered only when it is surely meant.
      pick.items = own ? [own, ...choices] : choices;
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (!chosen || !('value' in chosen)) return;
      answer = { value: chosen.value };
      pick.hide();
    });
    pick.onDidTriggerButton(() => {
      answer = 'back';
      pick.hide();
    });
    pick.onDidHide(() => {
      pick.dispose();
      resolve(answer);
    });
    pick.show();
  });
}
