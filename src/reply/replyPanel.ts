// The host half of the reply panel. It only observes conversations: closing or hiding it does not affect a reply.
import { Disposable, type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Change, Conversation, Conversations } from '../conversation/conversations';
import type { Turn } from '../core/model/reply';
import type { Costs } from '../prices/costs';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { CodeOut } from '../code/codeOut';
import type { AwsProfiles } from '../aws/awsProfiles';
import type { Sender } from '../prompt/sender';
import type { StatContext } from './stats';
import { UpdateBatcher } from './updateBatcher';
import { page, resourceRoots } from '../ui/webviewPage';
import type { CodeInUse, ReplyToHost } from '../protocol/reply';
import type { RunReporting } from '../ui/errors';
import { onMessage, postTo } from '../ui/webviewHost';
import { type PanelActions, handleMessage, messageName } from './messages';
import { panelActions } from './actions';
import { panelTitle, replyViewType } from './panelTitle';
import { turnView } from './view';
import { panelStrings } from './strings';

/** What a panel depends on. */
export interface PanelParts {
  /** The directory of the extension. */
  readonly extension: Uri;
  readonly conversations: Conversations;
  readonly labelOf: (model: string) => string | undefined;
  readonly costs: Costs;
  readonly sender: Sender;
  readonly setUp: SetUpDialogs;
  readonly profiles: AwsProfiles;
  readonly code: CodeOut;
  readonly attempt: RunReporting;
  /** Called with the reason if the panel can't be loaded for a reply. */
  readonly onLoadError: (error: unknown) => void;
  readonly log: { warn(message: string): void };
}

export class ReplyPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private shown: string | undefined;
  private reloaded = false;
  /** The code block in use, as the page says; undefined if there is none. */
  codeInUse: CodeInUse | undefined;
  private readonly batcher: UpdateBatcher;
  private readonly actions: PanelActions;
  private readonly subscriptions: Disposable;

  constructor(private readonly parts: PanelParts) {
    this.actions = panelActions(parts.sender, parts.setUp, parts.profiles, parts.code);
    this.batcher = new UpdateBatcher(
      (message) => postTo(this.panel?.webview, message),
      (turn) => this.statContext(turn),
    );
    // If loading failed before, conversations may exist already.
    this.shown = parts.conversations.ids.at(-1);
    this.subscriptions = Disposable.from(
      parts.conversations.keepShown(() => this.shown),
      parts.costs.onDidChange(() => this.conversation?.turns.forEach((turn) => this.batcher.postState(turn))),
    );
  }

  /** The conversation that the panel shows; undefined before the first. */
  get conversation(): Conversation | undefined {
    return this.shown === undefined ? undefined : this.parts.conversations.get(this.shown);
  }

  /** Brings the panel to the front; a new one opens beside the editor. Set `focus` only if the user asked for the panel. */
  reveal({ focus }: { focus: boolean }): void {
    if (this.panel) {
      this.panel.reveal(focus ? undefined : this.columnBesideEditor(this.panel), !focus);
      return;
    }
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: !focus };
    this.adopt(window.createWebviewPanel(replyViewType, panelTitle(), column));
  }

  /** Brings the panel to the front and shows a conversation of this window in it. */
  show(conversation: string): void {
    this.shown = conversation;
    this.reveal({ focus: true });
    this.postSnapshot();
  }

  /** Adopts the panel that VS Code restores after a reload. Earlier replies are gone with the previous extension host. */
  restore(panel: WebviewPanel): void {
    // VS Code restores a background tab only when it is clicked. By then another panel may be in use.
    if (this.panel) panel.dispose();
    else {
      this.reloaded = true;
      this.adopt(panel);
    }
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.batcher.dispose();
    this.panel?.dispose();
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
      if (this.panel === panel) this.panel = undefined;
      this.batcher.pause();
    });
    panel.onDidChangeViewState(() => {
      // VS Code unloads a hidden webview. When it is shown again, it posts `ready` and gets a snapshot.
      if (!panel.visible) this.batcher.pause();
    });
    onMessage<Exclude<ReplyToHost, { type: 'broken' }>>(panel.webview, {
      ...{ page: 'panel', log, attempt },
      nameOf: (message) => messageName(message, conversations),
      handle: async (message) => {
        if (message.type === 'ready') this.postSnapshot();
        else if (message.type === 'step') this.step(message.by);
        else if (message.type === 'codeInUse') this.codeInUse = message;
        // A second click may arrive after the first one's new prompt has replaced the turn with the button.
        else if (message.type !== 'act' || this.shows(message.turn))
          await handleMessage(message, conversations, this.actions, (answer) =>
            postTo(panel.webview, answer),
          );
      },
    });
    panel.webview.html = page(panel.webview, extension, { script: 'webview', title: panel.title });
  }

  /** Shows a change of a conversation: a new prompt, or an event of a reply. */
  follow({ conversation, turn, event }: Change): void {
    if (!event) {
      this.shown = conversation;
      this.codeInUse = undefined;
      this.reveal({ focus: false });
      this.postSnapshot();
    } else if (conversation === this.shown) this.batcher.push(turn, event);
  }

  private step(by: -1 | 1): void {
    const { ids } = this.parts.conversations;
    const next = ids[ids.indexOf(this.shown ?? '') + by];
    if (next === undefined) return;
    this.shown = next;
    this.postSnapshot();
  }

  private statContext(turn: Turn): StatContext {
    const { labelOf, costs } = this.parts;
    return { label: labelOf(turn.request.target.model), cost: costs.of(turn) };
  }

  private shows(turn: string): boolean {
    return this.conversation?.turns.some(({ request: { id } }) => id === turn) ?? false;
  }

  private postSnapshot(): void {
    const { ids } = this.parts.conversations;
    const now = Date.now();
    this.batcher.begin({
      type: 'snapshot',
      strings: panelStrings(this.reloaded),
      turns: (this.conversation?.turns ?? []).map((turn) => turnView(turn, this.statContext(turn), now)),
      position: { index: ids.indexOf(this.shown ?? '') + 1, count: ids.length },
    });
  }
}
