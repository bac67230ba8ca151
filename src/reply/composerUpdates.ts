// Posts what the composer shows, whenever it may have changed.
import { Disposable, window, workspace } from 'vscode';
import type { ComposerView } from '../protocol/composer';
import { section } from '../settings';
import { type ComposerParts, composerView } from './composerView';
import type { UpdateBatcher } from './updateBatcher';

/** ms; while somebody types or selects, the view is made a few times a second. */
const delayMs = 100;

export class ComposerUpdates implements Disposable {
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** The last view that was posted, as JSON. */
  private posted = '';
  private readonly subscriptions: Disposable;

  /** @param shown returns the ID of the shown conversation */
  constructor(
    private readonly parts: ComposerParts,
    private readonly batcher: Pick<UpdateBatcher, 'isConnected' | 'postNow'>,
    private readonly shown: () => string,
  ) {
    const postSoon = () => this.postSoon();
    this.subscriptions = Disposable.from(
      parts.drafts.onDidChange((conversation) => {
        if (conversation === shown()) postSoon();
      }),
      parts.questions.onDidChange((conversation) => {
        if (conversation === shown()) this.post();
      }),
      parts.costs.onDidChange(postSoon),
      parts.pending.onDidChange(postSoon),
      // The model of a conversation without turns is that of the settings.
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(section)) postSoon();
      }),
      window.onDidChangeTextEditorSelection(postSoon),
      window.onDidChangeActiveTextEditor(postSoon),
    );
  }

  /** The view for a snapshot, which posts it. */
  view(): ComposerView {
    const view = composerView(this.shown(), this.parts);
    this.posted = JSON.stringify(view);
    return view;
  }

  /** Posts the view now, if it has changed. */
  post(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.batcher.isConnected) return;
    const before = this.posted;
    const view = this.view();
    if (this.posted !== before) this.batcher.postNow({ type: 'composer', conversation: this.shown(), view });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscriptions.dispose();
  }

  private postSoon(): void {
    this.timer ??= setTimeout(() => this.post(), delayMs);
  }
}
