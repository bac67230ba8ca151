// The Anthropic Messages API: Claude 3 and every Claude since.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
import { AnswerUnreadable, ErrorEvent } from '../../model/errors';
import { isRecord } from '../../gateway/response';
import type { Usage } from '../../model/usage';
import type { Message, ToolConfig } from '../../model/content';
import type { Parameters } from '../../model/request';
import { claudeBlock } from '../../content/blockKinds';
import { type BlockPart, BlockReader } from './blockReader';
import {
  type BodyExtras,
  type ChunkReader,
  type Codec,
  type Fields,
  cacheWritten,
  tokenCount,
  present,
} from './codec';
import { noBytes, writeContext, writtenBlocks } from './writeContent';

/** The output limit that every model of the family accepts: that of Claude 3 Haiku. */
const safeLimit = 4096;

export const claudeMessages: Codec = {
  limit: {
    field: 'max_tokens',
    // The thinking budget is part of the limit, and must be smaller.
    tokens: (parameters) => parameters.maxTokens ?? safeLimit + thinkingBudget(parameters),
  },

  body: (messages, { systemPrompt, temperature, topP, stopSequences, effort }, extras = {}) =>
    present({
      anthropic_version: 'bedrock-2023-05-31',
      system:
        systemPrompt !== undefined && extras.cachePoints?.system
          ? [{ type: 'text', text: systemPrompt, ...cached }]
          : systemPrompt,
      messages: writtenMessages(messages, extras),
      ...(extras.tools && writtenTools(extras.tools, extras)),
      output_config: effort && { effort },
      temperature,
      top_p: topP,
      stop_sequences: stopSequences,
    }),

  parseWhole: (output) => {
    throwIfError(output);
    const { content, stop_reason, usage } = output;
    if (!Array.isArray(content)) throw new AnswerUnreadable();
    const parts: BlockPart[] = [];
    const blocks = new BlockReader((part) => parts.push(part));
    for (const [index, block] of (content as unknown[]).entries())
      if (isRecord(block)) {
        readBlock(index, block, blocks);
        blocks.stop();
      }
    const stopReason = typeof stop_reason === 'string' ? stop_reason : undefined;
    if (stopReason !== undefined) blocks.end(stopReason);
    return {
      parts,
      stopReason,
      usage: isRecord(usage) ? usageOf(usage) : undefined,
    };
  },

  reader: (emit) => new MessageReader(emit),
};

const cached = { cache_control: { type: 'ephemeral' } } as const;

function writtenMessages(
  messages: readonly Message[],
  { cachePoints: { messages: withPoint = [] } = {}, bytesOf = noBytes }: BodyExtras,
): readonly Fields[] {
  const context = writeContext(bytesOf);
  return messages.map((message, index) => {
    const { role } = message;
    const blocks = writtenBlocks(message).map((block) => claudeBlock(block, context));
    const last = blocks.at(-1);
    return {
      role,
      content: last && withPoint.includes(index) ? [...blocks.slice(0, -1), { ...last, ...cached }] : blocks,
    };
  });
}

function writtenTools({ tools, choice }: ToolConfig, { cachePoints }: BodyExtras): Fields {
  const written = tools.map(({ name, description, inputSchema }, index) => ({
    ...{ name, ...(description && { description }), input_schema: inputSchema },
    ...(cachePoints?.tools && index === tools.length - 1 && cached),
  }));
  // `auto` is the default.
  const toolChoice =
    choice === 'auto'
      ? {}
      : { tool_choice: choice === 'any' ? { type: 'any' } : { type: 'tool', name: choice.tool } };
  return { tools: written, ...toolChoice };
}

function thinkingBudget({ additionalFields }: Parameters): number {
  const thinking = additionalFields?.['thinking'];
  return (isRecord(thinking) ? tokenCount(thinking['budget_tokens']) : undefined) ?? 0;
}

class MessageReader implements ChunkReader {
  stopReason: string | undefined;
  usage: Usage | undefined;
  /** The stop reason, which is sent before the message is complete. */
  private pendingReason = '';
  private counts: Fields = {};
  private readonly blocks: BlockReader;

  constructor(emit: (part: BlockPart) => void) {
    this.blocks = new BlockReader(emit);
  }

  read(event: Fields): void {
    switch (event['type']) {
      case 'message_start':
        if (isRecord(event['message']) && isRecord(event['message']['usage']))
          this.counts = event['message']['usage'];
        return;
      case 'content_block_start':
        if (isRecord(event['content_block'])) readStart(event['index'], event['content_block'], this.blocks);
        return;
      case 'content_block_delta':
        if (isRecord(event['delta'])) readDelta(event['index'], event['delta'], this.blocks);
        return;
      case 'content_block_stop':
        this.blocks.stop();
        return;
      case 'message_delta':
        this.delta(event);
        return;
      case 'message_stop':
        this.blocks.end(this.pendingReason);
        this.stopReason = this.pendingReason;
        return;
      default:
        throwIfError(event);
    }
  }

  /** The counts are cumulative; missing ones are those of message_start. */
  private delta({ delta, usage }: Fields): void {
    if (isRecord(delta) && typeof delta['stop_reason'] === 'string')
      this.pendingReason = delta['stop_reason'];
    if (!isRecord(usage)) return;
    const reported = Object.entries(usage).filter(
      ([, value]) => tokenCount(value) !== undefined || isRecord(value),
    );
    this.counts = { ...this.counts, ...Object.fromEntries(reported) };
    this.usage = usageOf(this.counts);
  }
}

/** A block of a stream begins, empty but for what never comes in pieces. */
function readStart(index: unknown, block: Fields, blocks: BlockReader): void {
  if (block['type'] === 'tool_use') blocks.toolUse(index, { id: block['id'], name: block['name'] });
  else readBlock(index, block, blocks);
}

function readDelta(index: unknown, delta: Fields, blocks: BlockReader): void {
  const { type, text, thinking, signature, partial_json } = delta;
  if (type === 'text_delta' && typeof text === 'string') blocks.text(index, text);
  else if (type === 'thinking_delta' || type === 'signature_delta')
    blocks.reasoning(index, { text: thinking, signature });
  else if (type === 'input_json_delta' && typeof partial_json === 'string')
    blocks.toolInput(index, partial_json);
}

/** Reads a block of a whole reply. Blocks of unknown kinds are ignored. */
function readBlock(index: unknown, block: Fields, blocks: BlockReader): void {
  const { type, text, thinking, signature, data, id, name, input } = block;
  if (type === 'text' && typeof text === 'string') blocks.text(index, text);
  else if (type === 'thinking') blocks.reasoning(index, { text: thinking, signature });
  else if (type === 'redacted_thinking') blocks.reasoning(index, { redacted: data });
  else if (type === 'tool_use') {
    blocks.toolUse(index, { id, name });
    blocks.toolInput(index, JSON.stringify(input ?? {}));
  }
}

/**
 * `input_tokens` excludes both cache counts, as in Converse.
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching#1-hour-cache-duration
 */
function usageOf(usage: Fields): Usage {
  const written = isRecord(usage['cache_creation']) ? usage['cache_creation'] : {};
  const details = isRecord(usage['output_tokens_details']) ? usage['output_tokens_details'] : {};
  const reasoning = tokenCount(details['thinking_tokens']);
  return {
    input: tokenCount(usage['input_tokens']) ?? 0,
    output: tokenCount(usage['output_tokens']) ?? 0,
    ...(reasoning !== undefined && { reasoning }),
    cacheRead: tokenCount(usage['cache_read_input_tokens']) ?? 0,
    ...cacheWritten(tokenCount(usage['cache_creation_input_tokens']), {
      hour: tokenCount(written['ephemeral_1h_input_tokens']),
      others: tokenCount(written['ephemeral_5m_input_tokens']),
    }),
  };
}

/** @throws ErrorEvent for an error event. */
function throwIfError({ type, error }: Fields): void {
  if (type !== 'error') return;
  const { type: code, message } = isRecord(error) ? error : {};
  throw new ErrorEvent(typeof code === 'string' ? code : 'error', typeof message === 'string' ? message : '');
}
