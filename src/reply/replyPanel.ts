// The host half of the reply panel. It only observes conversations: closing or hiding it does not affect a reply.
import { randomUUID } from 'node:crypto';
import { Disposable, EventEmitter, ViewColumn, type WebviewPanel, l10n, window } from 'vscode';
import type { Change, Conversation } from '../conversation/conversations';
import type { Turn } from '../core/model/reply';
import { hasText } from '../history/draft';
import type { StatContext } from './stats';
import { UpdateBatcher } from './updateBatcher';
import { page, resourceRoots } from '../ui/webviewPage';
import type { PlainFile, ScaledPicture } from '../protocol/attachments';
import type { CodeInUse, PageCommand, ReplyToHost, ReplyToWebview } from '../protocol/reply';
import { showInformationMessage } from '../ui/messages';
import { onMessage, postTo } from '../ui/webviewHost';
import { PanelAttachments, isAttachmentMessage } from './attachmentMessages';
import { type ComposerMessageParts, handleComposerMessage, isComposerMessage } from './composerMessages';
import { ComposerUpdates } from './composerUpdates';
import { type PanelActions, handleMessage, messageName } from './messages';
import { panelActions } from './actions';
import { columnBesideEditor, columnOfLostPanel } from './columns';
import { OtherWindows } from './otherWindows';
import type { PanelParts, RevealOptions } from './panelParts';
import { panelTitle, replyViewType } from './panelTitle';
import { snapshotOf } from './snapshot';

type HostMessage = Exclude<ReplyToHost, { type: 'broken' }>;

/** What the page saves for a reload of the window. */
interface PageState {
  readonly conversation?: unknown;
}

export class ReplyPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  /** The ID of the shown conversation, which may have no turns yet. */
  private shown: string;
  /** The IDs of deleted conversations that the panel has shown. */
  private readonly removed = new Set<string>();
  /** Resolves when the shown conversation is loaded; undefined until a panel is to show it. */
  private loading: Promise<void> | undefined;
  /** Posted when the page is ready. */
  private waitingCommand: PageCommand | undefined;
  /** The code block in use, as the page says; undefined if there is none. */
  codeInUse: CodeInUse | undefined;
  private readonly batcher: UpdateBatcher;
  private readonly composerUpdates: ComposerUpdates;
  private readonly shownEmitter = new EventEmitter<string>();
  /** Fires with the ID of a conversation when it is in sight. */
  readonly onDidShow = this.shownEmitter.event;
  private readonly otherWindows: OtherWindows;
  private readonly actions: PanelActions;
  private readonly attachments: PanelAttachments;
  private readonly subscriptions: Disposable;

  constructor(private readonly parts: PanelParts) {
    const { conversations, composer, costs, drafts } = parts;
    this.actions = panelActions(composer, parts.setUp, parts.profiles, parts.code);
    this.batcher = new UpdateBatcher(
      (message) => postTo(this.panel?.webview, message),
      (turn) => this.statContext(turn),
    );
    this.attachments = new PanelAttachments(
      parts,
      () => this.shown,
      (message) => this.batcher.postNow(message),
      () => this.composerUpdates.post(),
    );
    this.otherWindows = new OtherWindows({
      ...{ conversations, shown: () => this.conversation },
      isVisible: () => this.panel?.visible ?? false,
      read: () => parts.load(this.shown),
      follow: () => parts.follow(this.shown),
    });
    // If loading failed before, conversations may exist already.
    this.shown = conversations.ids.at(-1) ?? parts.state.shown ?? randomUUID();
    this.composerUpdates = new ComposerUpdates(parts, this.batcher, () => this.shown);
    this.subscriptions = Disposable.from(
      this.otherWindows,
      conversations.keepShown(() => this.shown),
      conversations.onDidShowVersion(({ conversation }) => this.postSnapshotOf(conversation)),
      conversations.onDidAdopt((conversation) => this.postSnapshotOf(conversation)),
      costs.onDidChange(() => this.conversation?.turns.forEach((turn) => this.batcher.postState(turn))),
      composer.listen({
        onPromptBack: (conversation, { text, editing }) =>
          this.postPromptBack(conversation, text, editing?.turn),
      }),
      drafts.onDidComeBack(({ conversation, text }) =>
        this.postPromptBack(conversation, text, drafts.get(conversation).editing?.turn),
      ),
      parts.onDidRemove((removed) => {
        if (removed === 'all' || removed.includes(this.shown)) this.showEmpty();
      }),
      this.composerUpdates,
      this.attachments,
      this.shownEmitter,
    );
  }

  /** The conversation that the panel shows; undefined if it has no turns yet. */
  get conversation(): Conversation | undefined {
    return this.parts.conversations.get(this.shown);
  }

  /** Whether the user can see a conversation now. */
  isInSight(conversation: string): boolean {
    return this.panel?.visible === true && this.shown === conversation;
  }

  /** Brings the panel to the front; a new one opens beside the editor. */
  reveal({ focus, wasLost = false }: RevealOptions): void {
    if (this.panel) {
      this.panel.reveal(focus ? undefined : columnBesideEditor(this.panel), !focus);
      return;
    }
    const viewColumn = wasLost ? columnOfLostPanel() : ViewColumn.Beside;
    const column = { viewColumn, preserveFocus: !focus };
    this.adopt(window.createWebviewPanel(replyViewType, panelTitle(), column, { enableFindWidget: true }));
  }

  /** Brings the panel to the front and shows a conversation in it. */
  async show(conversation: string): Promise<void> {
    this.shown = conversation;
    this.codeInUse = undefined;
    const loading = this.load();
    this.reveal({ focus: true });
    await loading;
    if (this.shown === conversation) this.postSnapshot();
  }

  /** Shows an empty composer. A conversation that has no turns, and nothing typed or attached, is as good as a new one. */
  async startConversation(): Promise<void> {
    const { drafts, pending } = this.parts;
    const isEmpty =
      !this.conversation && !hasText(drafts.get(this.shown)) && pending.of(this.shown).length === 0;
    await this.show(isEmpty ? this.shown : randomUUID());
    this.run('focusComposer');
  }

  /**
   * Brings the panel to the front, with the focus in the composer. Resolves to the ID of the shown conversation, when its
   * draft is loaded.
   */
  async showComposer(): Promise<string> {
    this.reveal({ focus: true });
    await this.loading;
    this.run('focusComposer');
    return this.shown;
  }

  /** See PictureScaling.scale. The page of a panel that is hidden does it when it is shown. */
  scale(picture: PlainFile): Promise<ScaledPicture | undefined> {
    if (!this.panel) this.reveal({ focus: false });
    return this.attachments.scale(picture);
  }

  /** Asks another model for a reply to the last shown prompt. */
  async askAnotherModel(): Promise<void> {
    const last = this.conversation?.turns.at(-1);
    if (!last) {
      void showInformationMessage(l10n.t('There is no prompt yet that another model could be asked.'));
      return;
    }
    this.reveal({ focus: true });
    await handleComposerMessage({ type: 'askAnotherModel', turn: last.request.id }, this.composerParts);
  }

  /** The shown conversation is gone, with its draft. */
  private showEmpty(): void {
    this.removed.add(this.shown);
    this.shown = randomUUID();
    this.loading = Promise.resolve();
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

  private adopt(panel: WebviewPanel): void {
    const { extension, conversations, attempt, log } = this.parts;
    this.panel = panel;
    if (!this.loading) void this.load();
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    panel.onDidDispose(() => {
      this.batcher.pause();
      if (this.panel !== panel) return;
      this.panel = undefined;
      // The next panel may be one that leaves the focus where it is.
      this.waitingCommand = undefined;
      this.attachments.onPanelClosed();
      this.parts.state.set(this.shown, false);
    });
    panel.onDidChangeViewState(() => {
      // VS Code unloads a hidden webview. When it is shown again, it posts `ready` and gets a snapshot.
      if (panel.visible) {
        this.shownEmitter.fire(this.shown);
        void this.otherWindows.look();
      } else {
        this.batcher.pause();
        this.attachments.onPanelHidden();
      }
    });
    onMessage<HostMessage>(panel.webview, {
      ...{ page: 'panel', log, attempt },
      nameOf: (message) => messageName(message, conversations),
      handle: (message) => this.handle(message, panel),
    });
    panel.webview.html = page(panel.webview, extension, { script: 'webview', title: panel.title });
  }

  private get composerParts(): ComposerMessageParts {
    return {
      ...this.parts,
      show: (conversation) => this.show(conversation),
      post: (message) => this.batcher.postNow(message),
    };
  }

  private async handle(message: HostMessage, panel: WebviewPanel): Promise<void> {
    const { conversations } = this.parts;
    const post = (answer: ReplyToWebview) => postTo(panel.webview, answer);
    if (message.type === 'ready') {
      await this.loading;
      this.postSnapshot();
      this.postWaitingCommand();
      this.attachments.onPageReady();
    } else if (message.type === 'step') await this.step(message.by);
    else if (message.type === 'codeInUse') this.codeInUse = message;
    // A second click may arrive after the first one's new prompt has replaced the turn with the button.
    else if (sendsAgain.has(message.type) && 'turn' in message && !this.shows(message.turn)) return;
    // The page tells what was typed before it heard that the conversation is deleted.
    else if (isLateDraft(message, this.removed)) return;
    else if (isComposerMessage(message)) await handleComposerMessage(message, this.composerParts);
    else if (isAttachmentMessage(message)) await this.attachments.handle(message);
    else await handleMessage(message, conversations, this.actions, post);
  }

  /** Shows a change of a conversation: a new prompt, or an event of a reply. */
  follow({ conversation, turn, event }: Change): void {
    const isOther = conversation !== this.shown;
    if (!event) {
      // A prompt of a conversation that was begun elsewhere takes its place here; one that waited in a queue does not.
      if (isOther && turn.request.parent !== undefined) return;
      this.shown = conversation;
      this.codeInUse = undefined;
      this.loading = Promise.resolve();
      this.reveal({ focus: false });
      this.postSnapshot();
      return;
    }
    if (isOther) return;
    this.batcher.push(turn, event);
    if (event.type === 'ended') this.composerUpdates.post();
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
      uncachedCost: costs.ofUncached(turn),
      runsElsewhere: conversations.runsElsewhere(turn),
    };
  }

  private shows(turn: string): boolean {
    return this.conversation?.turns.some(({ request: { id } }) => id === turn) ?? false;
  }

  private postPromptBack(conversation: string, text: string, editing: string | undefined): void {
    const message = { type: 'promptBack', conversation, text } as const;
    this.batcher.postNow({ ...message, ...(editing !== undefined && { editing }) });
  }

  private postWaitingCommand(): void {
    const command = this.waitingCommand;
    this.waitingCommand = undefined;
    if (command) this.batcher.postNow({ type: 'command', command });
  }

  private postSnapshotOf(conversation: string): void {
    if (conversation === this.shown) this.postSnapshot();
  }

  private postSnapshot(): void {
    this.parts.state.set(this.shown, true);
    const statContext = (turn: Turn) => this.statContext(turn);
    this.batcher.begin(snapshotOf(this.shown, this.composerUpdates.view(), this.parts, statContext));
    if (this.panel?.visible) this.shownEmitter.fire(this.shown);
  }
}

/** Whether a message would bring back the draft of a deleted conversation. */
function isLateDraft(message: HostMessage, removed: ReadonlySet<string>): boolean {
  return lateTypes.has(message.type) && 'conversation' in message && removed.has(message.conversation);
}

const lateTypes: ReadonlySet<string> = new Set(['attachFiles', 'draft', 'place']);

/** Messages that send a prompt again. */
const sendsAgain: ReadonlySet<string> = new Set(['act', 'sendAgain', 'askAnotherModel']);
