// What the webview is told while replies run: the words of a reply gathered for a moment, all else at once.
import type { Disposable } from 'vscode';
import type { ReplyEvent, Turn } from '../core/model/reply';
import type { StatContext } from './stats';
import type { ReplyToWebview } from '../protocol/reply';
import { panelState } from './view';

/** ms; about a frame and a half, so that the webview draws each frame and the host posts few messages. */
const gathering = 25;

/** Characters of words that are posted at once: VS Code writes each message as JSON, in one go. */
const batchLength = 1024 * 1024;

type Snapshot = Extract<ReplyToWebview, { type: 'snapshot' }>;
type More = Extract<ReplyToWebview, { type: 'more' }>;

export class UpdateBatcher implements Disposable {
  /** What is to be posted, in order. */
  private queue: ReplyToWebview[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the webview is there and has been told all up to now. */
  private listening = false;

  constructor(
    private readonly post: (message: ReplyToWebview) => void,
    private readonly knownOf: (turn: Turn) => StatContext,
  ) {}

  /** Tells everything; what was gathered is in it. */
  begin(snapshot: Snapshot): void {
    this.drop();
    this.listening = true;
    this.post(snapshot);
  }

  /** Nobody is there to be told; begin() makes up for it. */
  pause(): void {
    this.listening = false;
    this.drop();
  }

  pass(turn: Turn, event: ReplyEvent): void {
    if (!this.listening) return;
    const { id } = turn.request;
    const { text, reasoning } = turn.reply;
    const first = (event.type === 'text' || event.type === 'reasoning') && text + reasoning === event.text;
    if (event.type === 'text' || event.type === 'reasoning') {
      this.gather(id, event);
      this.timer ??= setTimeout(() => this.flush(), gathering);
    }
    if ((event.type !== 'text' && event.type !== 'reasoning') || first) this.tell(turn);
  }

  /** Tells all of a turn but its words, after the words until now. */
  tell(turn: Turn): void {
    if (!this.listening) return;
    const state = panelState(turn, this.knownOf(turn), Date.now());
    this.queue.push({ type: 'state', turn: turn.request.id, state });
    this.flush();
  }

  dispose(): void {
    this.pause();
  }

  private gather(turn: string, { type, text }: Extract<ReplyEvent, { type: 'text' | 'reasoning' }>): void {
    const last = this.queue.at(-1);
    if (last?.type === 'more' && last.turn === turn && lengthOf(last) < batchLength)
      this.queue[this.queue.length - 1] = { ...last, [type]: last[type] + text };
    else
      for (let at = 0; at < text.length; at += batchLength)
        this.queue.push({
          type: 'more',
          turn,
          ...{ text: '', reasoning: '' },
          [type]: text.slice(at, at + batchLength),
        });
  }

  /** Posts what there is; of very many words a part, and the rest a moment later. */
  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    let length = 0;
    while (this.queue.length > 0 && length < batchLength) {
      const [message] = this.queue.splice(0, 1);
      if (!message) break;
      if (message.type === 'more') length += lengthOf(message);
      this.post(message);
    }
    if (this.queue.length > 0) this.timer = setTimeout(() => this.flush(), gathering);
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
