// Amazon Titan Text. One text holds the whole conversation, in the form that AWS documents.
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html
import { AnswerUnreadable } from '../../model/errors';
import { isRecord } from '../../gateway/response';
import type { Usage } from '../../model/usage';
import { type Message, textOf } from '../../model/content';
import type { BlockPart } from './blockReader';
import { type ChunkReader, type Codec, type Fields, tokenCount, present } from './codec';

const turns: { readonly [Role in Message['role']]: string } = { user: 'User:', assistant: 'Bot:' };

export const titanText: Codec = {
  body: (messages, { systemPrompt, maxTokens, temperature, topP, stopSequences }) => {
    const config = present({ maxTokenCount: maxTokens, temperature, topP, stopSequences });
    return {
      inputText: promptOf(messages, systemPrompt),
      ...(Object.keys(config).length > 0 && { textGenerationConfig: config }),
    };
  },

  parseWhole: ({ results, inputTextTokenCount }) => {
    const [result] = Array.isArray(results) ? (results as unknown[]) : [];
    if (!isRecord(result)) throw new AnswerUnreadable();
    const { outputText, tokenCount: outputTokens } = result;
    if (typeof outputText !== 'string') throw new AnswerUnreadable();
    return {
      parts: outputText ? [{ type: 'text', text: outputText }] : [],
      stopReason: stopReasonOf(result),
      usage: usageOf(tokenCount(inputTextTokenCount), tokenCount(outputTokens)),
    };
  },

  reader: (emit) => new TitanReader(emit),
};

function promptOf(messages: readonly Message[], systemPrompt: string | undefined): string {
  const parts = messages.map((message) => `${turns[message.role]} ${textOf(message)}\n`);
  return `${systemPrompt ? `${systemPrompt}\n\n` : ''}${parts.join('')}${turns.assistant}`;
}

class TitanReader implements ChunkReader {
  stopReason: string | undefined;
  /** The two counts may arrive in different chunks. */
  private input: number | undefined;
  private output: number | undefined;

  get usage(): Usage | undefined {
    return usageOf(this.input, this.output);
  }

  constructor(private readonly emit: (part: BlockPart) => void) {}

  read(chunk: Fields): void {
    this.input = tokenCount(chunk['inputTextTokenCount']) ?? this.input;
    this.output = tokenCount(chunk['totalOutputTextTokenCount']) ?? this.output;
    this.stopReason ??= stopReasonOf(chunk);
    const { outputText } = chunk;
    if (typeof outputText === 'string' && outputText) this.emit({ type: 'text', text: outputText });
  }
}

function usageOf(input: number | undefined, output: number | undefined): Usage | undefined {
  if (input === undefined || output === undefined) return undefined;
  return { input, output, cacheRead: 0, cacheWrite: 0 };
}

const stopReasons: ReadonlyMap<string, string> = new Map([
  ['FINISHED', 'end_turn'],
  ['FINISH', 'end_turn'],
  ['LENGTH', 'max_tokens'],
  ['STOP_CRITERIA_MET', 'stop_sequence'],
  ['CONTENT_FILTERED', 'content_filtered'],
]);

function stopReasonOf({ completionReason }: Fields): string | undefined {
  if (typeof completionReason !== 'string') return undefined;
  return stopReasons.get(completionReason) ?? completionReason;
}
