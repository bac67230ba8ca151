// Passes a reply on to VS Code Chat.
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import {
  CancellationError,
  LanguageModelTextPart,
  type LanguageModelResponsePart,
  type Progress,
} from 'vscode';
import { type Reply, newReply, reduceProgress } from '../core/model/reply';
import type { Request } from '../core/model/request';
import type { Usage } from '../core/model/usage';
import type { Log } from '../core/model/ports';
import type { Engine } from '../engine/engine.chunk';
import { chatError, problemOf } from './errors';
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
  request: Request,
  { load, log }: ChatEngine,
  signal: AbortSignal,
  progress: Progress<LanguageModelResponsePart>,
): Promise<void> {
  const { ask, endedLine } = await load();
  log.info(sentLine(request));
  // Its text stays empty: VS Code keeps it.
  let reply: Reply = newReply(Date.now());
  for await (const event of ask(request, signal)) {
    reply = reduceProgress(reply, event, Date.now());
    if (event.type === 'text') progress.report(new LanguageModelTextPart(event.text));
    if (event.type === 'ended') log.info(endedLine({ request, reply }, event.outcome));
  }
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
