// The Anthropic Text Completions API on Bedrock:
// https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-text-completion.html
import { refuse } from '../awsErrors.js';
import type { Fields } from '../jsonBody.js';
import type { ReplyFormat } from '../operations.js';
import type { Prompt } from '../prompt.js';
import type { Reply } from '../reply.js';
import { guardrail, headers, metrics, textFrames } from './chunks.js';
import { validate, list, number, object, text } from './schema.js';

const human = '\n\nHuman:';
const assistant = '\n\nAssistant:';

const body = object(
  {
    prompt: text({ least: 1 }),
    max_tokens_to_sample: number(1, 4096, true),
    temperature: number(0, 1),
    top_p: number(0, 1),
    top_k: number(0, 500, true),
    stop_sequences: list(text({ least: 1 })),
  },
  ['prompt', 'max_tokens_to_sample'],
);

export function readText(fields: Fields): Prompt {
  validate(body, fields);
  const { prompt, max_tokens_to_sample, stop_sequences } = fields as {
    prompt: string;
    max_tokens_to_sample: number;
    stop_sequences?: string[];
  };
  if (!prompt.startsWith(human)) invalid(`prompt must start with "${escaped(human)}" turn`);
  if (!prompt.endsWith(assistant)) invalid(`prompt must end with "${escaped(assistant)}" turn`);
  const turns = prompt.split(/\n\n(Human|Assistant):/).slice(1, -2);
  const messages = turns.flatMap((role, index) =>
    index % 2 ? [] : [{ role: role === 'Human' ? 'user' : 'assistant', text: turnText(turns[index + 1]) }],
  );
  if (messages.some((message) => !message.text.trim())) invalid('turns must not be empty');
  return {
    messages,
    system: '',
    maxTokens: max_tokens_to_sample,
    stopSequences: stop_sequences ?? [],
  };
}

const invalid = (message: string): never => refuse('ValidationException', `Invalid prompt: ${message}`);
const escaped = (turn: string) => turn.replaceAll('\n', '\\n');
const turnText = (turn = '') => (turn.startsWith(' ') ? turn.slice(1) : turn);

/** The natural end is a stop sequence of the caller: the model begins the next question. */
const endings: Readonly<Record<string, readonly [reason: string, stop: string | null]>> = {
  end_turn: ['stop_sequence', human],
  guardrail_intervened: ['stop_sequence', human],
  stop_sequence: ['stop_sequence', 'END'],
};

function ending({ stopReason }: Reply): object {
  const [reason, stop] = endings[stopReason] ?? [stopReason, null];
  return { stop_reason: reason, stop };
}

export const textVoice: ReplyFormat = {
  whole: (reply) => ({
    type: 'completion',
    completion: reply.deltas.join(''),
    ...ending(reply),
    ...guardrail(reply),
  }),
  frames: (reply) =>
    textFrames(reply, (delta) => ({ type: 'completion', completion: delta, stop_reason: null, stop: null }), {
      type: 'completion',
      completion: '',
      ...ending(reply),
      ...guardrail(reply),
      ...metrics(reply),
    }),
  headers,
};
