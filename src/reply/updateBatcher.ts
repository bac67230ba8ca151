// Posts updates of running replies to the page: text in batches, everything else immediately.
import type { Disposable } from 'vscode';
import type { ReplyEvent, Turn } from '../core/model/reply';
import type { StatContext } from './stats';
import type { ReplyToWebview } from '../protocol/reply';
import { panelState } from './view';

/** ms; about a frame and a half, so that the page draws every frame and the host posts few messages. */
const batchMs = 25;

/** Characters of text that are posted at once: VS Code serializes each message as JSON synchronously. */
const batchLength = 1024 * 1024;

type Snapshot = Extract<ReplyToWebview, { type: 'snapshot' }>;
type More = Extract<ReplyToWebview, { type: 'append' }>;

export class UpdateBatcher implements Disposable {
  /** Messages to post, in order. */
  private queue: ReplyToWebview[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the page is loaded and has received everything up to now. */
  private connected = false;

  constructor(
    private readonly post: (message: ReplyToWebview) => void,
    private readonly statContext: (turn: Turn) => StatContext,
  ) {}

  /** Posts a snapshot, which includes everything that was queued. */
  begin(snapshot: Snapshot): void {
    this.drop();
    this.connected = true;
    this.post(snapshot);
  }

  /** Stops posting: the page is gone. The snapshot of the next begin() includes what it missed. */
  pause(): void {
    this.connected = false;
    this.drop();
  }

  /** Whether the page is loaded. */
  get isConnected(): boolean {
    return this.connected;
  }

  /** Posts a message after the text so far; drops it if the page is not loaded. */
  postNow(message: ReplyToWebview): void {
    if (!this.connected) return;
    this.queue.push(message);
    this.flush();
  }

  /** Takes an event of a reply, after the reply itself has been updated. */
  push(turn: Turn, event: ReplyEvent): void {
    if (!this.connected) return;
    const { id } = turn.request;
    const { text, reasoning } = turn.reply;
    // With the first text, thinking is over.
    const first =
      (event.type === 'text' && text === event.text) ||
      (event.type === 'reasoning' && reasoning === event.text);
    if (event.type === 'text' || event.type === 'reasoning') {
      this.addText(id, event);
      this.timer ??= setTimeout(() => this.flush(), batchMs);
    }
    if ((event.type !== 'text' && event.type !== 'reasoning') || first) this.postState(turn);
  }

  /** Posts everything about a turn but its text, after the text so far. */
  postState(turn: Turn): void {
    if (!this.connected) return;
    const state = panelState(turn, this.statContext(turn), Date.now());
    this.postNow({ type: 'state', turn: turn.request.id, state });
  }

  dispose(): void {
    this.pause();
  }

  private addText(turn: string, { type, text }: Extract<ReplyEvent, { type: 'text' | 'reasoning' }>): void {
    const last = this.queue.at(-1);
    if (last?.type === 'append' && last.turn === turn && lengthOf(last) < batchLength)
      this.queue[this.queue.length - 1] = { ...last, [type]: last[type] + text };
    else
      for (let at = 0; at < text.length; at += batchLength)
        this.queue.push({
          type: 'append',
          turn,
          ...{ text: '', reasoning: '' },
          [type]: text.slice(at, at + batchLength),
        });
  }

  /** Posts the queue. If it holds very much text, posts a part, and the rest a moment later. */
  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    let length = 0;
    while (this.queue.length > 0 && length < batchLength) {
      const [message] = this.queue.splice(0, 1);
      if (!message) break;
      if (message.type === 'append') length += lengthOf(message);
      this.post(message);
    }
    if (this.queue.length > 0) this.timer = setTimeout(() => this.flush(), batchMs);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.queue = [];
  }
}

function lengthOf({ text, reasoning }: More): number {
  return text.length + reasoning.length;
}
