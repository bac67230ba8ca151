// The host half of the reply panel. It only observes conversations: closing or hiding it does not affect a reply.
import { randomUUID } from 'node:crypto';
import { Disposable, type Event, type Uri, ViewColumn, type WebviewPanel, l10n, window } from 'vscode';
import type { Change, Conversation } from '../conversation/conversations';
import type { Turn } from '../core/model/reply';
import type { Costs } from '../prices/costs';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { AwsProfiles } from '../aws/awsProfiles';
import type { StatContext } from './stats';
import { UpdateBatcher } from './updateBatcher';
import { page, resourceRoots } from '../ui/webviewPage';
import type { PageCommand, ReplyToHost, ReplyToWebview } from '../protocol/reply';
import type { RunReporting } from '../ui/errors';
import { showInformationMessage } from '../ui/messages';
import { onMessage, postTo } from '../ui/webviewHost';
import { handleComposerMessage, isComposerMessage } from './composerMessages';
import { type ComposerParts, composerView } from './composerView';
import { type PanelActions, handleMessage, messageName } from './messages';
import { panelActions } from './actions';
import { OtherWindows } from './otherWindows';
import type { PanelState } from './panelState';
import { panelTitle, replyViewType } from './panelTitle';
import { turnView } from './view';
import { panelStrings } from './strings';

/** What a panel depends on. */
export interface PanelParts extends ComposerParts {
  /** The directory of the extension. */
  readonly extension: Uri;
  /** Reads a conversation and its draft from the history. Never rejects. */
  readonly load: (conversation: string) => Promise<void>;
  /** Fires with the ID of a conversation that was deleted. */
  readonly onDidRemove: Event<string>;
  readonly state: PanelState;
  readonly costs: Costs;
  readonly setUp: SetUpDialogs;
  readonly profiles: AwsProfiles;
  readonly attempt: RunReporting;
  /** Called with the reason if the panel can't be loaded for a reply. */
  readonly onLoadError: (error: unknown) => void;
  readonly log: { warn(message: string): void };
}

type HostMessage = Exclude<ReplyToHost, { type: 'broken' }>;

/** What the page saves for a reload of the window. */
interface PageState {
  readonly conversation?: unknown;
}

export class ReplyPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  /** The ID of the shown conversation, which may have no turns yet. */
  private shown: string;
  /** Resolves when the shown conversation is loaded. */
  private loading: Promise<void> | undefined;
  /** Posted when the page is ready. */
  private waitingCommand: PageCommand | undefined;
  private readonly batcher: UpdateBatcher;
  private readonly otherWindows: OtherWindows;
  private readonly actions: PanelActions;
  private readonly subscriptions: Disposable;

  constructor(private readonly parts: PanelParts) {
    const { conversations, composer, drafts, costs } = parts;
    this.actions = panelActions(composer, parts.setUp, parts.profiles);
    this.batcher = new UpdateBatcher(
      (message) => postTo(this.panel?.webview, message),
      (turn) => this.statContext(turn),
    );
    this.otherWindows = new OtherWindows({
      ...{ conversations, shown: () => this.conversation },
      isVisible: () => this.panel?.visible ?? false,
      read: () => parts.load(this.shown),
    });
    // If loading failed before, conversations may exist already.
    const existing = conversations.ids.at(-1) ?? parts.state.shown;
    this.shown = existing ?? randomUUID();
    if (existing !== undefined) void this.load();
    const postComposer = () => this.postComposer();
    this.subscriptions = Disposable.from(
      this.otherWindows,
      conversations.keepShown(() => this.shown),
      conversations.onDidShowVersion(({ conversation }) => {
        if (conversation === this.shown) this.postSnapshot();
      }),
      conversations.onDidAdopt((conversation) => {
        if (conversation === this.shown) this.postSnapshot();
      }),
      costs.onDidChange(() => this.conversation?.turns.forEach((turn) => this.batcher.postState(turn))),
      drafts.onDidChange((conversation) => {
        if (conversation === this.shown) this.postComposer();
      }),
      composer.listen({ onPromptBack: (conversation, text) => this.postPromptBack(conversation, text) }),
      drafts.onDidComeBack(({ conversation, text }) => this.postPromptBack(conversation, text)),
      parts.onDidRemove((conversation) => {
        if (conversation === this.shown) this.showEmpty();
      }),
      window.onDidChangeTextEditorSelection(postComposer),
      window.onDidChangeActiveTextEditor(postComposer),
    );
  }

  /** The conversation that the panel shows; undefined if it has no turns yet. */
  get conversation(): Conversation | undefined {
    return this.parts.conversations.get(this.shown);
  }

  /** Brings the panel to the front; a new one opens beside the editor. Set `focus` only if the user asked for the panel. */
  reveal({ focus }: { focus: boolean }): void {
    if (this.panel) {
      this.panel.reveal(focus ? undefined : this.columnBesideEditor(this.panel), !focus);
      return;
    }
    // A group that the panel had locked stays when VS Code closes the panel, as after a crash.
    const groups = window.tabGroups.all;
    const empty = groups.length > 1 ? groups.find(({ tabs }) => tabs.length === 0) : undefined;
    const viewColumn = empty?.viewColumn ?? ViewColumn.Beside;
    const column = { viewColumn, preserveFocus: !focus };
    this.adopt(window.createWebviewPanel(replyViewType, panelTitle(), column, { enableFindWidget: true }));
  }

  /** Brings the panel to the front and shows a conversation in it. */
  async show(conversation: string): Promise<void> {
    this.shown = conversation;
    this.reveal({ focus: true });
    await this.load();
    if (this.shown === conversation) this.postSnapshot();
  }

  /** Shows an empty composer. A conversation that has no turns and no draft yet is as good as a new one. */
  async startConversation(): Promise<void> {
    const isEmpty = !this.conversation && this.parts.drafts.get(this.shown).text === '';
    this.waitingCommand = 'focusComposer';
    await this.show(isEmpty ? this.shown : randomUUID());
    this.run('focusComposer');
  }

  /** Asks another model for a reply to the last shown prompt. */
  async askAnotherModel(): Promise<void> {
    const last = this.conversation?.turns.at(-1);
    if (!last) {
      void showInformationMessage(l10n.t('There is no prompt yet that another model could be asked.'));
      return;
    }
    this.reveal({ focus: true });
    await handleComposerMessage({ type: 'askAnotherModel', turn: last.request.id }, this.parts);
  }

  /** The shown conversation is gone. */
  private showEmpty(): void {
    this.shown = randomUUID();
    this.loading = undefined;
    if (this.panel) this.postSnapshot();
  }

  /** Lets the page carry out a command, now or when it is loaded. */
  run(command: PageCommand): void {
    this.waitingCommand = command;
    if (this.batcher.isConnected) this.postWaitingCommand();
  }

  /** Adopts the panel that VS Code restores after a reload, with the conversation that it showed. */
  restore(panel: WebviewPanel, state: unknown): void {
    // VS Code restores a background tab only when it is clicked. By then another panel may be in use.
    if (this.panel) return void panel.dispose();
    const { conversation } = (state ?? {}) as PageState;
    if (typeof conversation === 'string' && conversation) this.shown = conversation;
    void this.load();
    this.adopt(panel);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.batcher.dispose();
    this.panel?.dispose();
  }

  private load(): Promise<void> {
    return (this.loading = this.parts.load(this.shown).finally(() => this.otherWindows.watch()));
  }

  /** A column where the panel does not cover the active editor: its own, else another group, else a new one. */
  private columnBesideEditor({ viewColumn }: WebviewPanel): ViewColumn | undefined {
    const editor = window.activeTextEditor?.viewColumn;
    if (editor === undefined || viewColumn !== editor) return undefined;
    return window.tabGroups.all.find((group) => group.viewColumn !== editor)?.viewColumn ?? ViewColumn.Beside;
  }

  private adopt(panel: WebviewPanel): void {
    const { extension, conversations, attempt, log } = this.parts;
    this.panel = panel;
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    panel.onDidDispose(() => {
      this.batcher.pause();
      if (this.panel !== panel) return;
      this.panel = undefined;
      this.parts.state.set(this.shown, false);
    });
    panel.onDidChangeViewState(() => {
      // VS Code unloads a hidden webview. When it is shown again, it posts `ready` and gets a snapshot.
      if (!panel.visible) this.batcher.pause();
      else void this.otherWindows.look();
    });
    onMessage<HostMessage>(panel.webview, {
      ...{ page: 'panel', log, attempt },
      nameOf: (message) => messageName(message, conversations),
      handle: (message) => this.handle(message, panel),
    });
    panel.webview.html = page(panel.webview, extension, { script: 'webview', title: panel.title });
  }

  private async handle(message: HostMessage, panel: WebviewPanel): Promise<void> {
    const { conversations } = this.parts;
    const post = (answer: ReplyToWebview) => postTo(panel.webview, answer);
    if (message.type === 'ready') {
      await this.loading;
      this.postSnapshot();
      this.postWaitingCommand();
    } else if (message.type === 'step') await this.step(message.by);
    // A second click may arrive after the first one's new prompt has replaced the turn with the button.
    else if (sendsAgain.has(message.type) && 'turn' in message && !this.shows(message.turn)) return;
    else if (isComposerMessage(message)) await handleComposerMessage(message, this.parts);
    else await handleMessage(message, conversations, this.actions, post);
  }

  /** Shows a change of a conversation: a new prompt, or an event of a reply. */
  follow({ conversation, turn, event }: Change): void {
    const isOther = conversation !== this.shown;
    if (!event) {
      // A prompt of a conversation that was begun elsewhere takes its place here; one that waited in a queue does not.
      if (isOther && turn.request.parent !== undefined) return;
      this.shown = conversation;
      this.loading = undefined;
      this.reveal({ focus: false });
      this.postSnapshot();
      return;
    }
    if (isOther) return;
    this.batcher.push(turn, event);
    if (event.type === 'ended') this.postComposer();
  }

  private async step(by: -1 | 1): Promise<void> {
    const { ids } = this.parts.conversations;
    const at = ids.indexOf(this.shown);
    const next = at < 0 && by < 0 ? ids.at(-1) : ids[at + by];
    if (next !== undefined) await this.show(next);
  }

  private statContext(turn: Turn): StatContext {
    const { labelOf, costs, conversations } = this.parts;
    return {
      label: labelOf(turn.request.target.model),
      cost: costs.of(turn),
      runsElsewhere: conversations.runsElsewhere(turn),
    };
  }

  private shows(turn: string): boolean {
    return this.conversation?.turns.some(({ request: { id } }) => id === turn) ?? false;
  }

  private postComposer(): void {
    const view = composerView(this.shown, this.parts);
    this.batcher.postNow({ type: 'composer', conversation: this.shown, view });
  }

  private postPromptBack(conversation: string, text: string): void {
    this.batcher.postNow({ type: 'promptBack', conversation, text });
  }

  private postWaitingCommand(): void {
    const command = this.waitingCommand;
    this.waitingCommand = undefined;
    if (command) this.batcher.postNow({ type: 'command', command });
  }

  private postSnapshot(): void {
    const { conversations, drafts } = this.parts;
    const { ids } = conversations;
    const { text, position } = drafts.get(this.shown);
    const now = Date.now();
    this.parts.state.set(this.shown, true);
    this.batcher.begin({
      type: 'snapshot',
      strings: panelStrings(),
      conversation: this.shown,
      draft: text,
      composer: composerView(this.shown, this.parts),
      ...(position && { place: position }),
      turns: (this.conversation?.turns ?? []).map((turn) =>
        turnView(turn, conversations.versions(turn.request.id), this.statContext(turn), now),
      ),
      position: { index: ids.indexOf(this.shown) + 1, count: ids.length },
    });
  }
}

/** Messages that send a prompt again. */
const sendsAgain: ReadonlySet<string> = new Set(['act', 'sendAgain', 'askAnotherModel', 'editPrompt']);
