// Which model is asked, where and how: `models`, and the settings that hold where an entry of it says nothing.
import { l10n } from 'vscode';
import { regionPattern } from '../core/gateway/address';
import type { Target } from '../core/request';
import { record, text } from './accept';
import { readAddress } from './address';
import { type Model, type ModelPart, apiOf, modelOf } from './model';
import { SettingInvalid, configuration, read } from './reading';
import { plainText } from '../util/plainText';

/** The models on offer, by ID, in the order of the setting: ours first, then what the user added. */
export function readModels(): ReadonlyMap<string, Model> {
  const entries = Object.entries(read('models', record, modelsExpected));
  return new Map(
    entries.flatMap(([id, value]) =>
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

/** The region in which `model` is asked; undefined when none is set anywhere. @throws SettingInvalid */
export function readRegion(model: string): string | undefined {
  const own = readModels().get(model);
  if (own) demand(own, 'entry', 'region');
  if (own?.region !== undefined) return own.region;
  const region = read('aws.region', text, regionExpected).trim();
  if (region && !regionPattern.test(region)) throw new SettingInvalid('aws.region', regionExpected());
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
  return region === '' ? named : region;
}

export function regionExpected(): string {
  return l10n.t('A region is written in lowercase letters, digits and hyphens, such as us-east-1.');
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

/** The ID of the model in use, and whether a workspace alone decided on it. */
export function readModel(): { readonly id: string; readonly fromWorkspace: boolean } | undefined {
  const id = read('model', modelId, modelExpected);
  if (!id) {
    const first = readModels().keys().next().value;
    return first === undefined ? undefined : { id: first, fromWorkspace: false };
  }
  const { globalValue } = configuration().inspect<string>('model') ?? {};
  return { id, fromWorkspace: globalValue?.trim() !== id };
}

export function modelExpected(): string {
  return l10n.t(
    'It must be a model ID, an inference profile ID or an ARN, such as {0}.',
    'us.amazon.nova-pro-v1:0',
  );
}

/** `value` as a model's ID, which goes into a path: printable ASCII, and no step up in it. */
export function modelId(value: unknown): string | undefined {
  const id = text(value)?.trim();
  return id !== undefined && /^(?!\.\.?$)[!-~]*$/.test(id) ? id : undefined;
}
