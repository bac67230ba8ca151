// Asks for the inputs of a saved prompt: one input box for each `${input:…}`.
import { l10n } from 'vscode';
import { type StepResult, askText } from '../ui/quickInput';
import { plainText } from '../util/plainText';

/**
 * Asks for `names` one after the other. Resolves to the answers by name. `previous` holds earlier answers and
 * unfinished ones, and receives the new ones.
 */
export async function askInputs(
  title: string,
  names: readonly string[],
  previous: Map<string, string>,
): Promise<StepResult<ReadonlyMap<string, string>>> {
  const answers = new Map<string, string>();
  for (let at = 0; at < names.length;) {
    const name = names[at] ?? '';
    const answer = await askText(
      {
        title: plainText(title),
        canGoBack: true,
        ...(names.length > 1 && { step: at + 1, steps: names.length }),
      },
      {
        // A workspace may have chosen the name.
        prompt: plainText(name, 300),
        value: previous.get(name) ?? '',
        problem: (text) => (text.trim() ? undefined : l10n.t('The prompt needs a value here.')),
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
