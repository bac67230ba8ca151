// Creates the parts of the extension and connects them. Loaded with the first command, the first view of Activity, or a
// reply panel that VS Code restores.
import { join } from 'node:path';
import {
  Disposable,
  type ExtensionContext,
  type WebviewPanel,
  type WebviewView,
  l10n,
  version,
  workspace,
} from 'vscode';
import { Activity } from './activity/activity';
import type { BedrockGatewayApi } from './api';
import { AwsProfiles } from './aws/awsProfiles';
import { ConnectionCheck } from './check/connectionCheck';
import { codeCommands, problemCommands } from './code/commands';
import { CodeOut } from './code/codeOut';
import type { ChatEngine } from './chat/response';
import { Conversations } from './conversation/conversations';
import { Drafts } from './conversation/drafts';
import { History } from './conversation/history';
import { engineLoader } from './engine/loadEngine';
import { Searcher } from './history/searcher';
import { historyCommands } from './historyView/commands';
import { HistoryTree } from './historyView/historyTree';
import type { HistoryView } from './historyView/historyView';
import { offerToDelete, atIntervals, showTrimmed } from './historyView/notices';
import { StoredQuirks } from './engine/quirksStore';
import { sharedStorage } from './platform/node/workspaceStorage';
import { Costs } from './prices/costs';
import { sendingCommands } from './prompt/commands';
import { Composer } from './prompt/composer';
import { loadAttachments } from './prompt/loadAttach';
import { OpenQuestions } from './prompt/openQuestions';
import { PendingAttachments } from './prompt/pendingAttachments';
import type { LastEditor } from './prompt/selection';
import { Sender } from './prompt/sender';
import { followReplying, panelCommands } from './reply/commands';
import { LazyPanel } from './reply/lazyPanel';
import { PanelState } from './reply/panelState';
import { selectAndOffer } from './reply/modelOffer';
import { panelTitle } from './reply/panelTitle';
import { tellOfUnseenQuestions } from './reply/unseenQuestions';
import { UnseenReplies } from './reply/unseenReplies';
import { modelLabel, section, unlessInvalid } from './settings';
import { readHistoryEnabled, readHistoryLimit } from './settings/history';
import { connectionCommands } from './setup/commands';
import { loadSetUp } from './setup/loadSetUp';
import { SecretStore } from './setup/secretStore';
import { AgreedModels } from './setup/storeModel';
import type { Blobs } from './core/model/ports';
import type { StatusBar } from './statusBar';
import type { CommandId, CommandRows } from './ui/commands';
import type { ErrorPolicy } from './ui/errors';
import type { LogChannel } from './ui/log';
import { loadPart } from './util/loadPart';

/** What activation has created. */
export interface ShellParts {
  readonly context: ExtensionContext;
  /** The version of this extension. */
  readonly version: string;
  readonly log: LogChannel;
  readonly errors: ErrorPolicy;
  readonly lastEditor: LastEditor;
  readonly statusBar: StatusBar;
  readonly historyView: HistoryView;
}

export interface Shell extends BedrockGatewayApi {
  /** All commands except the one that works without the shell. */
  readonly commands: CommandRows<Exclude<CommandId, 'showLog'>>;
  readonly historyTree: HistoryTree;
  /** Sends the requests of VS Code Chat. */
  readonly chatEngine: ChatEngine;
  showActivity(view: WebviewView): Promise<void>;
  /** Loads this month's cost and keeps it up to date in the status bar. */
  watchCosts(): Promise<unknown>;
  /** Opens the reply panel again, without taking the focus. */
  reopenReply(): Promise<void>;
  /** @param state what the page saved */
  restoreReply(panel: WebviewPanel, state: unknown): Promise<void>;
  /** Stops all replies. Resolves when all are recorded. */
  close(): Promise<void>;
  dispose(): void;
}

export function openShell({ context, log, errors, lastEditor, statusBar, ...own }: ShellParts): Shell {
  const {
    extensionUri: extension,
    globalState,
    globalStorageUri: storage,
    secrets,
    storageUri,
    workspaceState,
  } = context;
  const { attempt, report } = errors;
  const credentials = new SecretStore(secrets);
  const agreed = new AgreedModels(workspaceState);
  const profiles = new AwsProfiles(log);
  const setUp = loadSetUp(credentials, agreed, profiles, report);
  const userAgent = `bedrock-gateway/${own.version} vscode/${version}`;
  const quirks = new StoredQuirks(globalState, own.version, log);
  const blobs: Blobs = { read: (data) => history.blobs.read(data) };
  const ports = { secrets: credentials, profiles, log, quirks, userAgent, blobs };
  const engine = engineLoader(ports, () => activity.ledger());
  const conversations = new Conversations(engine, log);
  const closing = new AbortController();
  const costs = new Costs(log);
  const sender = new Sender(conversations, setUp, agreed, costs);
  const onHistoryError = atIntervals(
    (error) => report(l10n.t('History'), error),
    (reason) => log.warn(`${l10n.t('History')}: ${reason}`),
  );
  // Nothing is kept if the setting is invalid: that is what can be made good.
  const keepsHistory = () => unlessInvalid(readHistoryEnabled, false);
  const history: History = new History({
    conversations,
    // A window without a folder has no storage of its own.
    directory: join(storageUri ? sharedStorage(storageUri.fsPath) : storage.fsPath, 'history'),
    isEnabled: keepsHistory,
    maxSize: () => unlessInvalid(readHistoryLimit, Infinity),
    costOf: (turn) => costs.ofReply(turn),
    onError: onHistoryError,
    forgetDrafts: (ids) => {
      // First: what is attached to them would write them again.
      pending.forget(ids);
      return drafts.forget(ids);
    },
    blobsInDrafts: () => drafts.blobs(),
    onTrimmed: (count) => void showTrimmed(count),
  });
  const drafts: Drafts = new Drafts({
    files: () => (keepsHistory() ? history.draftFiles : undefined),
    onError: onHistoryError,
  });
  const pending: PendingAttachments = new PendingAttachments(drafts);
  const questions = new OpenQuestions();
  const composer = new Composer({
    ...{ conversations, drafts, pending, sender, questions, report },
    queueName: () => l10n.t('Queue'),
  });
  const attachments = loadAttachments(
    {
      ...{ drafts, pending, blobs: history.blobs },
      scale: (picture) => panel.scale(picture).catch(() => undefined),
    },
    lastEditor,
  );
  const code = new CodeOut(lastEditor, conversations);
  const panel: LazyPanel = new LazyPanel({
    ...{ extension, conversations, drafts, composer, pending, questions, lastEditor, labelOf: modelLabel },
    ...{ costs, setUp, profiles, code, attachments, blobs, attempt, log },
    onDetach: () => history.detached(),
    load: async (conversation) => {
      await Promise.all([drafts.open(conversation), history.open(conversation).catch(onHistoryError)]);
    },
    follow: (conversation) =>
      history.followOthers(conversation).catch((error: unknown) => {
        onHistoryError(error);
        return false;
      }),
    onDidRemove: history.onDidRemove,
    state: new PanelState(workspaceState),
    onLoadError: (error) => report(panelTitle(), error),
  });
  const { onDidRemove } = history;
  const unseen = new UnseenReplies({ conversations, panel, labelOf: modelLabel, onDidRemove });
  const activity: Activity = new Activity({
    ...{ extension, storage, secrets, conversations, errors, log },
    labelOf: modelLabel,
    showReply: (conversation) => panel.show(conversation),
  });
  const historyTree = new HistoryTree({
    ...{ history, conversations, drafts, labelOf: modelLabel },
    onError: onHistoryError,
  });
  const searcher = new Searcher(__dirname);
  const check = new ConnectionCheck({
    ...{ extension, version: own.version, engine, quirks, sender, setUp, profiles, costs, attempt, log },
    credentials,
  });
  const subscriptions: Disposable[] = [];
  const sending = sendingCommands(sender, { lastEditor, subscriptions, storage: context });
  subscriptions.push(
    workspace.onDidChangeConfiguration((change) => {
      if (!change.affectsConfiguration(`${section}.history.enabled`)) return;
      if (keepsHistory()) {
        void history.blobs.writeUnwritten();
        return;
      }
      history.forgetRunning();
      void attempt(l10n.t('History'), () => offerToDelete(history));
    }),
    ...[conversations, composer, costs, code, unseen, panel, check, activity],
    ...[pending, questions, drafts, historyTree, history],
    history.onDidRemove((removed) => questions.forget(removed)),
    new Disposable(() => searcher.stop()),
    conversations.onDidChange(() => statusBar.setReplying(conversations.isRunning())),
    tellOfUnseenQuestions(questions, panel, report),
    panel.onDidShow((id) => history.show(id)),
    unseen.onDidChange(() => statusBar.setUnseen(unseen.latest !== undefined)),
    activity.onDidChange(() => statusBar.setMonth(activity.month)),
    followReplying(conversations),
  );
  return {
    commands: {
      ...sending,
      ...connectionCommands(setUp, sending.ask, check.show),
      selectModel: () =>
        selectAndOffer(() => setUp.selectModel(), { panel, composer, drafts, labelOf: modelLabel }),
      ...panelCommands(panel, conversations, unseen, { attachments, lastEditor }),
      ...historyCommands({
        ...{ history, conversations, drafts, searcher, tree: historyTree, labelOf: modelLabel },
        view: own.historyView,
        show: (conversation) => panel.show(conversation),
        focusComposer: () => panel.run('focusComposer'),
        shown: () => panel.conversation?.id,
      }),
      ...codeCommands(code, panel),
      ...problemCommands(lastEditor, { sender, conversations, code }),
      showActivity: () => activity.reveal(),
      chooseChatModels: async () => (await loadPart(() => import('./chat/chat.chunk'))).chooseChatModels(),
    },
    historyTree,
    chatEngine: { load: engine, completeSetUp: () => setUp.complete(), closing: closing.signal, log },
    showActivity: (view) => activity.show(view),
    watchCosts: () => activity.ledger(),
    reopenReply: () => panel.reveal({ focus: false, wasLost: true }),
    restoreReply: (restored, state) => panel.restore(restored, state),
    setCredentials: (provisioned) => setUp.store(provisioned),
    close: async () => {
      closing.abort();
      await conversations.close();
      await Promise.all([activity.whenWritten(), history.whenWritten(), drafts.flush()]);
    },
    dispose: () => {
      closing.abort();
      Disposable.from(...subscriptions).dispose();
    },
  };
}
