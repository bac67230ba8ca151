// The only reader of configuration. A setting is checked where it is used: one that is wrong is named, with
// what would be right; one that is wrong but not needed stops nothing.
import { type WorkspaceConfiguration, l10n, workspace } from 'vscode';
import { type Address, type AddressProblem, parseAddress, regionPattern } from './core/gateway/address';
import { isRecord } from './core/gateway/answer';
import type { Family } from './core/bedrock/bodies/family';
import { type OwnPrice, buckets } from './core/prices';
import type { Api, Authentication, GatewayOptions, Parameters, Target } from './core/request';

export const section = 'bedrockGateway';

export function configuration(): WorkspaceConfiguration {
  return workspace.getConfiguration(section);
}

/** A setting cannot be used as it is. `expected` is a sentence that says what would be right. */
export class SettingInvalid extends Error {
  override readonly name = 'SettingInvalid';
  constructor(
    readonly setting: string,
    readonly expected: string,
  ) {
    super(`${section}.${setting}: ${expected}`);
  }
}

/** Reads `setting` through `accept`, which returns undefined for a value that it does not take. */
function read<T>(setting: string, accept: (value: unknown) => T | undefined, expected: () => string): T {
  const accepted = accept(configuration().get<unknown>(setting));
  if (accepted === undefined) throw new SettingInvalid(setting, expected());
  return accepted;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
const record = (value: unknown) => (isRecord(value) ? value : undefined);
const oneOf =
  <T extends string>(...values: readonly T[]) =>
  (value: unknown) =>
    values.find((known) => known === value);
/** `null` stands for "not set". */
const numberBetween =
  (least: number, most: number, { whole = false } = {}) =>
  (value: unknown) => {
    if (value === null) return null;
    const fits =
      typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));
    return fits ? value : undefined;
  };

/** The gateway's address; undefined when none is set. @throws SettingInvalid */
export function readAddress(): Address | undefined {
  const address = parseAddress(read('gateway.url', text, () => l10n.t('It must be text.')));
  if (address === 'empty') return undefined;
  if (typeof address === 'string') throw new SettingInvalid('gateway.url', addressExpected(address));
  return address;
}

/** What is wrong with an address, and what would be right. */
export function addressExpected(problem: AddressProblem): string {
  return addressProblems[problem]();
}

const addressProblems: { readonly [P in AddressProblem]: () => string } = {
  empty: () =>
    l10n.t('The address is empty. Cloudflare shows it under AI › AI Gateway › your gateway › API.'),
  notUrl: () =>
    l10n.t(
      'This is not a web address. It should look like https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/aws-bedrock.',
    ),
  notHttps: () =>
    l10n.t('The address must begin with https://. Plain http is accepted for this machine only.'),
  hasCredentials: () =>
    l10n.t(
      'The address must not hold a user name or password. Store a gateway token with “Set Credentials…” instead.',
    ),
  hasQuery: () => l10n.t('The address must not hold “?” or “#”.'),
  incomplete: () =>
    l10n.t(
      'The address lacks the account or the gateway. It should look like https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/aws-bedrock.',
    ),
  otherProvider: () =>
    l10n.t(
      'The address belongs to another provider. It should end after the gateway’s name, or with /aws-bedrock.',
    ),
};

/** The region in which `model` is asked; undefined when none is set anywhere. @throws SettingInvalid */
export function readRegion(model: string): string | undefined {
  const own = readModels().get(model)?.region;
  if (own !== undefined) return own;
  const region = read('aws.region', text, regionExpected).trim();
  if (region && !regionPattern.test(region)) throw new SettingInvalid('aws.region', regionExpected());
  const named = readAddress()?.region;
  if (region && named && region !== named)
    throw new SettingInvalid(
      'aws.region',
      l10n.t(
        'It says {0}, but the address in gateway.url says {1}. Make them the same, or remove one.',
        region,
        named,
      ),
    );
  return region === '' ? named : region;
}

export function regionExpected(): string {
  return l10n.t('A region is written in lowercase letters, digits and hyphens, such as us-east-1.');
}

export interface Model {
  readonly id: string;
  readonly label?: string;
  readonly region?: string;
  /** What is wrong with a price stops no prompt: its cost is unknown then, and says why. */
  readonly price?: OwnPrice;
}

/** The models on offer, by ID, in the order of the setting: ours first, then what the user added. */
export function readModels(): ReadonlyMap<string, Model> {
  const entries = Object.entries(read('models', record, modelsExpected));
  return new Map(
    entries.flatMap(([id, value]) =>
      value === false || value === null ? [] : [[id, modelOf(id, value)] as const],
    ),
  );
}

function modelOf(id: string, value: unknown): Model {
  if (!isRecord(value)) throw new SettingInvalid('models', modelsExpected());
  const { label, region, price } = value;
  if (region !== undefined && !(typeof region === 'string' && regionPattern.test(region)))
    throw new SettingInvalid('models', l10n.t('The region of {0} is wrong. {1}', id, regionExpected()));
  return {
    id,
    ...(typeof label === 'string' && label && { label }),
    ...(region !== undefined && { region }),
    ...(price !== undefined && price !== null && { price: priceOf(price) }),
  };
}

/** Input and output are a price; what the prompt cache costs is set by those who use it. */
function priceOf(value: unknown): OwnPrice {
  if (!isRecord(value) || !('input' in value && 'output' in value)) return 'invalid';
  const good = Object.entries(value).every(
    ([bucket, usd]) =>
      buckets.some((known) => known === bucket) && typeof usd === 'number' && usd >= 0 && usd < Infinity,
  );
  return good ? value : 'invalid';
}

function modelsExpected(): string {
  return l10n.t('It maps model IDs to {"label", "region", "api", "body", "price"}, or to false to hide one.');
}

/**
 * By which API `model` is asked: its own, or the one for all; and the body that it takes, where that is said.
 * @throws SettingInvalid
 */
export function readApi(model: string): Pick<Target, 'api' | 'body'> {
  const own = read('models', record, modelsExpected)[model];
  const { api = configuration().get<unknown>('request.api'), body } = isRecord(own) ? own : {};
  const named = oneOf<Api>('converse', 'invoke')(api);
  if (named === undefined) {
    const expected = l10n.t('It must be "converse" or "invoke".');
    throw isRecord(own) && 'api' in own
      ? new SettingInvalid('models', l10n.t('The api of {0} is wrong. {1}', model, expected))
      : new SettingInvalid('request.api', expected);
  }
  // A body is not needed, and so not looked at, where Converse is asked.
  if (named === 'converse' || body === undefined) return { api: named };
  const family = oneOf<Family>('claudeMessages', 'claudeText', 'titanText')(body);
  if (family !== undefined) return { api: named, body: family };
  const expected = l10n.t('It must be "claudeMessages", "claudeText" or "titanText".');
  throw new SettingInvalid('models', l10n.t('The body of {0} is wrong. {1}', model, expected));
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

export function readAuthentication(): Authentication {
  return read('aws.authentication', oneOf<Authentication>('accessKeys', 'apiKey', 'gateway'), () =>
    l10n.t('It must be "accessKeys", "apiKey" or "gateway".'),
  );
}

export function readStream(): Target['stream'] {
  return read('request.stream', oneOf<Target['stream']>('auto', 'off'), () =>
    l10n.t('It must be "auto" or "off".'),
  );
}

/** @throws SettingInvalid */
export function readSystemPrompt(): string {
  return read('request.systemPrompt', text, () => l10n.t('It must be text.'));
}

/** What the user set; what is null or empty is left out. @throws SettingInvalid */
export function readParameters(): Parameters {
  const systemPrompt = readSystemPrompt();
  const maxTokens = read('request.maxTokens', numberBetween(1, 2 ** 31 - 1, { whole: true }), () =>
    l10n.t('It must be a whole number, 1 or more, or null.'),
  );
  const share = () => l10n.t('It must be a number from 0 to 1, or null.');
  const temperature = read('request.temperature', numberBetween(0, 1), share);
  const topP = read('request.topP', numberBetween(0, 1), share);
  const stopSequences = read('request.stopSequences', texts, () => l10n.t('It must be a list of texts.'));
  const additionalFields = read('request.additionalFields', record, () => l10n.t('It must be an object.'));
  return {
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

export interface SavedPrompt {
  readonly name: string;
  readonly text: string;
  /** Whose text it is, where several have one of this name: the workspace's goes before the user's before ours. */
  readonly from: 'us' | 'user' | 'workspace';
}

/** The saved prompts, in the order of the setting; `false` hides one. @throws SettingInvalid */
export function readPrompts(): readonly SavedPrompt[] {
  const expected = () => l10n.t('It maps names to texts, or to false to hide one.');
  const accept = (value: unknown) => (isRecord(value) ? value : undefined);
  const { globalValue, workspaceValue } = configuration().inspect<Record<string, unknown>>('prompts') ?? {};
  const has = (values: unknown, name: string) => isRecord(values) && Object.hasOwn(values, name);
  return Object.entries(read('prompts', accept, expected)).flatMap(([name, value]) => {
    if (value === false || value === null) return [];
    if (typeof value !== 'string' || !name.trim() || !value.trim())
      throw new SettingInvalid('prompts', expected());
    const from = has(workspaceValue, name) ? 'workspace' : has(globalValue, name) ? 'user' : 'us';
    return [{ name, text: value, from }];
  });
}

/** How the gateway is to treat a request. `values` stand for the variables in metadata. @throws SettingInvalid */
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
          'It may hold up to five entries; names must not begin with “cf.”, values are texts, numbers or true/false.',
        ),
      ),
      values,
    ),
    // An alias that is not used now stops nothing.
    keyAlias:
      authentication === 'gateway'
        ? read(
            'gateway.keyAlias',
            (value) => (typeof value === 'string' && /^[!-~]*$/.test(value) ? value : undefined),
            () => l10n.t('An alias is written in ASCII characters without spaces.'),
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
  const good = entries.every(
    ([name, item]) =>
      name && !name.startsWith('cf.') && ['string', 'number', 'boolean'].includes(typeof item),
  );
  return good && entries.length <= 5 ? (value as Metadata) : undefined;
}

function substituted(entries: Metadata, values: Readonly<Record<string, string>>): Metadata {
  const filled = (item: string | number | boolean) =>
    typeof item === 'string'
      ? item.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
          Object.hasOwn(values, name) ? (values[name] ?? '') : whole,
        )
      : item;
  return Object.fromEntries(Object.entries(entries).map(([name, item]) => [name, filled(item)]));
}
