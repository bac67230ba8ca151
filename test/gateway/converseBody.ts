import { refuse } from './awsErrors.js';
import { type ContentMessage, type PromptContent, textOf } from './content/blocks.js';
import { checkClaudeRules } from './content/claudeRules.js';
import { invalid, list, modelComplaint, oneOf, structure } from './content/constraints.js';
import { readBlocks } from './content/converseBlocks.js';
import { checkConverseRules } from './content/converseRules.js';
import {
  checkOutputConfig,
  checkRequestMetadata,
  readAdditionalFields,
  readInference,
  readServiceTier,
} from './content/converseSettings.js';
import { readToolConfig } from './content/converseTools.js';
import { rulesOf } from './content/modelRules.js';
import { parseFields } from './jsonBody.js';
import type { Prompt } from './prompt.js';

const topLevel = new Set(
  (
    'messages system inferenceConfig toolConfig guardrailConfig additionalModelRequestFields promptVariables ' +
    'additionalModelResponseFieldPaths requestMetadata performanceConfig serviceTier outputConfig'
  ).split(' '),
);

/** Parses a Converse body as strictly as Bedrock does; throws Refused with Bedrock's message if it is known. */
export function readConverse(body: Buffer, model: string): Prompt {
  const fields =
    parseFields(body) ??
    refuse('SerializationException', 'The request body is not a JSON object, well-formed and in UTF-8.');
  const unknown = Object.keys(fields).find((name) => !topLevel.has(name));
  if (unknown !== undefined) {
    invalid(
      `Malformed input request: #: extraneous key [${unknown}] is not permitted, please reformat your input and try again.`,
    );
  }
  const messages = readMessages(fields['messages']);
  const system = readBlocks(fields['system'] ?? [], 'system', 'SystemContentBlock');
  const inference = readInference(fields['inferenceConfig'] ?? {});
  checkOutputConfig(fields['outputConfig']);
  checkRequestMetadata(fields['requestMetadata']);
  const content: PromptContent = {
    system,
    messages,
    ...readToolConfig(fields['toolConfig']),
    thinking: readAdditionalFields(fields['additionalModelRequestFields'], inference.maxTokens),
    serviceTier: readServiceTier(fields['serviceTier']),
  };
  checkConverseRules(content, rulesOf(model));
  checkClaudeRules(content, { complain: modelComplaint, bytesField: 'source.bytes' }, rulesOf(model));
  return {
    messages: messages.map(({ role, blocks }) => ({ role, text: textOf(blocks) })),
    system: textOf(system),
    ...inference,
    content,
  };
}

const startWithUser =
  'A conversation must start with a user message. Try again with a conversation that starts with a user message.';

function readMessages(value: unknown): ContentMessage[] {
  const messages = list(value, 'messages').map((message, index) => readMessage(message, `messages.${index}`));
  if (messages[0]?.role !== 'user') invalid(startWithUser);
  if (messages.some(({ role }, index) => role === messages[index + 1]?.role)) {
    invalid(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    );
  }
  if (messages.at(-1)?.role !== 'user') {
    invalid(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
  }
  return messages;
}

function readMessage(value: unknown, path: string): ContentMessage {
  const { role, content } = structure(value, path, ['role', 'content']);
  const sender = oneOf(role, `${path}.role`, ['user', 'assistant']);
  const blocks = readBlocks(content, `${path}.content`, 'ContentBlock');
  if (blocks.length === 0) {
    invalid(
      `The content field in the Message object at ${path} is empty. Add a ContentBlock object to the content field and try again.`,
    );
  }
  return { role: sender, blocks };
}
