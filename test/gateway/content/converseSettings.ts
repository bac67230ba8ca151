// The settings of a Converse request beside its messages and tools.
import { isFields } from '../jsonBody.js';
import type { Prompt } from '../prompt.js';
import type { Thinking } from './blocks.js';
import { efforts, readClaudeSettings } from './claudeSettings.js';
import { invalid, modelComplaint, oneOf, structure, text, union, unsatisfied } from './constraints.js';

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

export function readInference(value: unknown): Pick<Prompt, 'maxTokens' | 'stopSequences'> {
  const fields = structure(value, 'inferenceConfig');
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

export function checkOutputConfig(value: unknown): void {
  if (value === undefined) return;
  const { effort, textFormat } = structure(value, 'outputConfig', ['effort', 'textFormat']);
  if (effort !== undefined) oneOf(effort, 'outputConfig.effort', efforts);
  if (textFormat === undefined) return;
  const path = 'outputConfig.textFormat';
  const { type, structure: given } = structure(textFormat, path, ['type', 'structure']);
  oneOf(type, `${path}.type`, ['json_schema']);
  const [, schema] = union(given, `${path}.structure`, 'OutputFormatStructure', ['jsonSchema']);
  const at = `${path}.structure.jsonSchema`;
  text(structure(schema, at, ['schema', 'name', 'description'])['schema'], `${at}.schema`, { least: 1 });
}

export function readServiceTier(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { type } = structure(value, 'serviceTier', ['type']);
  return oneOf(type, 'serviceTier.type', ['priority', 'default', 'flex', 'reserved']);
}

const metadata = { most: 256, pattern: '[a-zA-Z0-9\\s:_@$#=/+,.-]*' };

export function checkRequestMetadata(value: unknown): void {
  if (value === undefined) return;
  const entries = Object.entries(structure(value, 'requestMetadata'));
  if (entries.length < 1 || entries.length > 16)
    unsatisfied('requestMetadata', 'Member must have length between 1 and 16');
  for (const [key, item] of entries) {
    text(key, 'requestMetadata', { ...metadata, least: 1 });
    text(item, `requestMetadata.${key}`, metadata);
  }
}

/** What Claude's own fields say, of those that matter to the stand-in; the others pass unchecked. */
export function readAdditionalFields(value: unknown, maxTokens: number | undefined): Thinking {
  if (value !== undefined && !isFields(value)) {
    invalid(
      'The format of the additionalModelRequestFields field is invalid. Provide a json object for additionalModelRequestFields and try again.',
    );
  }
  return readClaudeSettings(isFields(value) ? value : {}, maxTokens, modelComplaint);
}
