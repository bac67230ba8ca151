// The Anthropic Text Completions API: Claude 2 and Claude Instant. One text holds the whole conversation.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-text-completion.html
import { AnswerUnreadable } from '../../model/errors';
import { type Message, textOf } from '../../model/content';
import type { BlockPart } from './blockReader';
import { type ChunkReader, type Codec, type Fields, present } from './codec';

/** The output limit that every model of the family accepts. */
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
      // Otherwise the model goes on and writes the next question itself.
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

  reader: (emit) => new CompletionReader(emit),
};

class CompletionReader implements ChunkReader {
  stopReason: string | undefined;
  /** The format has no token counts. */
  readonly usage = undefined;

  constructor(private readonly emit: (part: BlockPart) => void) {}

  read(chunk: Fields): void {
    this.stopReason ??= stopReasonOf(chunk);
    const { completion } = chunk;
    if (typeof completion === 'string' && completion) this.emit({ type: 'text', text: completion });
  }
}

/** The system prompt goes into the first question: Claude Instant accepts no text before it. */
function promptOf(messages: readonly Message[], systemPrompt: string | undefined): string {
  const first = systemPrompt ? `${systemPrompt}\n\n` : '';
  const parts = messages.map(
    (message, index) => `${turns[message.role]} ${index === 0 ? first : ''}${textOf(message)}`,
  );
  return parts.join('') + turns.assistant;
}

/** Our own stop sequence is the natural end of a turn. */
function stopReasonOf({ stop_reason, stop }: Fields): string | undefined {
  if (typeof stop_reason !== 'string') return undefined;
  return stop_reason === 'stop_sequence' && (stop === human || stop === undefined || stop === null)
    ? 'end_turn'
    : stop_reason;
}
