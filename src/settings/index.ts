// The settings. Other rooms read the configuration only through this module.
import { l10n } from 'vscode';
import { isRecord } from '../core/gateway/response';
import {
  type Authentication,
  type Effort,
  type GatewayOptions,
  type Parameters,
  type Target,
  type Address,
  efforts,
} from '../core/model/request';
import { nullOr, numberBetween, oneOf, record, text } from './accept';
import { read } from './reading';

export { addressExpected, readAddress } from './address';
export { readGuardrail } from './guardrail';
export type { Model } from './model';
export { normalizeModelId, modelProblem } from './modelId';
export {
  isSetByWorkspace,
  modelLabel,
  ownCapabilities,
  ownContextWindow,
  ownPrice,
  readApi,
  readModelId,
  readModels,
  readRegion,
} from './models';
export { readPromptLocations } from './promptLocations';
export { type SavedPrompt, readPrompts, storePrompt } from './prompts';
export { regionProblem } from './region';
export { SettingInvalid, configuration, section, unlessInvalid } from './reading';
export { SettingNotWritten, writeSetting } from './writing';

export function readAuthentication(): Authentication {
  return read('aws.authentication', oneOf<Authentication>('accessKeys', 'apiKey', 'profile', 'gateway'), () =>
    l10n.t('It must be "accessKeys", "apiKey", "profile" or "gateway".'),
  );
}

/** The name of the profile in ~/.aws. @throws SettingInvalid */
export function readProfile(): string {
  const name = read('aws.profile', text, () => l10n.t('It must be the name of a profile in ~/.aws.'));
  return name.trim() || 'default';
}

/** Whether models may cache what conversations repeat. @throws SettingInvalid */
export function readPromptCaching(): 'auto' | 'off' {
  return read('request.promptCaching', oneOf('auto', 'off'), () => l10n.t('It must be "auto" or "off".'));
}

export function readStream(): Target['stream'] {
  return read('request.stream', oneOf<Target['stream']>('auto', 'off'), () =>
    l10n.t('It must be "auto" or "off".'),
  );
}

/** @throws SettingInvalid */
export function readSystemPrompt(): string {
  return read('request.systemPrompt', text, () => l10n.t('It must be a string.'));
}

/** The parameters that the user set; null and empty ones are left out. @throws SettingInvalid */
export function readParameters(): Parameters {
  const systemPrompt = readSystemPrompt();
  const maxTokens = read('request.maxTokens', numberBetween(1, 2 ** 31 - 1, { whole: true }), () =>
    l10n.t('It must be a whole number, 1 or more, or null.'),
  );
  const share = () => l10n.t('It must be a number from 0 to 1, or null.');
  const temperature = read('request.temperature', numberBetween(0, 1), share);
  const topP = read('request.topP', numberBetween(0, 1), share);
  const stopSequences = read('request.stopSequences', texts, () => l10n.t('It must be a list of strings.'));
  const additionalFields = read('request.additionalFields', record, () => l10n.t('It must be an object.'));
  const effort = read('request.effort', nullOr(oneOf<Effort>(...efforts)), () =>
    l10n.t('It must be one of {0}, or null.', efforts.map((each) => `"${each}"`).join(', ')),
  );
  return {
    ...(effort && { effort }),
    ...(systemPrompt && { systemPrompt: systemPrompt.toWellFormed() }),
    ...(maxTokens !== null && { maxTokens }),
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { topP }),
    ...(stopSequences.length > 0 && { stopSequences }),
    ...(Object.keys(additionalFields).length > 0 && { additionalFields }),
  };
}

const texts = (value: unknown) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '')
    ? (value as string[])
    : undefined;

/** The gateway's settings. `values` replace the variables in metadata, by name. @throws SettingInvalid */
export function readGatewayOptions(
  address: Address,
  authentication: Authentication,
  values: Readonly<Record<string, string>>,
): GatewayOptions {
  return {
    address,
    cacheTtl: read('gateway.cacheTtl', cacheTtl, () =>
      l10n.t('It must be null, 0, or a whole number of seconds from 60 to 2592000.'),
    ),
    logs: read('gateway.logs', oneOf<GatewayOptions['logs']>('default', 'metadataOnly', 'none'), () =>
      l10n.t('It must be "default", "metadataOnly" or "none".'),
    ),
    metadata: substituted(
      read('gateway.metadata', metadata, () =>
        l10n.t(
          'It can have up to five entries. Names must not begin with “cf.”, and values must be strings, numbers or true/false.',
        ),
      ),
      values,
    ),
    // An invalid alias is ignored if it is not used.
    keyAlias:
      authentication === 'gateway'
        ? read(
            'gateway.keyAlias',
            (value) => (typeof value === 'string' && /^[!-~]*$/.test(value) ? value : undefined),
            () => l10n.t('An alias must consist of ASCII characters without spaces.'),
          )
        : '',
  };
}

function cacheTtl(value: unknown): number | null | undefined {
  return value === 0 ? 0 : numberBetween(60, 2_592_000, { whole: true })(value);
}

type Metadata = GatewayOptions['metadata'];

function metadata(value: unknown): Metadata | undefined {
  if (!isRecord(value)) return undefined;
  const entries = Object.entries(value);
  const isValid = entries.every(
    ([name, item]) =>
      name && !name.startsWith('cf.') && ['string', 'number', 'boolean'].includes(typeof item),
  );
  return isValid && entries.length <= 5 ? (value as Metadata) : undefined;
}

function substituted(entries: Metadata, values: Readonly<Record<string, string>>): Metadata {
  const substitute = (item: string | number | boolean) =>
    typeof item === 'string'
      ? item.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
          Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
        )
      : item;
  return Object.fromEntries(Object.entries(entries).map(([name, item]) => [name, substitute(item)]));
}
