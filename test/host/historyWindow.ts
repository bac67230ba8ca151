// What a window has of the history: its conversations and drafts, over a directory that other windows may share.
import assert from 'node:assert/strict';
import { extensions } from 'vscode';
import { Conversations } from '../../src/conversation/conversations';
import { Drafts } from '../../src/conversation/drafts';
import { History, type HistoryDeps } from '../../src/conversation/history';
import type { ReplyEvent } from '../../src/core/model/reply';
import type { Request } from '../../src/core/model/request';
import { Costs } from '../../src/prices/costs';
import { Composer } from '../../src/prompt/composer';
import { OpenQuestions } from '../../src/prompt/openQuestions';
import { PendingAttachments } from '../../src/prompt/pendingAttachments';
import { LastEditor } from '../../src/prompt/selection';
import type { PanelParts } from '../../src/reply/panelParts';
import { ReplyPanel } from '../../src/reply/replyPanel';

export interface HistoryWindow {
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly history: History;
  readonly trimmed: number[];
  /** Ends the window as an orderly shutdown does. */
  readonly close: () => Promise<void>;
}

export interface WindowOptions extends Partial<HistoryDeps> {
  /** The replies; by default, each is “A reply.” */
  readonly ask?: (request: Request) => AsyncGenerator<ReplyEvent, void>;
}

const done: ReplyEvent = { type: 'ended', outcome: { kind: 'done', stopReason: 'end_turn' } };

async function* askNobody(): AsyncGenerator<ReplyEvent, void> {
  yield await Promise.resolve<ReplyEvent>({ type: 'text', text: 'A reply.' });
  yield done;
}

export function openWindow(directory: string, options: WindowOptions = {}): HistoryWindow {
  const { ask = askNobody, ...deps } = options;
  const engine = () => Promise.resolve({ ask, endedLine: () => '' });
  const conversations = new Conversations(engine, { info: () => undefined });
  const trimmed: number[] = [];
  const onError = (error: unknown) => assert.fail(String(error));
  const history: History = new History({
    ...{ conversations, directory, onError },
    isEnabled: () => true,
    maxSize: () => Infinity,
    costOf: () => Promise.resolve(undefined),
    onTrimmed: (count) => trimmed.push(count),
    forgetDrafts: (ids) => drafts.forget(ids),
    blobsInDrafts: () => drafts.blobs(),
    ...deps,
  });
  const isEnabled = deps.isEnabled ?? (() => true);
  const drafts: Drafts = new Drafts({
    files: () => (isEnabled() ? history.draftFiles : undefined),
    onError: deps.onError ?? onError,
  });
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await conversations.close();
    await Promise.all([history.whenWritten(), drafts.flush()]);
    for (const part of [drafts, history, conversations]) part.dispose();
  };
  return { conversations, drafts, history, trimmed, close };
}

/** A panel over a window's conversations; `shown` has the IDs of those that it has shown. */
export function openPanel(window: HistoryWindow): { readonly panel: ReplyPanel; readonly shown: string[] } {
  const { conversations, drafts, history } = window;
  const shown: string[] = [];
  const report = (what: string, error: unknown) => assert.fail(`${what}: ${String(error)}`);
  const log = { info: () => undefined, warn: (message: string) => assert.fail(message) };
  const pending = new PendingAttachments(drafts);
  const questions = new OpenQuestions();
  const parts: Partial<PanelParts> = {
    ...{
      conversations,
      drafts,
      pending,
      questions,
      log,
      lastEditor: new LastEditor(),
      costs: new Costs(log),
    },
    composer: new Composer({
      ...{ conversations, drafts, pending, questions, report, queueName: () => 'Queue' },
      sender: { send: () => Promise.resolve(false), resend: () => Promise.resolve() },
    }),
    extension: extensions.getExtension('bedrock-gateway.bedrock-gateway')!.extensionUri,
    labelOf: () => undefined,
    onDidRemove: history.onDidRemove,
    follow: () => Promise.resolve(true),
    load: async (id) => {
      shown.push(id);
      await Promise.all([drafts.open(id), history.open(id)]);
    },
    attempt: async (_, run) => {
      await run();
    },
    state: { shown: undefined, set: () => undefined } as unknown as PanelParts['state'],
  };
  return { panel: new ReplyPanel(parts as PanelParts), shown };
}
