// InvokeModel: finds the model's format, then applies its rules.
import { refuse } from '../awsErrors.js';
import { type Fields, parseFields } from '../jsonBody.js';
import type { ParsedRequest, ReplyFormat } from '../operations.js';
import type { Prompt } from '../prompt.js';
import { readMessages } from './claudeMessages.js';
import { messagesVoice } from './claudeReply.js';
import { readText, textVoice } from './claudeText.js';
import { malformed } from './schema.js';
import { readTitan, titanVoice } from './titanText.js';

interface NativeFormat {
  readonly ids: RegExp;
  /** A field that only this format has. */
  readonly field: string;
  readonly read: (fields: Fields, model: string) => Prompt;
  readonly voice: ReplyFormat;
}

const nativeFormats: readonly NativeFormat[] = [
  { ids: /anthropic\.claude-(v\d|instant)/, field: 'prompt', read: readText, voice: textVoice },
  { ids: /anthropic\.claude-/, field: 'messages', read: readMessages, voice: messagesVoice },
  { ids: /amazon\.titan-text-/, field: 'inputText', read: readTitan, voice: titanVoice },
];

/** Throws Refused with Bedrock's message if it is known. */
export function readInvoke(body: Buffer, model: string): ParsedRequest {
  const fields = parseFields(body);
  if (!fields)
    return refuse(
      'ValidationException',
      'Malformed input request, please reformat your input and try again.',
    );
  const native = nativeFormats.find(({ ids }) => ids.test(model)) ?? formatForArn(fields, model);
  // A field for the guardrail, not for the model.
  const { 'amazon-bedrock-guardrailConfig': _config, ...own } = fields;
  return { prompt: native.read(own, model), format: native.voice };
}

/** For an ARN that names no model, the body's fields decide the format. */
function formatForArn(fields: Fields, model: string): NativeFormat {
  if (!model.startsWith('arn:'))
    return refuse('ValidationException', `The stand-in does not play the body of ${model}.`);
  return (
    nativeFormats.find(({ field }) => Object.hasOwn(fields, field)) ??
    malformed([`#: required key [messages] not found`])
  );
}
