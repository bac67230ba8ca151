// The steps of a dialog: an input box and a quick pick with a Back button, validation and saving.
import {
  type Event,
  type QuickInput,
  type QuickInputButton,
  QuickInputButtons,
  type QuickPickItem,
  window,
} from 'vscode';
import { unlinked } from '../util/plainText';

export interface Position {
  readonly title: string;
  /** From 1; absent for a dialog of one step. */
  readonly step?: number;
  readonly steps?: number;
  readonly canGoBack?: boolean;
  /**
   * Called if an answer can't be stored; the step stays open with the answer in it. If absent, the dialog closes and
   * the promise rejects.
   */
  readonly onStoreError?: (error: unknown) => void;
}

/** The result of a step: a value, a step back, or the dialog closed. */
export type StepResult<T> = { readonly value: T } | 'back' | 'cancelled';

type Input = QuickInput & {
  buttons: readonly QuickInputButton[];
  readonly onDidTriggerButton: Event<QuickInputButton>;
};

function applyPosition(input: Input, { title, step, steps, canGoBack }: Position): void {
  input.title = unlinked(title);
  input.step = step;
  input.totalSteps = steps;
  // The step stays open while the user copies a value from the browser.
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [QuickInputButtons.Back] : [];
}

/** Saves an answer; the step closes when it resolves. */
type Store<T> = (value: T) => Promise<void>;

/** Shows `input` until `listen` calls `accept` with an answer, or the user goes back or closes it. */
function showUntilAnswered<T>(
  input: Input,
  { onStoreError }: Position,
  store: Store<T> | undefined,
  listen: (accept: (value: T) => void) => void,
): Promise<StepResult<T>> {
  return new Promise((resolve, reject) => {
    let answer: StepResult<T> = 'cancelled';
    const end = (result: StepResult<T>) => {
      answer = result;
      input.hide();
    };
    const save = async (value: T, storeValue: Store<T>) => {
      // Ignore a second Enter while the first answer is being stored.
      if (input.busy) return;
      input.busy = true;
      try {
        await storeValue(value);
        end({ value });
      } catch (error) {
        if (onStoreError) onStoreError(error);
        else {
          reject(error instanceof Error ? error : new Error(String(error)));
          end('cancelled');
        }
      } finally {
        input.busy = false;
      }
    };
    listen((value) => (store ? void save(value, store) : end({ value })));
    input.onDidTriggerButton(() => end('back'));
    input.onDidHide(() => {
      input.dispose();
      resolve(answer);
    });
    input.show();
  });
}

export interface TextInputOptions {
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value?: string;
  readonly password?: boolean;
  /** A sentence that says what is wrong with a text; undefined if it is valid. */
  readonly problem?: (value: string) => string | undefined;
  /** Called with the text in the box if the user closes it without an answer. */
  readonly onCancel?: (value: string) => void;
  readonly store?: Store<string>;
  /** Closes the box, as if the user had closed it. */
  readonly signal?: AbortSignal;
}

/** Shows an input box. */
export async function askText(position: Position, options: TextInputOptions): Promise<StepResult<string>> {
  const { prompt, placeHolder, value = '', password = false, problem, onCancel, store, signal } = options;
  const box = window.createInputBox();
  applyPosition(box, position);
  box.prompt = unlinked(prompt);
  box.placeholder = placeHolder;
  box.value = value;
  box.password = password;
  const close = () => box.hide();
  signal?.addEventListener('abort', close);
  try {
    const answer = await showUntilAnswered(box, position, store, (accept) => {
      box.onDidChangeValue(() => (box.validationMessage = undefined));
      box.onDidAccept(() => {
        const message = problem?.(box.value);
        if (message === undefined) accept(box.value);
        else box.validationMessage = unlinked(message);
      });
    });
    if (answer === 'cancelled') onCancel?.(box.value);
    return answer;
  } finally {
    signal?.removeEventListener('abort', close);
  }
}

export interface ChoiceOptions<T> extends QuickPickItem {
  readonly value: T;
}

/**
 * Shows a quick pick. `typed` turns the typed text into a choice, or into a row without a value that says why the text
 * is not valid.
 */
export function askChoice<T>(
  position: Position,
  {
    placeHolder,
    choices,
    active,
    typed,
    store,
  }: {
    readonly placeHolder: string;
    readonly choices: readonly (ChoiceOptions<T> | QuickPickItem)[];
    readonly active?: T | undefined;
    readonly typed?: (text: string) => ChoiceOptions<T> | QuickPickItem | undefined;
    readonly store?: Store<T>;
  },
): Promise<StepResult<T>> {
  const pick = window.createQuickPick<ChoiceOptions<T> | QuickPickItem>();
  applyPosition(pick, position);
  pick.placeholder = placeHolder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = choices;
  pick.activeItems = choices.filter((choice) => 'value' in choice && choice.value === active);
  return showUntilAnswered(pick, position, store, (accept) => {
    // The row of the typed text, and whether VS Code has made it the active one.
    let typedRow: ChoiceOptions<T> | QuickPickItem | undefined;
    let typedRowWasActive = false;
    pick.onDidChangeValue((value) => {
      const before = typedRow;
      typedRow = value.trim() ? typed?.(value.trim()) : undefined;
      typedRowWasActive = false;
      // First, so that Enter takes it. `typed` offers it only if the text clearly is a value.
      if (typedRow ?? before) pick.items = typedRow ? [typedRow, ...choices] : choices;
    });
    pick.onDidChangeActive((active) => (typedRowWasActive ||= !!typedRow && active.includes(typedRow)));
    pick.onDidAccept(() => {
      // Enter may come before the row of the typed text is shown. What was active then matches only in part, and VS
      // Code, which tells of it by its place in the list, counts in the new list.
      const chosen = typedRow && !typedRowWasActive ? typedRow : pick.selectedItems[0];
      if (chosen && 'value' in chosen) accept(chosen.value as T);
    });
  });
}
