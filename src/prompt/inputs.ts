// Asks for the inputs of a saved prompt: one input box for each.
import { l10n } from 'vscode';
import { type StepResult, askText } from '../ui/quickInput';
import { plainText } from '../util/plainText';

/** A text that a prompt needs, or that the user may add to it. */
export interface RequestedInput {
  readonly name: string;
  /** An example in the empty box; '' if there is none. */
  readonly placeholder: string;
  /** Whether the answer may be blank. */
  readonly optional?: boolean;
}

/**
 * Asks for `inputs` one after the other. Resolves to the answers by name. `previous` holds earlier answers and
 * unfinished ones, and receives the new ones.
 */
export async function askInputs(
  title: string,
  inputs: readonly RequestedInput[],
  previous: Map<string, string>,
): Promise<StepResult<ReadonlyMap<string, string>>> {
  const answers = new Map<string, string>();
  for (let input = inputs[0], at = 0; input; input = inputs[at]) {
    const { name, placeholder, optional = false } = input;
    const answer = await askText(
      {
        title: plainText(title),
        canGoBack: true,
        ...(inputs.length > 1 && { step: at + 1, steps: inputs.length }),
      },
      {
        // A workspace may have chosen the name.
        prompt: plainText(name, 300),
        placeHolder: plainText(placeholder, 300),
        value: previous.get(name) ?? '',
        problem: (text) => (optional || text.trim() ? undefined : l10n.t('The prompt needs a value here.')),
        onCancel: (text) => previous.set(name, text),
      },
    );
    if (answer === 'cancelled' || (answer === 'back' && at === 0)) return answer;
    if (answer === 'back') at -= 1;
    else {
      answers.set(name, answer.value);
      previous.set(name, answer.value);
      at += 1;
    }
  }
  return { value: answers };
}
