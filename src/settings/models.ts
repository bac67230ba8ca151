// The model of a prompt, its region and its API: from the setting `models`, else from the settings for all models.
import { type WorkspaceConfiguration, l10n } from 'vscode';
import { regionOfArn } from '../core/bedrock/modelId';
import { unwrapped } from '../core/model/pasted';
import { type Capability, capabilities } from '../core/model/capabilities';
import type { OwnPrice } from '../core/model/cost';
import type { Target } from '../core/model/request';
import { record, text } from './accept';
import { readAddress } from './address';
import { type Model, type ModelPart, apiOf, modelOf } from './model';
import { normalizeModelId, modelExpected, modelProblem } from './modelId';
import { SettingInvalid, configuration, read, unlessInvalid } from './reading';
import { plainText } from '../util/plainText';
import { regionExpected, regionProblem } from './region';

/**
 * The offered models by ID, in the order of the setting: ours first, then the user's. If two keys are spellings of the
 * same ID, the exact one wins. @throws SettingInvalid
 */
export function readModels(): ReadonlyMap<string, Model> {
  const settings = configuration();
  const known = parsed.get(settings);
  if (known) return known;
  const models = parseModels();
  parsed.set(settings, models);
  return models;
}

/** A prompt asks for them several times. */
const parsed = new WeakMap<WorkspaceConfiguration, ReadonlyMap<string, Model>>();

function parseModels(): ReadonlyMap<string, Model> {
  const entries = read('models', record, modelsExpected);
  const values = new Map<string, unknown>();
  for (const [key, value] of Object.entries(entries)) {
    const id = normalizeModelId(key);
    if (key === id || !Object.hasOwn(entries, id)) values.set(id, value);
  }
  return new Map(
    [...values].flatMap(([id, value]) =>
      value === false || value === null ? [] : [[id, modelOf(id, value)] as const],
    ),
  );
}

function modelsExpected(): string {
  return l10n.t(
    'It must map model IDs to {"label", "region", "api", "body", "price", "contextWindow", "takes"}, or to false to hide a model.',
  );
}

const partExpected: { readonly [P in ModelPart]: (id: string) => string } = {
  entry: modelsExpected,
  region: (id) => l10n.t('The region of {0} is not valid. {1}', id, regionExpected()),
  api: (id) => l10n.t('The api of {0} is not valid. {1}', id, apiExpected()),
  body: (id) =>
    l10n.t(
      'The body of {0} is not valid. {1}',
      id,
      l10n.t('It must be "claudeMessages", "claudeText" or "titanText".'),
    ),
  takes: (id) =>
    l10n.t(
      'What {0} takes is not valid. {1}',
      id,
      l10n.t('It must be a list of some of these: {0}.', capabilities.map((each) => `"${each}"`).join(', ')),
    ),
};

/** @throws SettingInvalid if one of `parts` is invalid. */
function requireValid({ id, invalidParts }: Model, ...parts: readonly ModelPart[]): void {
  const invalid = parts.find((part) => invalidParts.includes(part));
  if (invalid) throw new SettingInvalid('models', partExpected[invalid](plainText(id)));
}

/** The label of a model; undefined if it has none. */
export function modelLabel(id: string): string | undefined {
  return unlessInvalid(readModels, undefined)?.get(id)?.label;
}

/** The user's price of a model; undefined if the user set none. */
export function ownPrice({ model }: Pick<Target, 'model'>): OwnPrice | undefined {
  return unlessInvalid(readModels, undefined)?.get(model)?.price;
}

/** The user's context window of a model, in tokens; undefined if the user set none. */
export function ownContextWindow(model: string): number | undefined {
  return unlessInvalid(readModels, undefined)?.get(model)?.contextWindow;
}

/**
 * All that a model takes besides text, by the user's word; undefined if the user does not say so.
 * @throws SettingInvalid
 */
export function ownCapabilities(model: string): readonly Capability[] | undefined {
  const entry = readModels().get(model);
  if (entry) requireValid(entry, 'takes');
  return entry?.takes;
}

/**
 * The region of `model`: from its entry, its ARN, the setting aws.region or the gateway's address; undefined if none is
 * set. @throws SettingInvalid
 */
export function readRegion(model: string): string | undefined {
  const entry = readModels().get(model);
  if (entry) requireValid(entry, 'entry', 'region');
  const arnRegion = regionOfArn(model);
  if (entry?.region !== undefined) {
    if (arnRegion !== undefined && entry.region !== arnRegion)
      throw new SettingInvalid(
        'models',
        l10n.t(
          'The ARN {0} belongs to the region {1} and works only there, but its "region" is {2}. Make them the same, or remove "region".',
          model,
          arnRegion,
          entry.region,
        ),
        { model, region: arnRegion },
      );
    return supportedRegion(entry.region, 'models');
  }
  if (arnRegion !== undefined) return supportedRegion(arnRegion, 'model');
  const region = unwrapped(read('aws.region', text, regionExpected));
  if (region) supportedRegion(region, 'aws.region');
  const addressRegion = readAddress()?.region;
  if (region && addressRegion && region !== addressRegion)
    throw new SettingInvalid(
      'aws.region',
      l10n.t(
        'It is {0}, but the address in gateway.url names {1}. Make them the same, or remove one.',
        plainText(region),
        plainText(addressRegion),
      ),
    );
  return region === '' ? addressRegion && supportedRegion(addressRegion, 'gateway.url') : region;
}

/** Returns `region`, which `setting` contains. @throws SettingInvalid if it is not supported. */
function supportedRegion(region: string, setting: string): string {
  const problem = regionProblem(region);
  if (problem !== undefined) throw new SettingInvalid(setting, problem);
  return region;
}

/**
 * The API of `model`: from its entry, or the setting request.api; and the format of its body, if its entry names one.
 * @throws SettingInvalid
 */
export function readApi(model: string): Pick<Target, 'api' | 'body'> {
  const entry = readModels().get(model);
  if (entry) requireValid(entry, 'entry', 'api');
  const api = entry?.api ?? read('request.api', apiOf, apiExpected);
  // Converse needs no body, so an invalid one is ignored.
  if (!entry || api === 'converse') return { api };
  requireValid(entry, 'body');
  return { api, ...(entry.body && { body: entry.body }) };
}

function apiExpected(): string {
  return l10n.t('It must be "converse" or "invoke".');
}

/** The ID of the current model; undefined if there is none. @throws SettingInvalid */
export function readModelId(): string | undefined {
  const set = normalizeModelId(read('model', text, modelExpected));
  const id = set || readModels().keys().next().value;
  if (id === undefined) return undefined;
  const problem = modelProblem(id);
  if (problem !== undefined) throw new SettingInvalid(set ? 'model' : 'models', problem);
  return id;
}

/** Whether the model `id` is in use only because a workspace sets it. @throws SettingInvalid */
export function isSetByWorkspace(id: string): boolean {
  // Not read(): the user's value may be invalid, and is not in force.
  const { globalValue } = configuration().inspect('model') ?? {};
  const own = normalizeModelId(text(globalValue) ?? '');
  return own !== id && normalizeModelId(read('model', text, modelExpected)) === id;
}
