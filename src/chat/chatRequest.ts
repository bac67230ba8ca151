// Builds the Request for a request of VS Code Chat.
import {
  LanguageModelChatToolMode,
  type LanguageModelChatRequestMessage,
  type ProvideLanguageModelChatResponseOptions,
} from 'vscode';
import { isRecord } from '../core/model/json';
import { type Effort, type Request, efforts } from '../core/model/request';
import { doesTake } from '../models/effectiveFacts';
import { modelFacts } from '../models/modelFacts';
import { nodeHash } from '../platform/node/hash';
import { type RequestConfig, buildRequest, readRequestConfig } from '../prompt/requestBuilder';
import { readModels } from '../settings';
import { shortened } from '../util/plainText';
import { chatPrompt } from './convert';
import { notSetUp } from './errors';
import { LegalNames } from './names';
import { chatMessage } from './parts';
import { RequestBlobs } from './pictures';
import type { ThinkingMemory } from './thinking';
import { toolConfig } from './tools';

/** Fields that VS Code passes, and its types lack. */
interface MoreOptions {
  readonly requestInitiator?: unknown;
  readonly modelConfiguration?: unknown;
}

/** A request, and what its reply is read with. */
export interface ChatRequest {
  readonly request: Request;
  readonly blobs: RequestBlobs;
  /** VS Code's names of the tools. */
  readonly toolNames: LegalNames;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The request for `model`, with the current settings.
 * @throws SettingInvalid, PictureRefused, or an error that says what is not set up
 */
export function chatRequest(
  model: string,
  messages: readonly LanguageModelChatRequestMessage[],
  options: ProvideLanguageModelChatResponseOptions,
  thinking: ThinkingMemory,
): ChatRequest {
  const config = readRequestConfig(model);
  if (!config) throw notSetUp();
  const blobs = new RequestBlobs(nodeHash);
  const models = readModels();
  const facts = modelFacts(model);
  const { requestInitiator: initiator, modelConfiguration } = options as MoreOptions;
  const offered = doesTake(model, 'tools', models) === false ? [] : (options.tools ?? []);
  const toolNames = new LegalNames(offered.map(({ name }) => name));
  const parameters = parametersOf(config, modelConfiguration);
  const tools = toolConfig(offered, toolNames, {
    isRequired: options.toolMode === LanguageModelChatToolMode.Required,
    refusesForced: facts?.refusesForcedTools === true || isThinkingOn(parameters),
  });
  const prompt = chatPrompt(messages.map(chatMessage), {
    ...{ toolNames, blobs, hasTools: tools !== undefined },
    takesPictures: doesTake(model, 'images', models) !== false,
    refusesMixedTurns: facts?.refusesMixedTurns,
    refusesNestedImages: facts?.refusesNestedImages,
  });
  const conversation: unknown = options.modelOptions?.['_conversationId'];
  // The user's own instructions come first, as before every prompt.
  const systemPrompt = [parameters.systemPrompt, prompt.system].filter(Boolean).join('\n\n');
  const request = buildRequest(
    {
      surface: 'chat',
      ...(typeof initiator === 'string' && { initiator: shortened(initiator, 200) }),
      ...(typeof conversation === 'string' && uuid.test(conversation) && { conversation }),
      messages: thinking.restore(prompt.messages, { needsAll: facts?.bindsThinking === true }),
      ...(tools && { tools }),
      sources: [],
      model,
    },
    {
      ...config,
      // Some models refuse tools in a stream.
      target: tools && facts?.refusesStreamedTools ? { ...config.target, stream: 'off' } : config.target,
      parameters: { ...parameters, ...(systemPrompt && { systemPrompt }) },
    },
  );
  return { request, blobs, toolNames };
}

function parametersOf(
  { parameters }: RequestConfig,
  modelConfiguration: unknown,
): RequestConfig['parameters'] {
  const chosen = isRecord(modelConfiguration) ? modelConfiguration['effort'] : undefined;
  const effort = efforts.find((each): each is Effort => each === chosen);
  return effort ? { ...parameters, effort } : parameters;
}

/** A model that thinks decides for itself whether it uses tools. */
function isThinkingOn({ additionalFields }: RequestConfig['parameters']): boolean {
  const thinking = additionalFields?.['thinking'];
  return isRecord(thinking) && thinking['type'] !== 'disabled';
}
