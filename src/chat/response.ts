// Passes a reply on to VS Code Chat.
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import {
  CancellationError,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  type LanguageModelResponsePart,
  type Progress,
} from 'vscode';
import { type Reply, type ReplyEvent, newReply, reduceReply } from '../core/model/reply';
import { blocksOf } from '../core/model/replyBlocks';
import type { Usage } from '../core/model/usage';
import type { Log } from '../core/model/ports';
import type { Engine } from '../engine/engine.chunk';
import type { ChatMemory, ChatRequest } from './chatRequest';
import { chatError, problemOf } from './errors';
import type { LegalNames } from './names';
import { sentLine } from '../ui/logLines';

/** What a request needs of the rest of the extension. */
export interface ChatEngine {
  readonly load: () => Promise<Pick<Engine, 'ask' | 'endedLine'>>;
  /** Asks for what is missing to send a request; resolves to whether everything is there. @throws SettingInvalid */
  readonly completeSetUp: () => Promise<boolean>;
  /** Aborts when the window closes. */
  readonly closing: AbortSignal;
  readonly log: Pick<Log, 'info'>;
}

/**
 * Sends `request` and reports the parts of its reply. Rejects with an error in words if the reply is not complete, and
 * with CancellationError if `signal` aborted.
 */
export async function streamReply(
  { request, blobs, toolNames, caches }: ChatRequest,
  { load, log }: ChatEngine,
  { thinking, caching }: ChatMemory,
  signal: AbortSignal,
  progress: Progress<LanguageModelResponsePart>,
): Promise<void> {
  const { ask, endedLine } = await load();
  log.info(sentLine(request));
  let reply: Reply = newReply(Date.now());
  for await (const event of ask(request, signal, blobs)) {
    reply = reduceReply(reply, event, Date.now());
    if (event.type === 'ended') log.info(endedLine({ request, reply }, event.outcome));
    for (const part of partsOf(event, toolNames)) progress.report(part);
  }
  if (reply.reasoningDropped) thinking.forget(request);
  if (reply.outcome?.kind === 'done') thinking.remember(request.target.model, blocksOf(reply), request);
  if (reply.usage) caching.add(caches, reply.usage);
  const { outcome = { kind: 'stopped' }, usage, hasOutput } = reply;
  if (outcome.kind === 'stopped') throw new CancellationError();
  if (usage) usagePart(usage).forEach((part) => progress.report(part));
  const problem = problemOf(outcome, reply);
  if (!problem) return;
  if (hasOutput) await delay(deliveryMs);
  throw chatError(problem, request.initiator);
}

/**
 * VS Code gathers parts for 30 ms, and its reader drops those that it has not taken when an error comes: the end of an
 * interrupted reply would be lost.
 */
const deliveryMs = 100;

/** What Chat shows of an event, or acts on. */
function partsOf(event: ReplyEvent, toolNames: LegalNames): readonly LanguageModelResponsePart[] {
  if (event.type === 'text') return [new LanguageModelTextPart(event.text)];
  if (event.type === 'reasoning') return thinkingPart(event.text);
  if (event.type !== 'toolUse') return [];
  const { id, name, input } = event;
  return [new LanguageModelToolCallPart(id, toolNames.originalOf(name), input)];
}

/** VS Code's class for thinking, which its types lack; it shows it as a step that can be unfolded. */
type ThinkingPart = new (text: string) => LanguageModelResponsePart;

function thinkingPart(text: string): readonly LanguageModelResponsePart[] {
  const { LanguageModelThinkingPart } = vscode as { LanguageModelThinkingPart?: ThinkingPart };
  return typeof LanguageModelThinkingPart === 'function' ? [new LanguageModelThinkingPart(text)] : [];
}

/** VS Code's class for other data than text, which its stable API has got since our oldest version. */
type DataPart = new (data: Uint8Array, mimeType: string) => LanguageModelResponsePart;

/** Feeds Chat's meter of the context; empty if VS Code does not know such parts. */
function usagePart({ input, output, cacheRead, cacheWrite }: Usage): LanguageModelResponsePart[] {
  const { LanguageModelDataPart } = vscode as { LanguageModelDataPart?: DataPart };
  if (typeof LanguageModelDataPart !== 'function') return [];
  const prompt = input + cacheRead + cacheWrite;
  const usage = {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: { cached_tokens: cacheRead },
  };
  return [new LanguageModelDataPart(new TextEncoder().encode(JSON.stringify(usage)), 'usage')];
}
