// Which model is asked, where and how: `models`, and the settings that hold where an entry of it says nothing.
import { l10n } from 'vscode';
import { regionOfArn } from '../core/bedrock/modelId';
import { unwrapped } from '../core/model/pasted';
import type { Target } from '../core/model/request';
import { record, text } from './accept';
import { readAddress } from './address';
import { type Model, type ModelPart, apiOf, modelOf } from './model';
import { normalizeModelId, modelExpected, modelProblem } from './modelId';
import { SettingInvalid, configuration, read } from './reading';
import { plainText } from '../util/plainText';
import { regionExpected, regionProblem } from './region';

/**
 * The models on offer, by ID, in the order of the setting: ours first, then what the user added. Of two entries that
 * mean the same ID, the one that is written as the ID is holds.
 */
export function readModels(): ReadonlyMap<string, Model> {
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
  return l10n.t('It maps model IDs to {"label", "region", "api", "body", "price"}, or to false to hide one.');
}

const partExpected: { readonly [P in ModelPart]: (id: string) => string } = {
  entry: modelsExpected,
  region: (id) => l10n.t('The region of {0} is wrong. {1}', id, regionExpected()),
  api: (id) => l10n.t('The api of {0} is wrong. {1}', id, apiExpected()),
  body: (id) =>
    l10n.t(
      'The body of {0} is wrong. {1}',
      id,
      l10n.t('It must be "claudeMessages", "claudeText" or "titanText".'),
    ),
};

/** @throws SettingInvalid when one of `parts` is there, but cannot be used. */
function demand({ id, wrong }: Model, ...parts: readonly ModelPart[]): void {
  const found = parts.find((part) => wrong.includes(part));
  if (found) throw new SettingInvalid('models', partExpected[found](plainText(id)));
}

/**
 * The region in which `model` is asked: its own, that of its ARN, or the one for all; undefined when none is set
 * anywhere. @throws SettingInvalid
 */
export function readRegion(model: string): string | undefined {
  const own = readModels().get(model);
  if (own) demand(own, 'entry', 'region');
  const ofArn = regionOfArn(model);
  if (own?.region !== undefined) {
    if (ofArn !== undefined && own.region !== ofArn)
      throw new SettingInvalid(
        'models',
        l10n.t(
          'The ARN {0} belongs to the region {1} and can be asked only there, but its "region" says {2}. Make them the same, or remove "region".',
          model,
          ofArn,
          own.region,
        ),
        { model, region: ofArn },
      );
    return asked(own.region, 'models');
  }
  if (ofArn !== undefined) return asked(ofArn, 'model');
  const region = unwrapped(read('aws.region', text, regionExpected));
  if (region) asked(region, 'aws.region');
  const named = readAddress()?.region;
  if (region && named && region !== named)
    throw new SettingInvalid(
      'aws.region',
      l10n.t(
        'It says {0}, but the address in gateway.url says {1}. Make them the same, or remove one.',
        plainText(region),
        plainText(named),
      ),
    );
  return region === '' ? named && asked(named, 'gateway.url') : region;
}

/** `region`, which `setting` says. @throws SettingInvalid when no prompt can be sent there. */
function asked(region: string, setting: string): string {
  const problem = regionProblem(region);
  if (problem !== undefined) throw new SettingInvalid(setting, problem);
  return region;
}

/**
 * By which API `model` is asked: its own, or the one for all; and the body that it takes, where that is said.
 * @throws SettingInvalid
 */
export function readApi(model: string): Pick<Target, 'api' | 'body'> {
  const own = readModels().get(model);
  if (own) demand(own, 'entry', 'api');
  const api = own?.api ?? read('request.api', apiOf, apiExpected);
  // A body is not needed, and so not looked at, where Converse is asked.
  if (!own || api === 'converse') return { api };
  demand(own, 'body');
  return { api, ...(own.body && { body: own.body }) };
}

function apiExpected(): string {
  return l10n.t('It must be "converse" or "invoke".');
}

/**
 * The ID of the model in use, and whether a workspace alone decided on it; undefined when there is none.
 * @throws SettingInvalid
 */
export function readModel(): { readonly id: string; readonly fromWorkspace: boolean } | undefined {
  const id = normalizeModelId(read('model', text, modelExpected));
  const first = id ? undefined : readModels().keys().next().value;
  const used = id || first;
  if (used === undefined) return undefined;
  const problem = modelProblem(used);
  if (problem !== undefined) throw new SettingInvalid(id ? 'model' : 'models', problem);
  const { globalValue = '' } = configuration().inspect<string>('model') ?? {};
  return { id: used, fromWorkspace: id !== '' && normalizeModelId(globalValue) !== id };
}
