// InvokeModel: whose body it is, then that model's own rules.
import { refuse } from '../awsErrors.js';
import { type Fields, parseFields } from '../jsonBody.js';
import type { Asked, Voice } from '../operations.js';
import type { Prompt } from '../prompt.js';
import { messagesVoice, readMessages } from './claudeMessages.js';
import { readText, textVoice } from './claudeText.js';
import { malformed } from './schema.js';
import { readTitan, titanVoice } from './titanText.js';

interface Native {
  readonly ids: RegExp;
  /** A field that no other body has. */
  readonly field: string;
  readonly read: (fields: Fields, model: string) => Prompt;
  readonly voice: Voice;
}

const natives: readonly Native[] = [
  { ids: /anthropic\.claude-(v\d|instant)/, field: 'prompt', read: readText, voice: textVoice },
  { ids: /anthropic\.claude-/, field: 'messages', read: readMessages, voice: messagesVoice },
  { ids: /amazon\.titan-text-/, field: 'inputText', read: readTitan, voice: titanVoice },
];

/** Throws Refused with Bedrock's words where they are known. */
export function readInvoke(body: Buffer, model: string): Asked {
  const fields = parseFields(body);
  if (!fields)
    return refuse(
      'ValidationException',
      'Malformed input request, please reformat your input and try again.',
    );
  const native = natives.find(({ ids }) => ids.test(model)) ?? behindArn(fields, model);
  // For the guardrail, which is not the model's.
  const { 'amazon-bedrock-guardrailConfig': _config, ...own } = fields;
  return { prompt: native.read(own, model), voice: native.voice };
}

/** Behind an ARN that names no model is the one that the caller takes it for. */
function behindArn(fields: Fields, model: string): Native {
  if (!model.startsWith('arn:'))
    return refuse('ValidationException', `The stand-in does not play the body of ${model}.`);
  return (
    natives.find(({ field }) => Object.hasOwn(fields, field)) ??
    malformed([`#: required key [messages] not found`])
  );
}
