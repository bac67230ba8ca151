// Which model: mine, the curated ones, the retired; or any ID that is typed.
import { ConfigurationTarget, QuickPickItemKind, l10n, workspace } from 'vscode';
import { fitsRegion, retired, shortName } from '../models';
import { type Model, configuration, readModel, readModels, readRegion } from '../settings';
import { type Answer, type Choice, type Position, askChoice } from './inputs';

export async function pickModel(position: Position): Promise<Answer<string>> {
  const current = readModel()?.id;
  const curated = configuration().inspect<Record<string, unknown>>('models')?.defaultValue ?? {};
  const offered = [...readModels().values()];
  const known = new Set([...offered, ...retired].map(({ id }) => id));
  const row = (model: Model) => choiceOf(model, current);
  const group = (label: string, models: readonly Model[]) =>
    models.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...models.map(row)] : [];
  const inUse = current !== undefined && !known.has(current) ? [{ id: current }] : [];
  const answer = await askChoice<string>(position, {
    placeHolder: l10n.t('Choose a model, or type a model ID, an inference profile ID or an ARN'),
    active: current,
    choices: [
      ...group(l10n.t('My models'), [...inUse, ...offered.filter(({ id }) => !(id in curated))]),
      ...group(
        l10n.t('Models in use today'),
        offered.filter(({ id }) => id in curated),
      ),
      ...group(
        l10n.t('Retired by AWS'),
        retired.filter(({ id }) => !offered.some((model) => model.id === id)),
      ),
    ],
    typed: (id) =>
      known.has(id)
        ? undefined
        : { label: l10n.t('Use {0}', id), value: id, alwaysShow: true, description: '' },
  });
  return answer;
}

function choiceOf({ id, label }: Model, current: string | undefined): Choice<string> {
  const name = shortName(id, label);
  const region = regionFor(id);
  const fits = region === undefined || fitsRegion(id, region);
  const notes = [...(id === name ? [] : [id]), ...(fits ? [] : [l10n.t('not offered from {0}', region)])];
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

/** Writes the choice where it is already set, else in the user's settings. */
export async function storeModel(id: string): Promise<void> {
  const { workspaceValue, workspaceFolderValue } = configuration().inspect<string>('model') ?? {};
  const [folder] = workspace.workspaceFolders ?? [];
  // In a workspace that is not trusted, writing to its settings has no effect.
  if (workspace.isTrusted && workspaceFolderValue !== undefined && folder)
    await workspace
      .getConfiguration('bedrockGateway', folder)
      .update('model', id, ConfigurationTarget.WorkspaceFolder);
  else if (workspace.isTrusted && workspaceValue !== undefined)
    await configuration().update('model', id, ConfigurationTarget.Workspace);
  else await configuration().update('model', id, ConfigurationTarget.Global);
}
