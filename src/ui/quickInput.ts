// Steps of a dialog: an input box and a pick that can go back, be left, and say where to find what they ask for.
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
   * Told why an answer was not stored: the question stays then, with the answer in it, to be given again. Absent: the
   * dialog ends, and rejects.
   */
  readonly notStored?: (error: unknown) => void;
}

/** What came of a step: a value, a step back, or the dialog left. */
export type StepResult<T> = { readonly value: T } | 'back' | 'left';

type Input = QuickInput & {
  buttons: readonly QuickInputButton[];
  readonly onDidTriggerButton: Event<QuickInputButton>;
};

function place(input: Input, { title, step, steps, canGoBack }: Position): void {
  input.title = unlinked(title);
  input.step = step;
  input.totalSteps = steps;
  // People leave for the browser to copy what is asked for; the box waits.
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [QuickInputButtons.Back] : [];
}

/** Writes an answer down; the question closes when that is done. */
type Store<T> = (value: T) => Promise<void>;

/** Shows `input` until it is answered with what `accept` is given, or left. */
function answerTo<T>(
  input: Input,
  { notStored }: Position,
  store: Store<T> | undefined,
  listen: (accept: (value: T) => void) => void,
): Promise<StepResult<T>> {
  return new Promise((resolve, reject) => {
    let answer: StepResult<T> = 'left';
    const end = (how: StepResult<T>) => {
      answer = how;
      input.hide();
    };
    const storing = async (value: T, into: Store<T>) => {
      // A second Enter comes while the first is at work.
      if (input.busy) return;
      input.busy = true;
      try {
        await into(value);
        end({ value });
      } catch (error) {
        if (notStored) notStored(error);
        else {
          reject(error instanceof Error ? error : new Error(String(error)));
          end('left');
        }
      } finally {
        input.busy = false;
      }
    };
    listen((value) => (store ? void storing(value, store) : end({ value })));
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
  /** What is wrong with a text, in a sentence; undefined when nothing is. */
  readonly problem?: (value: string) => string | undefined;
  /** Told what stood in the box when it was left without an answer. */
  readonly onLeft?: (value: string) => void;
  readonly store?: Store<string>;
  /** Closes the box, as if it was left. */
  readonly signal?: AbortSignal;
}

/** Asks for a text. */
export async function askText(position: Position, question: TextInputOptions): Promise<StepResult<string>> {
  const { prompt, placeHolder, value = '', password = false, problem, onLeft, store, signal } = question;
  const box = window.createInputBox();
  place(box, position);
  box.prompt = unlinked(prompt);
  box.placeholder = placeHolder;
  box.value = value;
  box.password = password;
  const close = () => box.hide();
  signal?.addEventListener('abort', close);
  try {
    const answer = await answerTo(box, position, store, (accept) => {
      box.onDidChangeValue(() => (box.validationMessage = undefined));
      box.onDidAccept(() => {
        const wrong = problem?.(box.value);
        if (wrong === undefined) accept(box.value);
        else box.validationMessage = unlinked(wrong);
      });
    });
    if (answer === 'left') onLeft?.(box.value);
    return answer;
  } finally {
    signal?.removeEventListener('abort', close);
  }
}

export interface ChoiceOptions<T> extends QuickPickItem {
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
  place(pick, position);
  pick.placeholder = placeHolder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = choices;
  pick.activeItems = choices.filter((choice) => 'value' in choice && choice.value === active);
  return answerTo(pick, position, store, (accept) => {
    pick.onDidChangeValue((text) => {
      const own = text.trim() ? typed?.(text.trim()) : undefined;
      // First, so that Enter takes it: it is offered only when it is surely meant.
      pick.items = own ? [own, ...choices] : choices;
    });
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen && 'value' in chosen) accept(chosen.value);
    });
  });
}
