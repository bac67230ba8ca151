// Anthropic's Text Completions: Claude 2 and Claude Instant. One text holds the whole conversation.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-text-completion.html
import { AnswerUnreadable } from '../../model/errors';
import { type Message, textOf } from '../../model/request';
import { type ChunkReader, type Codec, type Fields, type ReplyTexts, present } from './codec';

/** What every model of the family may write. */
const safeLimit = 4096;

const human = '\n\nHuman:';
const turns: { readonly [Role in Message['role']]: string } = { user: human, assistant: '\n\nAssistant:' };

export const claudeText: Codec = {
  limit: {
    field: 'max_tokens_to_sample',
    tokens: ({ maxTokens }) => maxTokens ?? safeLimit,
  },

  body: (messages, { systemPrompt, temperature, topP, stopSequences = [] }) =>
    present({
      prompt: promptOf(messages, systemPrompt),
      temperature,
      top_p: topP,
      // Without it the model goes on and writes the next question itself.
      stop_sequences: [human, ...stopSequences.filter((stop) => stop !== human)],
    }),

  parseWhole: (output) => {
    const { completion } = output;
    if (typeof completion !== 'string') throw new AnswerUnreadable();
    return {
      parts: completion ? [{ type: 'text', text: completion }] : [],
      stopReason: stopReasonOf(output),
    };
  },

  reader: () => new CompletionReader(),
};

class CompletionReader implements ChunkReader {
  stopReason: string | undefined;
  /** The body tells of no tokens. */
  readonly usage = undefined;

  read(chunk: Fields): ReplyTexts | undefined {
    this.stopReason ??= stopReasonOf(chunk);
    const { completion } = chunk;
    return typeof completion === 'string' && completion ? { type: 'text', text: completion } : undefined;
  }
}

/** There is no place for a system prompt but the first question: before it, Claude Instant takes nothing. */
function promptOf(messages: readonly Message[], systemPrompt: string | undefined): string {
  const first = systemPrompt ? `${systemPrompt}\n\n` : '';
  const parts = messages.map(
    (message, index) => `${turns[message.role]} ${index === 0 ? first : ''}${textOf(message)}`,
  );
  return parts.join('') + turns.assistant;
}

/** The stop sequence that we set is the natural end. */
function stopReasonOf({ stop_reason, stop }: Fields): string | undefined {
  if (typeof stop_reason !== 'string') return undefined;
  return stop_reason === 'stop_sequence' && (stop === human || stop === undefined || stop === null)
    ? 'end_turn'
    : stop_reason;
}
