// The Anthropic Messages API on Bedrock:
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
import { allBlocks, type Block, type ContentMessage, type PromptContent, textOf } from '../content/blocks.js';
import { checkClaudeRules } from '../content/claudeRules.js';
import { readClaudeSettings } from '../content/claudeSettings.js';
import { invalid } from '../content/constraints.js';
import { rulesOf } from '../content/modelRules.js';
import type { Fields } from '../jsonBody.js';
import type { Prompt } from '../prompt.js';
import { claudeBlockTypes, readClaudeBlocks, readClaudeToolChoice, readClaudeTools } from './claudeBlocks.js';
import { anything, validate, list, number, object, oneOf, stringOr, text } from './schema.js';

const block = object(
  {
    type: oneOf(...claudeBlockTypes),
    ...{ text: text(), cache_control: anything, citations: anything, source: anything, title: anything },
    ...{ id: anything, name: anything, input: anything, tool_use_id: anything, content: anything },
    ...{ is_error: anything, thinking: anything, signature: anything, data: anything, context: anything },
  },
  ['type'],
);

const body = object(
  {
    anthropic_version: oneOf('bedrock-2023-05-31'),
    anthropic_beta: list(text()),
    max_tokens: number(-Infinity, Infinity, true),
    system: stringOr(text(), list(block)),
    messages: list(
      object({ role: oneOf('user', 'assistant'), content: stringOr(text(), list(block)) }, [
        'role',
        'content',
      ]),
    ),
    temperature: number(0, 1),
    top_p: number(0, 1),
    top_k: number(0, 500, true),
    stop_sequences: list(text({ least: 1 })),
    ...{ thinking: anything, tools: anything, tool_choice: anything, output_config: anything },
    context_management: anything,
  },
  ['anthropic_version', 'max_tokens', 'messages'],
);

/** The output limit of a model; later models have a higher one than any test needs. */
const maxOutput = (model: string) =>
  /claude-3-(?:haiku|sonnet|opus|5-sonnet-20240620)/.test(model) ? 4096 : 64_000;

export function readMessages(fields: Fields, model: string): Prompt {
  validate(body, fields);
  const {
    max_tokens: maxTokens,
    system,
    messages: given,
    stop_sequences,
  } = fields as {
    max_tokens: number;
    system?: string | Fields[];
    messages: { role: 'user' | 'assistant'; content: string | Fields[] }[];
    stop_sequences?: string[];
  };
  if (maxTokens < 1) invalid('max_tokens: must be greater than or equal to 1');
  if (maxTokens > maxOutput(model))
    invalid(
      `max_tokens: ${maxTokens} > ${maxOutput(model)}, which is the maximum allowed number of output tokens for ${model}`,
    );
  if (stop_sequences?.some((stop) => !stop.trim()))
    invalid('stop_sequences: each stop sequence must contain non-whitespace');
  const thinking = readClaudeSettings(fields, maxTokens, invalid);
  checkRoles(given);
  const messages = given.map(({ role, content }, index): ContentMessage => {
    const blocks = readClaudeBlocks(content, `messages.${index}.content`, 'messages');
    if (blocks.length === 0)
      invalid(
        'messages: all messages must have non-empty content except for the optional final assistant message',
      );
    return { role, blocks };
  });
  const tools = readClaudeTools(fields['tools']);
  const content: PromptContent = {
    system: readSystem(system),
    tools,
    messages,
    toolChoice: readClaudeToolChoice(fields['tool_choice'], tools),
    thinking,
  };
  checkTools(content);
  checkClaudeRules(content, { complain: invalid, bytesField: 'source.base64' }, rulesOf(model));
  return {
    messages: messages.map(({ role, blocks }) => ({ role, text: textOf(blocks) })),
    system: textOf(content.system),
    maxTokens,
    stopSequences: stop_sequences ?? [],
    content,
  };
}

/** A string may be empty; a block may not. */
function readSystem(system: string | readonly Fields[] = []): readonly Block[] {
  if (typeof system !== 'string') return readClaudeBlocks(system, 'system', 'system', ['text']);
  return system ? [{ kind: 'text', text: system, path: 'system' }] : [];
}

function checkRoles(messages: readonly { role: string }[]): void {
  if (messages.length === 0) invalid('messages: at least one message is required');
  if (messages[0]?.role !== 'user') invalid('messages: first message must use the "user" role');
  const repeated = messages.find(({ role }, index) => role === messages[index + 1]?.role);
  if (repeated)
    invalid(
      `messages: roles must alternate between "user" and "assistant", but found multiple "${repeated.role}" roles in a row`,
    );
  if (messages.at(-1)?.role !== 'user')
    invalid(
      'This model does not support assistant message prefill. The conversation must end with a user message.',
    );
}

function checkTools(content: PromptContent): void {
  const used = allBlocks(content).some(({ kind }) => kind === 'toolUse' || kind === 'toolResult');
  if (used && content.tools.length === 0)
    invalid('Requests which include `tool_use` or `tool_result` blocks must define tools');
}
