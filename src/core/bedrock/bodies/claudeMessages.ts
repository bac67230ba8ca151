// The Anthropic Messages API: Claude 3 and every Claude since.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages.html
import { AnswerUnreadable, ErrorEvent } from '../../model/errors';
import { isRecord } from '../../gateway/response';
import type { Usage } from '../../model/usage';
import type { Parameters } from '../../model/request';
import {
  type ChunkReader,
  type Codec,
  type Fields,
  type ReplyTexts,
  cacheWritten,
  tokenCount,
  present,
} from './codec';

/** The output limit that every model of the family accepts: that of Claude 3 Haiku. */
const safeLimit = 4096;

export const claudeMessages: Codec = {
  limit: {
    field: 'max_tokens',
    // The thinking budget is part of the limit, and must be smaller.
    tokens: (parameters) => parameters.maxTokens ?? safeLimit + thinkingBudget(parameters),
  },

  body: (messages, { systemPrompt, temperature, topP, stopSequences }) =>
    present({
      anthropic_version: 'bedrock-2023-05-31',
      system: systemPrompt,
      messages: messages.map(({ role, content }) => ({
        role,
        content: content.map(({ text }) => ({ type: 'text', text })),
      })),
      temperature,
      top_p: topP,
      stop_sequences: stopSequences,
    }),

  parseWhole: (output) => {
    throwIfError(output);
    const { content, stop_reason, usage } = output;
    if (!Array.isArray(content)) throw new AnswerUnreadable();
    const parts = (content as unknown[]).flatMap((block) => (isRecord(block) ? (partOf(block) ?? []) : []));
    return {
      parts,
      stopReason: typeof stop_reason === 'string' ? stop_reason : undefined,
      usage: isRecord(usage) ? usageOf(usage) : undefined,
    };
  },

  reader: () => new MessageReader(),
};

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

  read(event: Fields): ReplyTexts | undefined {
    switch (event['type']) {
      case 'message_start':
        if (isRecord(event['message']) && isRecord(event['message']['usage']))
          this.counts = event['message']['usage'];
        return undefined;
      case 'content_block_delta':
        return isRecord(event['delta']) ? partOf(event['delta']) : undefined;
      case 'message_delta':
        this.delta(event);
        return undefined;
      case 'message_stop':
        this.stopReason = this.pendingReason;
        return undefined;
      default:
        throwIfError(event);
        return undefined;
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

/** The text or thinking in a content block or a delta; tools and signatures are not shown. */
function partOf({ type, text, thinking }: Fields): ReplyTexts | undefined {
  if ((type === 'text' || type === 'text_delta') && typeof text === 'string' && text)
    return { type: 'text', text };
  if ((type === 'thinking' || type === 'thinking_delta') && typeof thinking === 'string' && thinking)
    return { type: 'reasoning', text: thinking };
  return undefined;
}

/**
 * `input_tokens` excludes both cache counts, as in Converse.
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching#1-hour-cache-duration
 */
function usageOf(usage: Fields): Usage {
  const written = isRecord(usage['cache_creation']) ? usage['cache_creation'] : {};
  return {
    input: tokenCount(usage['input_tokens']) ?? 0,
    output: tokenCount(usage['output_tokens']) ?? 0,
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
