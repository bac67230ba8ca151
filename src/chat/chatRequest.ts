// Builds the Request for a request of VS Code Chat.
import { type LanguageModelChatRequestMessage, type ProvideLanguageModelChatResponseOptions } from 'vscode';
import type { Request } from '../core/model/request';
import { buildRequest, readRequestConfig } from '../prompt/requestBuilder';
import { shortened } from '../util/plainText';
import { chatPrompt } from './messages';
import { chatMessage } from './parts';
import { notSetUp } from './errors';

/** Fields that VS Code passes, and its types lack. */
interface MoreOptions {
  readonly requestInitiator?: unknown;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The request for `model`, with the current settings.
 * @throws SettingInvalid, or an error that says what is not set up
 */
export function chatRequest(
  model: string,
  messages: readonly LanguageModelChatRequestMessage[],
  options: ProvideLanguageModelChatResponseOptions,
): Request {
  const config = readRequestConfig(model);
  if (!config) throw notSetUp();
  const prompt = chatPrompt(messages.map(chatMessage));
  const { requestInitiator: initiator } = options as MoreOptions;
  const conversation: unknown = options.modelOptions?.['_conversationId'];
  // The user's own instructions come first, as before every prompt.
  const systemPrompt = [config.parameters.systemPrompt, prompt.system].filter(Boolean).join('\n\n');
  return buildRequest(
    {
      surface: 'chat',
      ...(typeof initiator === 'string' && { initiator: shortened(initiator, 200) }),
      ...(typeof conversation === 'string' && uuid.test(conversation) && { conversation }),
      messages: prompt.messages,
      sources: [],
      model,
    },
    { ...config, parameters: { ...config.parameters, ...(systemPrompt && { systemPrompt }) } },
  );
}
