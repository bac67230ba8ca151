// The rows of the model picker: the user's models, the current ones, and retired ones that live on.
import { type QuickPickItem, QuickPickItemKind, env, l10n } from 'vscode';
import { profileIdOf } from '../core/bedrock/modelId';
import type { Price } from '../core/model/cost';
import { contextText, endOfLifeText, takesText } from '../models/describeModel';
import { contextWindowOf } from '../models/effectiveFacts';
import { retiredModels } from '../models/modelFacts';
import { fitsRegion, shortName } from '../models/modelIds';
import type { listPrice } from '../prices/prices.chunk';
import { type Model, configuration, modelProblem, readRegion, unlessInvalid } from '../settings';
import { shortRate } from '../ui/money';
import type { ChoiceOptions } from '../ui/quickInput';
import { labelText } from '../util/plainText';

type Named = Pick<Model, 'id' | 'label'>;

export interface OfferedModels {
  /** The models of the setting, by ID. */
  readonly models: ReadonlyMap<string, Model>;
  /** The model in use. */
  readonly current: string | undefined;
  /** Gives the price of a model; absent while the price list is not loaded. */
  readonly listPrice?: typeof listPrice | undefined;
}

/** All models that the picker offers; the retired ones last. */
export function offeredModels({ models }: Pick<OfferedModels, 'models'>): readonly Named[] {
  return [...models.values(), ...retiredModels.filter(({ id }) => !models.has(id))];
}

export function modelRows(offer: OfferedModels): readonly (ChoiceOptions<string> | QuickPickItem)[] {
  const { models, current } = offer;
  const curated = configuration().inspect<Record<string, unknown>>('models')?.defaultValue ?? {};
  const offered = offeredModels(offer);
  const inUse = current !== undefined && !offered.some(({ id }) => id === current) ? [{ id: current }] : [];
  const group = (label: string, members: readonly Named[]) =>
    members.length > 0
      ? [{ label, kind: QuickPickItemKind.Separator }, ...members.map((model) => rowOf(model, offer))]
      : [];
  const listed = offered.filter(({ id }) => models.has(id));
  return [
    ...group(l10n.t('My models'), [...inUse, ...listed.filter(({ id }) => !(id in curated))]),
    ...group(
      l10n.t('Current models'),
      listed.filter(({ id }) => id in curated),
    ),
    ...group(
      l10n.t('Retired by AWS'),
      offered.filter(({ id }) => !models.has(id)),
    ),
  ];
}

function rowOf(model: Named, offer: OfferedModels): ChoiceOptions<string> {
  const { name, fits, description, detail } = modelRow(model, offer);
  // VS Code can't disable a row, so an icon and a note show that the model can't be used.
  const icon = model.id === offer.current ? '$(check)' : fits ? '$(blank)' : '$(circle-slash)';
  return { label: `${icon} ${name}`, description, detail, value: model.id };
}

interface ModelRow {
  readonly name: string;
  /** Whether the extension supports the model, and the region has it. */
  readonly fits: boolean;
  readonly description: string;
  readonly detail: string;
}

/** What a list of models says about one. */
export function modelRow({ id, label }: Named, offer: OfferedModels): ModelRow {
  const name = labelText(shortName(id, label));
  const region = regionOf(id);
  const isSupported = modelProblem(id) === undefined;
  const isOffered = region === undefined || fitsRegion(id, region);
  // Notes first: IDs are long, and VS Code may cut off the end of a row.
  const notes = [
    ...(isSupported ? [] : [l10n.t('not supported')]),
    ...(isOffered ? [] : [l10n.t('not available from {0}', region)]),
    ...(id === name ? [] : [labelText(id)]),
  ];
  return {
    name,
    fits: isSupported && isOffered,
    description: notes.join(' · '),
    detail: detailOf(id, offer),
  };
}

/**
 * A line about a model: a warning if AWS retires it, what it takes, its price, and its size, as far as they are known.
 * VS Code cuts off the end of a long line: after some 85 characters, and in a narrow window after 70.
 */
export function detailOf(id: string, offer: OfferedModels): string {
  const warning = endOfLifeText(id);
  return [
    ...(warning === undefined ? [] : [`$(warning) ${warning}`]),
    ...[takesText(id), priceText(id, offer), contextText(id)].filter((part) => part !== undefined),
  ].join(' · ');
}

/** A model's price for a short prompt; undefined if it is not known. */
function priceText(id: string, offer: OfferedModels): string | undefined {
  const own = offer.models.get(id)?.price;
  if (own !== undefined) return own === 'invalid' ? undefined : priceWords(own);
  const profile = profileIdOf(id);
  if (profile === undefined || !offer.listPrice) return undefined;
  // Without a region, no price is that of the region.
  const region = regionOf(id) ?? '';
  const priceFor = (tokensIn: number) => offer.listPrice?.(profile, { region, tokensIn, at: new Date() });
  const listed = priceFor(0);
  if (!listed) return undefined;
  const words = priceWords(listed.price);
  if (words === undefined) return undefined;
  // Some models cost more for long prompts.
  const longest = priceFor(contextWindowOf(id) ?? 0)?.price;
  const rises = longest?.input !== listed.price.input || longest?.output !== listed.price.output;
  const from = rises ? l10n.t('from {0}', words) : words;
  return listed.approximate || listed.borrowedFrom !== undefined ? `≈ ${from}` : from;
}

function priceWords({ input, output }: Price): string | undefined {
  if (input === undefined || output === undefined) return undefined;
  const [tokensIn, tokensOut] = [shortRate(input, env.language), shortRate(output, env.language)];
  return l10n.t('{0} in, {1} out per million', tokensIn, tokensOut);
}

function regionOf(id: string): string | undefined {
  return unlessInvalid(() => readRegion(id), undefined);
}
