// Builds a Request from a prompt and the current settings.
import { randomUUID } from 'node:crypto';
import { workspace } from 'vscode';
import { textBlock } from '../core/model/content';
import { frozenJson } from '../core/model/json';
import { withReasoningOf } from '../core/bedrock/reasoning';
import { type Request, type Source, type Surface, frozen } from '../core/model/request';
import {
  readAddress,
  readApi,
  readAuthentication,
  readGatewayOptions,
  readGuardrail,
  readModelId,
  readParameters,
  readProfile,
  readPromptCaching,
  readRegion,
  readStream,
} from '../settings';
import { takesAsKnown } from '../models/effectiveFacts';
import { cachePointsFor } from './promptCaching';
import { oneLine, shortened } from '../util/plainText';
import { firstAndMore } from '../ui/format';
import type { SelectionContext } from './context';
import type { QuotedLines } from './promptContent';

/** A prompt, without the settings with which it is sent. */
export interface PromptInput extends Pick<
  Request,
  'parent' | 'surface' | 'initiator' | 'messages' | 'tools' | 'sources' | 'quotedTexts' | 'withoutLogBodies'
> {
  /** Caching by the model does not pay in this conversation. */
  readonly withoutPromptCaching?: true;
  /** The ID that the request is to have; by default, a new one. */
  readonly id?: string;
  /** Absent for a prompt that starts a conversation. */
  readonly conversation?: string;
  /** Where the texts that are attached stand in the prompt, to name them if something is found there. */
  readonly quoted?: readonly QuotedLines[];
  /** The model of the conversation; absent for the current one of the settings. */
  readonly model?: string;
}

export function promptInput(text: string, surface: Surface, sources: readonly Source[] = []): PromptInput {
  return { surface, sources, messages: [{ role: 'user', content: [textBlock(text)] }] };
}

/** A question about a selection. `text` is all of it: where the selection is its end, the request tells that. */
export function aboutInput(text: string, { places, values, sources }: SelectionContext): PromptInput {
  const { selection } = values;
  const start = text.length - selection.length;
  const isAtTheEnd = text.endsWith(selection) && /(^|[\r\n])$/.test(text.slice(0, start));
  const quoted = { name: firstAndMore(places), start, end: text.length, sources: sources.length };
  return { ...promptInput(text, 'about', sources), ...(isAtTheEnd && { quotedTexts: [quoted] }) };
}

/** The parts of a Request that come from settings. */
export interface RequestConfig extends Pick<
  Request,
  'target' | 'parameters' | 'guardrail' | 'gateway' | 'authentication' | 'profile'
> {
  /** The model takes cache points, and the user lets it cache what a conversation repeats. */
  readonly mayCachePrompts?: true;
}

/**
 * Reads the current settings for `model`, by default the current one; undefined if the address, the region or the model
 * is missing.
 * @throws SettingInvalid for the first invalid setting.
 */
export function readRequestConfig(model?: string): RequestConfig | undefined {
  const address = readAddress();
  const id = model ?? readModelId();
  if (id === undefined) return undefined;
  const region = readRegion(id);
  if (!address || region === undefined) return undefined;
  const authentication = readAuthentication();
  const guardrail = readGuardrail();
  const folder = workspace.workspaceFolders?.[0]?.uri.path.split('/').at(-1) ?? '';
  const mayCachePrompts = readPromptCaching() === 'auto' && takesAsKnown(id, 'caching') === true;
  const workspaceFolderBasename = shortened(oneLine(folder), 100);
  return {
    target: { model: id, region, ...readApi(id), stream: readStream() },
    parameters: readParameters(),
    ...(mayCachePrompts && { mayCachePrompts }),
    ...(guardrail && { guardrail }),
    gateway: readGatewayOptions(address, authentication, { workspaceFolderBasename, model: id }),
    authentication,
    ...(authentication === 'profile' && { profile: readProfile() }),
  };
}

/** A request, frozen, so that later changes of settings do not affect it. */
export function buildRequest(
  { model, quoted, withoutPromptCaching, ...input }: PromptInput,
  { mayCachePrompts, ...config }: RequestConfig,
): Request {
  // A copy, since objects from the configuration are proxies that cannot be frozen.
  const settings = frozenJson(input.withoutLogBodies ? withoutLogBodies(config) : config) as typeof config;
  const ownModel = model !== undefined && { ownModel: true as const };
  const messages = withReasoningOf(settings.target.model, input.messages);
  const ids = { id: randomUUID(), conversation: randomUUID() };
  const request = { ...ids, ...input, messages, ...settings, ...ownModel };
  const cachePoints = mayCachePrompts && !withoutPromptCaching ? cachePointsFor(request) : undefined;
  return frozen({ ...request, ...(cachePoints && { cachePoints }) });
}

/** A copy of `config` that keeps the texts out of the gateway's logs. */
function withoutLogBodies({ gateway, ...config }: RequestConfig): RequestConfig {
  return { ...config, gateway: { ...gateway, logs: gateway.logs === 'none' ? 'none' : 'metadataOnly' } };
}
