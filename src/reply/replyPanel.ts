// The host's half of the reply panel. It observes conversations; closing or hiding it touches no reply.
import { Disposable, type Uri, ViewColumn, type WebviewPanel, window } from 'vscode';
import type { Change, Conversation, Conversations } from '../conversation/conversations';
import type { Turn } from '../core/model/reply';
import type { Costs } from '../prices/costs';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { AwsProfiles } from '../aws/awsProfiles';
import type { Sender } from '../prompt/sender';
import type { StatContext } from './stats';
import { UpdateBatcher } from './updateBatcher';
import { page, resourceRoots } from '../ui/webviewPage';
import type { ReplyToHost } from '../protocol/reply';
import type { RunReporting } from '../ui/errors';
import { onMessage, postTo } from '../ui/webviewHost';
import { type PanelActions, handleMessage, messageName } from './messages';
import { panelActions } from './actions';
import { panelTitle, replyViewType } from './panelTitle';
import { turnView } from './view';
import { panelStrings } from './strings';

/** What a panel is made with. */
export interface PanelParts {
  /** Where the extension lies. */
  readonly extension: Uri;
  readonly conversations: Conversations;
  readonly labelOf: (model: string) => string | undefined;
  readonly costs: Costs;
  readonly sender: Sender;
  readonly setUp: SetUpDialogs;
  readonly profiles: AwsProfiles;
  readonly attempt: RunReporting;
  /** Told why, where the panel cannot be loaded for a reply. */
  readonly onLoadError: (error: unknown) => void;
  readonly log: { warn(message: string): void };
}

export class ReplyPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private shown: string | undefined;
  private reloaded = false;
  private readonly flow: UpdateBatcher;
  private readonly actions: PanelActions;
  private readonly listening: Disposable;

  constructor(private readonly parts: PanelParts) {
    this.actions = panelActions(parts.sender, parts.setUp, parts.profiles);
    this.flow = new UpdateBatcher(
      (message) => postTo(this.panel?.webview, message),
      (turn) => this.knownOf(turn),
    );
    // It may be opened late, when it could not be loaded before.
    this.shown = parts.conversations.ids.at(-1);
    this.listening = Disposable.from(
      parts.conversations.keepShown(() => this.shown),
      parts.costs.onDidChange(() => this.conversation?.turns.forEach((turn) => this.flow.tell(turn))),
    );
  }

  /** The conversation that the panel shows; undefined before the first. */
  get conversation(): Conversation | undefined {
    return this.shown === undefined ? undefined : this.parts.conversations.get(this.shown);
  }

  /** Brings the panel to the front, beside the editor when it is new. `focus` only when the user asked for it. */
  reveal({ focus }: { focus: boolean }): void {
    if (this.panel) {
      this.panel.reveal(focus ? undefined : this.columnBesideEditor(this.panel), !focus);
      return;
    }
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: !focus };
    this.adopt(window.createWebviewPanel(replyViewType, panelTitle(), column));
  }

  /** Brings the panel to the front, and in it a conversation of this window. */
  show(conversation: string): void {
    this.shown = conversation;
    this.reveal({ focus: true });
    this.tellAll();
  }

  /** After a reload of the window VS Code hands back the panel; the replies of before are gone with the host. */
  restore(panel: WebviewPanel): void {
    // A tab in the background is handed back only when it is clicked; by then another may be in use.
    if (this.panel) panel.dispose();
    else {
      this.reloaded = true;
      this.adopt(panel);
    }
  }

  dispose(): void {
    this.listening.dispose();
    this.flow.dispose();
    this.panel?.dispose();
  }

  /** Where the panel covers no editor that is being read: where it is, else any other group, else a new one. */
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
      this.flow.pause();
    });
    panel.onDidChangeViewState(() => {
      // A hidden webview is unloaded; shown again, it says `ready` and is told all.
      if (!panel.visible) this.flow.pause();
    });
    onMessage<Exclude<ReplyToHost, { type: 'broken' }>>(panel.webview, {
      ...{ page: 'panel', log, attempt },
      nameOf: (message) => messageName(message, conversations),
      handle: async (message) => {
        if (message.type === 'ready') this.tellAll();
        else if (message.type === 'step') this.step(message.by);
        // A second click may be on its way while what the first has sent takes the place of its button.
        else if (message.type !== 'act' || this.shows(message.turn))
          await handleMessage(message, conversations, this.actions, (told) => postTo(panel.webview, told));
      },
    });
    panel.webview.html = page(panel.webview, extension, { script: 'webview', title: panel.title });
  }

  /** To be told of every change of the conversations. */
  follow({ conversation, turn, event }: Change): void {
    if (!event) {
      this.shown = conversation;
      this.reveal({ focus: false });
      this.tellAll();
    } else if (conversation === this.shown) this.flow.pass(turn, event);
  }

  private step(by: -1 | 1): void {
    const { ids } = this.parts.conversations;
    const next = ids[ids.indexOf(this.shown ?? '') + by];
    if (next === undefined) return;
    this.shown = next;
    this.tellAll();
  }

  private knownOf(turn: Turn): StatContext {
    const { labelOf, costs } = this.parts;
    return { label: labelOf(turn.request.target.model), cost: costs.of(turn) };
  }

  private shows(turn: string): boolean {
    return this.conversation?.turns.some(({ request: { id } }) => id === turn) ?? false;
  }

  private tellAll(): void {
    const { ids } = this.parts.conversations;
    const now = Date.now();
    this.flow.begin({
      type: 'snapshot',
      words: panelStrings(this.reloaded),
      turns: (this.conversation?.turns ?? []).map((turn) => turnView(turn, this.knownOf(turn), now)),
      position: { index: ids.indexOf(this.shown ?? '') + 1, count: ids.length },
    });
  }
}
