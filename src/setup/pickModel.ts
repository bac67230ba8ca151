// The model picker: the user's models, the current ones and the retired ones, or any ID that the user types.
import { QuickPickItemKind, l10n } from 'vscode';
import { fitsRegion, retired, shortName } from '../models/modelIds';
import {
  type Model,
  configuration,
  normalizeModelId,
  modelProblem,
  readModelId,
  readModels,
  readRegion,
  unlessInvalid,
} from '../settings';
import { labelText } from '../util/plainText';
import { type StepResult, type ChoiceOptions, type Position, askChoice } from '../ui/quickInput';

type Named = Pick<Model, 'id' | 'label'>;

/** Asks for a model. `store` saves the choice. `current` is marked; by default, the one that the settings choose. */
export function pickModel(
  position: Position,
  store: (id: string) => Promise<void>,
  // Choosing a model mends an invalid setting.
  current = unlessInvalid(readModelId, undefined),
): Promise<StepResult<string>> {
  const curated = configuration().inspect<Record<string, unknown>>('models')?.defaultValue ?? {};
  const models = readModels();
  const offered = [...models.values()];
  const listedIds = new Set([...offered, ...retired].map(({ id }) => id));
  const row = (model: Named) => choiceOf(model, current, models);
  const group = (label: string, models: readonly Named[]) =>
    models.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...models.map(row)] : [];
  const inUse = current !== undefined && !listedIds.has(current) ? [{ id: current }] : [];
  return askChoice<string>(position, {
    placeHolder: l10n.t('Choose a model, or type a model ID, an inference profile ID or an ARN'),
    active: current,
    choices: [
      ...group(l10n.t('My models'), [...inUse, ...offered.filter(({ id }) => !(id in curated))]),
      ...group(
        l10n.t('Current models'),
        offered.filter(({ id }) => id in curated),
      ),
      ...group(
        l10n.t('Retired by AWS'),
        retired.filter(({ id }) => !offered.some((model) => model.id === id)),
      ),
    ],
    typed: (text) => {
      const id = normalizeModelId(text);
      const matches = (listed: Named) =>
        `${listed.id}\n${listed.label ?? ''}`.toLowerCase().includes(text.toLowerCase());
      const isListed = [...offered, ...retired].some(matches);
      // The list itself finds a listed ID.
      if (!id || listedIds.has(text) || (isListed && !wholeId.test(id))) return undefined;
      const problem = modelProblem(id);
      if (problem !== undefined) return { label: labelText(text), detail: problem, alwaysShow: true };
      return { label: l10n.t('Use {0}', labelText(id)), value: id, alwaysShow: true };
    },
    store,
  });
}

/** Matches a complete ID, as opposed to a part of one that is listed. */
const wholeId = /^(arn:.+|[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?)$/;

function choiceOf(
  { id, label }: Named,
  current: string | undefined,
  models: ReadonlyMap<string, Model>,
): ChoiceOptions<string> {
  const name = labelText(shortName(id, label));
  const region = unlessInvalid(() => readRegion(id, models), undefined);
  const isSupported = modelProblem(id) === undefined;
  const isOffered = region === undefined || fitsRegion(id, region);
  const fits = isSupported && isOffered;
  // Notes first: IDs are long, and VS Code may cut off the end of a row.
  const notes = [
    ...(isSupported ? [] : [l10n.t('not supported')]),
    ...(isOffered ? [] : [l10n.t('not available from {0}', region)]),
    ...(id === name ? [] : [labelText(id)]),
  ];
  return {
    // VS Code can't disable a row, so an icon and a note show that the model can't be used.
    label: `${id === current ? '$(check)' : fits ? '$(blank)' : '$(circle-slash)'} ${name}`,
    description: notes.join(' · '),
    value: id,
  };
}
