// The context windows and output limits of models, in tokens. From AWS's model cards, models.dev and genai-prices, as of
// November 2026; a newer model is found by its exact ID only, since a window is not the same within a line.
import { baseIdOf } from '../core/bedrock/modelId';
import { isSameModel } from '../core/bedrock/modelVersion';

/** The day of the list, YYYY-MM-DD. */
export const windowsAsOf = '2026-11-15';

export interface ModelWindow {
  /** The most tokens of a prompt and its reply together. */
  readonly context: number;
  /** The most tokens of a reply; absent if it is not known. */
  readonly output?: number;
}

const k = 1000;
const million = 1_000_000;

const windows: readonly (readonly [ids: readonly string[], context: number, output: number])[] = [
  [
    [
      'anthropic.claude-fable-5-2',
      'anthropic.claude-fable-5-1',
      'anthropic.claude-opus-5-5',
      'anthropic.claude-opus-5',
      'anthropic.claude-sonnet-5-5',
      'anthropic.claude-sonnet-5',
      'anthropic.claude-haiku-5-5',
      'anthropic.claude-opus-4-8',
      'anthropic.claude-opus-4-7',
      'anthropic.claude-opus-4-6-v1',
    ],
    million,
    128 * k,
  ],
  [['anthropic.claude-sonnet-4-6'], million, 64 * k],
  [['anthropic.claude-haiku-4-5-20251001-v1:0'], 200 * k, 64 * k],
  [['amazon.nova-2-lite-v1:0'], million, 64 * k],
  [['amazon.nova-pro-v1:0', 'amazon.nova-lite-v1:0'], 300 * k, 8 * k],
  [['amazon.nova-micro-v1:0'], 128 * k, 8 * k],
  [['openai.gpt-6-sol'], 1_050 * k, 128 * k],
  [['openai.gpt-oss-120b-1:0', 'openai.gpt-oss-20b-1:0'], 128 * k, 16 * k],
  [['qwen.qwen3-coder-480b-a35b-v1:0'], 131 * k, 65 * k],
  [['qwen.qwen3-235b-a22b-2507-v1:0'], 262 * k, 131 * k],
  [['deepseek.v3.2'], 164 * k, 82 * k],
  [['meta.llama4-maverick-17b-instruct-v1:0'], million, 16 * k],
  [['mistral.mistral-large-3-675b-instruct'], 256 * k, 8 * k],
];

/**
 * The window of a model, by its ID, that of an inference profile, or an ARN that names one; undefined if it is not known.
 * The user's own entry in the setting `models` comes first: see ownContextWindow in src/settings/models.ts.
 */
export function listedWindow(model: string): ModelWindow | undefined {
  const base = baseIdOf(model);
  if (base === undefined) return undefined;
  const row = windows.find(([ids]) => ids.some((id) => isSameModel(id, base)));
  return row && { context: row[1], output: row[2] };
}
