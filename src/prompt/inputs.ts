// What a saved prompt asks for: one box for each `${input:…}`.
import { l10n } from 'vscode';
import { type StepResult, askText } from '../ui/quickInput';
import { plainText } from '../util/plainText';

/** Asks for `names` one after the other. `known` holds what was answered before, and what was left half typed. */
export async function askInputs(
  title: string,
  names: readonly string[],
  known: Map<string, string>,
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
        // A workspace may have chosen it.
        prompt: plainText(name, 300),
        value: known.get(name) ?? '',
        problem: (text) => (text.trim() ? undefined : l10n.t('The prompt needs this.')),
        onLeft: (text) => known.set(name, text),
      },
    );
    if (answer === 'left' || (answer === 'back' && at === 0)) return answer;
    if (answer === 'back') at -= 1;
    else {
      answers.set(name, answer.value);
      known.set(name, answer.value);
      at += 1;
    }
  }
  return { value: answers };
}
