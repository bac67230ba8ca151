// The model picker: a model of a list, or any ID that the user types.
import { l10n } from 'vscode';
import { modelProblem, normalizeModelId, readModelId, readModels, unlessInvalid } from '../settings';
import { type ChoiceOptions, type Position, type StepResult, askChoice } from '../ui/quickInput';
import { loadPart } from '../util/loadPart';
import { labelText } from '../util/plainText';
import { type OfferedModels, detailOf, modelRows, offeredModels } from './modelRows';

/** Asks for a model. `store` saves the choice. `current` is marked; by default, the one that the settings choose. */
export async function pickModel(
  position: Position,
  store: (id: string) => Promise<void>,
  // Choosing a model mends an invalid setting.
  current = unlessInvalid(readModelId, undefined),
): Promise<StepResult<string>> {
  // Before the list is shown: rows that came later would move the choice under the user's hands. Without prices the
  // list is complete enough.
  const listPrice = await loadPart(() => import('../prices/prices.chunk')).then(
    (chunk) => chunk.listPrice,
    () => undefined,
  );
  const offer: OfferedModels = { models: readModels(), current, listPrice };
  return askChoice<string>(position, {
    placeHolder: l10n.t('Choose a model, or type a model ID, an inference profile ID or an ARN'),
    active: current,
    choices: modelRows(offer),
    typed: (text) => rowOfTyped(text, offer),
    store,
  });
}

/** Matches a complete ID, as opposed to a part of one that is listed. */
const wholeId = /^(arn:.+|[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?)$/;

function rowOfTyped(
  text: string,
  offer: OfferedModels,
): ChoiceOptions<string> | Omit<ChoiceOptions<string>, 'value'> | undefined {
  const id = normalizeModelId(text);
  const offered = offeredModels(offer);
  const isListed = offered.some((model) =>
    `${model.id}\n${model.label ?? ''}`.toLowerCase().includes(text.toLowerCase()),
  );
  // The list itself finds a listed ID.
  if (!id || offered.some((model) => model.id === text) || (isListed && !wholeId.test(id))) return undefined;
  const problem = modelProblem(id);
  if (problem !== undefined) return { label: labelText(text), detail: problem, alwaysShow: true };
  return {
    label: l10n.t('Use {0}', labelText(id)),
    detail: detailOf(id, offer),
    value: id,
    alwaysShow: true,
  };
}
