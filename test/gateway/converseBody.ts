import { refuse } from './awsErrors.js';
import { isFields, parseFields } from './jsonBody.js';
import type { Prompt } from './prompt.js';

const topLevel = new Set(
  (
    'messages system inferenceConfig toolConfig guardrailConfig additionalModelRequestFields promptVariables ' +
    'additionalModelResponseFieldPaths requestMetadata performanceConfig serviceTier outputConfig'
  ).split(' '),
);
const blockKinds = new Set(
  (
    'text image document video audio toolUse toolResult guardContent cachePoint reasoningContent ' +
    'citationsContent searchResult'
  ).split(' '),
);

const invalid = (message: string): never => refuse('ValidationException', message);

/** Parses a Converse body as strictly as Bedrock does; throws Refused with Bedrock's message if it is known. */
export function readConverse(body: Buffer): Prompt {
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
  const system = list(fields['system'] ?? [], 'system').map((block, index) =>
    readBlock(block, `system.${index}`, 'SystemContentBlock'),
  );
  return { messages, system: system.join('\n'), ...readInference(fields['inferenceConfig'] ?? {}) };
}

const list = (value: unknown, path: string): readonly unknown[] =>
  Array.isArray(value)
    ? value
    : invalid(`Value at '${path}' failed to satisfy constraint: Member must be a list`);

function readMessages(value: unknown): Prompt['messages'] {
  const given = list(value, 'messages');
  if (given.length === 0)
    invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  const messages = given.map((message, index) => readMessage(message, `messages.${index}`));
  if (messages[0]?.role !== 'user') {
    invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  }
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

function readMessage(value: unknown, path: string) {
  const fields = isFields(value)
    ? value
    : invalid(`Value at '${path}' failed to satisfy constraint: Member must be a structure`);
  const { role, content } = fields;
  if (role !== 'user' && role !== 'assistant') {
    return invalid(
      `Value '${String(role)}' at '${path}.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant]`,
    );
  }
  const blocks = list(content, `${path}.content`);
  if (blocks.length === 0) {
    invalid(
      `The content field in the Message object at ${path} is empty. Add a ContentBlock object to the content field and try again.`,
    );
  }
  const texts = blocks.map((block, index) => readBlock(block, `${path}.content.${index}`, 'ContentBlock'));
  return { role, text: texts.join('\n') };
}

function readBlock(value: unknown, path: string, kind: string): string {
  const members = isFields(value) ? Object.entries(value) : [];
  const [name = '', content] = members[0] ?? [];
  if (members.length !== 1 || !blockKinds.has(name)) {
    invalid(
      `The ${kind} object at ${path} must set one of the following keys: ${[...blockKinds].join(', ')}.`,
    );
  }
  if (name !== 'text') return '';
  if (typeof content !== 'string')
    return invalid(`Value at '${path}.text' failed to satisfy constraint: Member must be a string`);
  if (content.trim() === '') {
    invalid(
      `The text field in the ${kind} object at ${path} is blank. Add text to the text field, and try again.`,
    );
  }
  return content;
}

const numberBetween =
  (least: number, most: number, whole = false) =>
  (value: unknown) =>
    typeof value === 'number' && value >= least && value <= most && (!whole || Number.isInteger(value));

const inferenceFields: Readonly<Record<string, (value: unknown) => boolean>> = {
  maxTokens: numberBetween(1, Number.MAX_SAFE_INTEGER, true),
  temperature: numberBetween(0, 1),
  topP: numberBetween(0, 1),
  stopSequences: (value) =>
    Array.isArray(value) && value.every((stop) => typeof stop === 'string' && stop !== ''),
};

function readInference(value: unknown): Pick<Prompt, 'maxTokens' | 'stopSequences'> {
  const fields = isFields(value)
    ? value
    : invalid("Value at 'inferenceConfig' failed to satisfy constraint: Member must be a structure");
  for (const [name, setting] of Object.entries(fields)) {
    if (inferenceFields[name]?.(setting)) continue;
    invalid(
      `1 validation error detected: Value '${JSON.stringify(setting)}' at 'inferenceConfig.${name}' failed to satisfy constraint`,
    );
  }
  return {
    maxTokens: fields['maxTokens'] as number | undefined,
    stopSequences: (fields['stopSequences'] ?? []) as readonly string[],
  };
}
