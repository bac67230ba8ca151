// Builds the Request for a request of VS Code Chat.
import {
  LanguageModelChatToolMode,
  type LanguageModelChatRequestMessage,
  type ProvideLanguageModelChatResponseOptions,
} from 'vscode';
import type { Request } from '../core/model/request';
import { doesTake } from '../models/effectiveFacts';
import { modelFacts } from '../models/modelFacts';
import { nodeHash } from '../platform/node/hash';
import { buildRequest, readRequestConfig } from '../prompt/requestBuilder';
import { shortened } from '../util/plainText';
import { chatParameters, isThinkingOn } from './chatParameters';
import { chatPrompt } from './convert';
import { notSetUp } from './errors';
import { tokenLimits } from './models';
import { LegalNames } from './names';
import { chatMessage } from './parts';
import { RequestBlobs } from './pictures';
import type { CachingMemory } from './cachingMemory';
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
  /** What the request has in common with those that cache the same: the conversation, or else who asks. */
  readonly caches: string;
}

/** What is remembered of earlier requests. */
export interface ChatMemory {
  readonly thinking: ThinkingMemory;
  readonly caching: CachingMemory;
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
  { thinking, caching }: ChatMemory,
): ChatRequest {
  const config = readRequestConfig(model);
  if (!config) throw notSetUp();
  const blobs = new RequestBlobs(nodeHash);
  const facts = modelFacts(model);
  const { requestInitiator, modelConfiguration } = options as MoreOptions;
  const initiator = typeof requestInitiator === 'string' ? shortened(requestInitiator, 200) : undefined;
  const offered = doesTake(model, 'tools') === false ? [] : (options.tools ?? []);
  const toolNames = new LegalNames(offered.map(({ name }) => name));
  const parameters = chatParameters(config.parameters, {
    ...{ api: config.target.api, facts, picked: modelConfiguration },
    maxOutputTokens: () => tokenLimits(model).maxOutputTokens,
  });
  const tools = toolConfig(offered, toolNames, {
    isRequired: options.toolMode === LanguageModelChatToolMode.Required,
    refusesForced: facts?.refusesForcedTools === true || isThinkingOn(parameters),
    wantsPlainSchemas: facts?.wantsPlainSchemas === true,
  });
  const prompt = chatPrompt(messages.map(chatMessage), {
    ...{ toolNames, blobs, hasTools: tools !== undefined },
    takesPictures: doesTake(model, 'images') !== false,
    refusesMixedTurns: facts?.refusesMixedTurns,
    refusesNestedImages: facts?.refusesNestedImages,
  });
  const conversation = conversationOf(options);
  const caches = conversation ?? initiator ?? '';
  const asked = { messages: prompt.messages, ...(initiator !== undefined && { initiator }) };
  // The user's own instructions come first, as before every prompt.
  const systemPrompt = [parameters.systemPrompt, prompt.system].filter(Boolean).join('\n\n');
  const request = buildRequest(
    {
      surface: 'chat',
      ...asked,
      ...(conversation !== undefined && { conversation }),
      messages: thinking.restore(asked, { needsAll: facts?.bindsThinking === true }),
      ...(tools && { tools }),
      ...(caching.isLost(caches) && { withoutPromptCaching: true as const }),
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
  return { request, blobs, toolNames, caches };
}

function conversationOf({ modelOptions }: ProvideLanguageModelChatResponseOptions): string | undefined {
  const id: unknown = modelOptions?.['_conversationId'];
  return typeof id === 'string' && uuid.test(id) ? id : undefined;
}
