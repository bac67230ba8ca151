// Amazon Titan Text on Bedrock:
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-text.html
import type { Fields } from '../jsonBody.js';
import type { ReplyFormat } from '../operations.js';
import type { Prompt } from '../prompt.js';
import type { Reply } from '../reply.js';
import { guardrail, headers, metrics, textFrames } from './chunks.js';
import { validate, list, number, object, text } from './schema.js';

const maxOutput = (model: string) =>
  model.includes('lite') ? 4096 : model.includes('premier') ? 3072 : 8192;
/** The default output limit. */
const defaultOutput = 512;

const body = (model: string) =>
  object(
    {
      inputText: text({ least: 1 }),
      textGenerationConfig: object({
        maxTokenCount: number(0, maxOutput(model), true),
        temperature: number(0, 1),
        topP: number(0, 1),
        stopSequences: list(text({ pattern: /^(\|+|User:)$/ })),
      }),
    },
    ['inputText'],
  );

export function readTitan(fields: Fields, model: string): Prompt {
  validate(body(model), fields);
  const { inputText, textGenerationConfig: config = {} } = fields as {
    inputText: string;
    textGenerationConfig?: { maxTokenCount?: number; stopSequences?: string[] };
  };
  return {
    ...conversation(inputText),
    maxTokens: config.maxTokenCount ?? defaultOutput,
    stopSequences: config.stopSequences ?? [],
  };
}

/** A text without turns is a single question. */
function conversation(inputText: string): Pick<Prompt, 'system' | 'messages'> {
  const [before = '', ...turns] = inputText.replace(/\nBot:$/, '').split(/(?:^|\n)(User|Bot): /);
  if (turns.length === 0) return { system: '', messages: [{ role: 'user', text: inputText }] };
  const messages = turns.flatMap((role, index) =>
    index % 2 ? [] : [{ role: role === 'User' ? 'user' : 'assistant', text: turns[index + 1] ?? '' }],
  );
  return { system: before.trimEnd(), messages };
}

const reasons: Readonly<Record<string, string>> = {
  end_turn: 'FINISH',
  guardrail_intervened: 'FINISH',
  max_tokens: 'LENGTH',
  stop_sequence: 'STOP_CRITERIA_MET',
};
const reasonOf = ({ stopReason }: Reply) => reasons[stopReason] ?? stopReason.toUpperCase();

/** AWS uses both spellings of the natural end: one here and one there. */
const wholeReason = (reply: Reply) => reasonOf(reply).replace(/^FINISH$/, 'FINISHED');

export const titanVoice: ReplyFormat = {
  whole: (reply) => ({
    inputTextTokenCount: reply.usage.inputTokens,
    results: [
      {
        tokenCount: reply.usage.outputTokens,
        outputText: reply.deltas.join(''),
        completionReason: wholeReason(reply),
      },
    ],
    ...guardrail(reply),
  }),
  frames: (reply) =>
    textFrames(
      reply,
      (delta) => ({
        outputText: delta,
        index: 0,
        totalOutputTextTokenCount: null,
        completionReason: null,
        inputTextTokenCount: reply.usage.inputTokens,
      }),
      {
        outputText: '',
        index: 0,
        totalOutputTextTokenCount: reply.usage.outputTokens,
        completionReason: reasonOf(reply),
        inputTextTokenCount: null,
        ...guardrail(reply),
        ...metrics(reply),
      },
    ),
  headers,
};
