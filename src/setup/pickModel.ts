// Which model: mine, the curated ones, the retired; or any ID that is typed.
import { QuickPickItemKind, l10n } from 'vscode';
import { fitsRegion, retired, shortName } from '../models/modelIds';
import {
  type Model,
  configuration,
  normalizeModelId,
  modelProblem,
  readModel,
  readModels,
  readRegion,
} from '../settings';
import { labelText } from '../util/plainText';
import { type StepResult, type ChoiceOptions, type Position, askChoice } from '../ui/quickInput';

type Named = Pick<Model, 'id' | 'label'>;

/** `store` writes the choice down. */
export function pickModel(
  position: Position,
  store: (id: string) => Promise<void>,
): Promise<StepResult<string>> {
  const current = modelInUse();
  const curated = configuration().inspect<Record<string, unknown>>('models')?.defaultValue ?? {};
  const offered = [...readModels().values()];
  const known = new Set([...offered, ...retired].map(({ id }) => id));
  const row = (model: Named) => choiceOf(model, current);
  const group = (label: string, models: readonly Named[]) =>
    models.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...models.map(row)] : [];
  const inUse = current !== undefined && !known.has(current) ? [{ id: current }] : [];
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
      const meant = normalizeModelId(text);
      const part = (id: string, label = '') => `${id}\n${label}`.toLowerCase().includes(text.toLowerCase());
      const found = [...offered, ...retired].some(({ id, label }) => part(id, label));
      // A listed one, typed as it is, is found by the list itself.
      if (!meant || known.has(text) || (found && !wholeId.test(meant))) return undefined;
      const problem = modelProblem(meant);
      if (problem !== undefined) return { label: labelText(text), detail: problem, alwaysShow: true };
      return { label: l10n.t('Use {0}', labelText(meant)), value: meant, alwaysShow: true };
    },
    store,
  });
}

/** What is surely meant as an ID, and not as a part of one that is listed. */
const wholeId = /^(arn:.+|[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?)$/;

/** What is set, also when it cannot be used: choosing another is how that is mended. */
function modelInUse(): string | undefined {
  try {
    return readModel()?.id;
  } catch {
    return undefined;
  }
}

function choiceOf({ id, label }: Named, current: string | undefined): ChoiceOptions<string> {
  const name = labelText(shortName(id, label));
  const region = regionFor(id);
  const isSupported = modelProblem(id) === undefined;
  const isOffered = region === undefined || fitsRegion(id, region);
  const fits = isSupported && isOffered;
  // The words first: IDs are long, and the end of a row may be cut off.
  const notes = [
    ...(isSupported ? [] : [l10n.t('not supported')]),
    ...(isOffered ? [] : [l10n.t('not offered from {0}', region)]),
    ...(id === name ? [] : [labelText(id)]),
  ];
  return {
    // VS Code has no grey rows; the mark and the words stand for it.
    label: `${id === current ? '$(check)' : fits ? '$(blank)' : '$(circle-slash)'} ${name}`,
    description: notes.join(' · '),
    value: id,
  };
}

/** A region that is wrong is named when a prompt needs it, not here. */
function regionFor(model: string): string | undefined {
  try {
    return readRegion(model);
  } catch {
    return undefined;
  }
}
