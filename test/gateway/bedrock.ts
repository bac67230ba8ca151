// Everything behind the gateway: the checks of AWS, then the model.
import { randomUUID } from 'node:crypto';
import type { Address } from './address.js';
import { type Answer, jsonAnswer } from './answer.js';
import { authenticate } from './authenticate.js';
import { refuse } from './awsErrors.js';
import { behaviourOf } from './behaviours.js';
import { forward } from './forward.js';
import { blockedPrompt, guardOf, guardedReply, judged } from './guardrail.js';
import type { Entry } from './log.js';
import { type Ask, standInReply } from './model.js';
import { type Voice, operations } from './operations.js';
import { charactersOf } from './prompt.js';
import type { Received } from './received.js';
import { completed, type Script } from './reply.js';
import type { Running } from './running.js';
import { streamed, waited } from './stream.js';

const modelIds = /^[a-zA-Z0-9.:/_-]{1,2048}$/;

/** `alias` names the stored key with which the gateway signs in the caller's place. Throws Refused. */
export function bedrock(
  received: Received,
  address: Address,
  alias: string | undefined,
  entry: Entry,
  running: Running,
): Answer {
  const { options, switches, log } = running;
  const { model = '', region = '', operation: name = '' } = address;
  const seen = forward(received, address, switches);
  log.changed(entry, { seenByAws: { path: seen.path, headers: seen.headers } });
  if (alias !== undefined) log.changed(entry, { authentication: 'storedKeys' });
  const identity =
    alias === undefined
      ? authenticate(seen, region, options, entry, log)
      : `the key stored in the gateway${alias && ` as ${alias}`}`;
  const operation = received.method === 'POST' ? operations[name] : undefined;
  if (!operation)
    refuse('UnknownOperationException', 'The requested operation is not recognized by the service.');
  if (!modelIds.test(model)) refuse('ValidationException', 'The provided model identifier is invalid.');
  if (!/^application\/json\b/.test(seen.headers['content-type'] ?? '')) {
    refuse('UnsupportedMediaTypeException', 'The content type must be application/json.');
  }
  const { prompt, voice } = operation.read(seen.body, model);
  const guard = guardOf(name, region, seen);
  const judgement = guard && judged(guard, 'input', prompt.messages.at(-1)?.text ?? '');
  const say = (script: Script) => spoken(script, operation.streaming, voice, { model, prompt }, running);
  // The model is not asked at all.
  if (judgement?.blocked) return say(blockedPrompt(guard!, judgement));
  const turn = (running.turns.get(model) ?? 0) + 1;
  running.turns.set(model, turn);
  const { behaviour, number } = behaviourOf(model, running) ?? {};
  const ask: Ask = { model, region, operation: name, identity, prompt, turn, number, root: running.root() };
  const played = behaviour?.where === 'bedrock' ? behaviour.answer : standInReply;
  const result = (running.scripts.get(model) ?? played)(ask);
  if (!('deltas' in result)) return result;
  return say(judgement ? guardedReply(guard, judgement, result) : result);
}

function spoken(
  script: Script,
  streaming: boolean,
  voice: Voice,
  ask: Pick<Ask, 'model' | 'prompt'>,
  { options, switches }: Running,
): Answer {
  const reply = completed(script, charactersOf(ask.prompt), options.pace);
  const form = streaming && !switches.streamAsJson ? 'stream' : 'whole';
  const headers = { 'x-amzn-requestid': randomUUID(), ...voice.headers?.(reply)[form], ...reply.headers };
  if (form === 'stream') {
    return streamed(voice.frames(reply, ask.model), reply, headers, switches.mangleFrames);
  }
  return waited(jsonAnswer(200, voice.whole(reply, ask.model), headers), reply);
}
