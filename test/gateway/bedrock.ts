// Plays Bedrock: AWS's checks, then the model.
import { randomUUID } from 'node:crypto';
import type { Address } from './address.js';
import { type Answer, jsonAnswer } from './answer.js';
import { authenticate } from './authenticate.js';
import { refuse } from './awsErrors.js';
import { behaviourOf } from './behaviours.js';
import { type Complain, invalid, modelComplaint } from './content/constraints.js';
import { rulesOf } from './content/modelRules.js';
import { signedBlocks } from './content/signedReply.js';
import { checkThinking } from './content/thinking.js';
import { forward } from './forward.js';
import { blockedPrompt, guardOf, guardedReply, applyRules } from './guardrail.js';
import type { Entry } from './log.js';
import { type Ask, standInReply } from './model.js';
import { type ReplyFormat, operations } from './operations.js';
import type { Received } from './received.js';
import { blocksOf, completed, type Script, textUsage } from './reply.js';
import type { GatewayState } from './running.js';
import { streamed, delayed } from './stream.js';

const modelIds = /^[a-zA-Z0-9.:/_-]{1,2048}$/;

/** `alias` is the stored key with which the gateway signs for the caller. Throws Refused. */
export function bedrock(
  received: Received,
  address: Address,
  alias: string | undefined,
  entry: Entry,
  running: GatewayState,
): Answer {
  const { options, switches, log } = running;
  const { model = '', region = '', operation: name = '' } = address;
  const forwarded = forward(received, address, switches);
  log.changed(entry, { seenByAws: { path: forwarded.path, headers: forwarded.headers } });
  if (alias !== undefined) log.changed(entry, { authentication: 'storedKeys' });
  const identity =
    alias === undefined
      ? authenticate(forwarded, region, options, entry, log)
      : `the key stored in the gateway${alias && ` as ${alias}`}`;
  const operation = received.method === 'POST' ? operations[name] : undefined;
  if (!operation)
    refuse('UnknownOperationException', 'The requested operation is not recognized by the service.');
  if (!modelIds.test(model)) refuse('ValidationException', 'The provided model identifier is invalid.');
  if (!/^application\/json\b/.test(forwarded.headers['content-type'] ?? '')) {
    refuse('UnsupportedMediaTypeException', 'The content type must be application/json.');
  }
  const { prompt, format } = operation.read(forwarded.body, model);
  if (prompt.content) {
    const complain: Complain = name.startsWith('converse') ? modelComplaint : invalid;
    checkThinking(prompt.content, model, rulesOf(model), running.thinking, complain);
  }
  const guard = guardOf(name, region, forwarded);
  const verdict = guard && applyRules(guard, 'input', prompt.messages.at(-1)?.text ?? '');
  const respond = (script: Script) =>
    responseFrom(script, operation.streaming, format, { model, prompt }, running);
  // The model is not called.
  if (verdict?.blocked) return respond(blockedPrompt(guard!, verdict));
  const turn = (running.turns.get(model) ?? 0) + 1;
  running.turns.set(model, turn);
  const { behaviour, number } = behaviourOf(model, running) ?? {};
  const ask: Ask = { model, region, operation: name, identity, prompt, turn, number, root: running.root() };
  const scripted = behaviour?.where === 'bedrock' ? behaviour.answer : standInReply;
  const result = (running.scripts.get(model) ?? scripted)(ask);
  if (!('deltas' in result)) return result;
  return respond(verdict ? guardedReply(guard, verdict, result) : result);
}

function responseFrom(
  script: Script,
  streaming: boolean,
  format: ReplyFormat,
  { model, prompt }: Pick<Ask, 'model' | 'prompt'>,
  { options, switches, thinking, promptCache }: GatewayState,
): Answer {
  const { content, messages, system } = prompt;
  const input = content
    ? promptCache.use(content, model, rulesOf(model))
    : textUsage(messages.reduce((sum, { text }) => sum + text.length, system.length));
  const blocks = signedBlocks(blocksOf(script), content, model, thinking);
  const reply = completed(script, blocks, input, options.pace, content?.serviceTier);
  const form = streaming && !switches.streamAsJson ? 'stream' : 'whole';
  const headers = { 'x-amzn-requestid': randomUUID(), ...format.headers?.(reply)[form], ...reply.headers };
  if (form === 'stream') {
    return streamed(format.frames(reply, model), reply, headers, switches.mangleFrames);
  }
  return delayed(jsonAnswer(200, format.whole(reply, model), headers), reply);
}
