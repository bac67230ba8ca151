// A Request from a text and the settings of this moment.
import { randomUUID } from 'node:crypto';
import { workspace } from 'vscode';
import { type Request, type Source, type Surface, frozen, textBlock } from '../core/model/request';
import {
  readAddress,
  readApi,
  readAuthentication,
  readGatewayOptions,
  readGuardrail,
  readModel,
  readParameters,
  readProfile,
  readRegion,
  readStream,
} from '../settings';
import { oneLine, shortened } from '../util/plainText';

/** What is asked, without how. */
export type PromptInput = Pick<Request, 'surface' | 'messages' | 'sources' | 'withoutLogBodies'>;

export function promptInput(text: string, surface: Surface, sources: readonly Source[] = []): PromptInput {
  return { surface, sources, messages: [{ role: 'user', content: [textBlock(text)] }] };
}

/** All of a Request that comes from settings. */
export type RequestConfig = Pick<
  Request,
  'target' | 'parameters' | 'guardrail' | 'gateway' | 'authentication' | 'profile'
>;

/**
 * How prompts are asked now; undefined while the address, a region or a model is missing.
 * @throws SettingInvalid naming the first setting that cannot be used.
 */
export function readRequestConfig(): RequestConfig | undefined {
  const address = readAddress();
  const model = readModel()?.id;
  const region = model === undefined ? undefined : readRegion(model);
  if (!address || model === undefined || region === undefined) return undefined;
  const authentication = readAuthentication();
  const guardrail = readGuardrail();
  const folder = workspace.workspaceFolders?.[0]?.uri.path.split('/').at(-1) ?? '';
  const workspaceFolderBasename = shortened(oneLine(folder), 100);
  return {
    target: { model, region, ...readApi(model), stream: readStream() },
    parameters: readParameters(),
    ...(guardrail && { guardrail }),
    gateway: readGatewayOptions(address, authentication, { workspaceFolderBasename, model }),
    authentication,
    ...(authentication === 'profile' && { profile: readProfile() }),
  };
}

/** A request that opens a conversation of its own. Frozen: settings that change later do not reach it. */
export function buildRequest(question: PromptInput, config: RequestConfig): Request {
  // A plain copy, since objects out of the configuration are proxies that cannot be frozen.
  const how = plain(question.withoutLogBodies ? withoutLogBodies(config) : config);
  return frozen({ id: randomUUID(), conversation: randomUUID(), ...question, ...how });
}

/** `config` with no text in the gateway's logs. */
function withoutLogBodies({ gateway, ...config }: RequestConfig): RequestConfig {
  return { ...config, gateway: { ...gateway, logs: gateway.logs === 'none' ? 'none' : 'metadataOnly' } };
}

function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
