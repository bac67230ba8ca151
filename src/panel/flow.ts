// What the webview is told while replies run: the words of a reply gathered for a moment, all else at once.
import type { Disposable } from 'vscode';
import type { ReplyEvent, Turn } from '../core/reply';
import type { Known } from './facts';
import type { ToWebview } from './protocol';
import { stateOf } from './view';

/** ms; about a frame and a half, so that the webview draws each frame and the host posts few messages. */
const gathering = 25;

type Snapshot = Extract<ToWebview, { type: 'snapshot' }>;
type Gathered = Extract<ToWebview, { type: 'more' }>;

export class Flow implements Disposable {
  private readonly gathered = new Map<string, Gathered>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether the webview is there and has been told all up to now. */
  private listening = false;

  constructor(
    private readonly post: (message: ToWebview) => void,
    private readonly knownOf: (turn: Turn) => Known,
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
      const before = this.gathered.get(id) ?? { type: 'more', turn: id, text: '', reasoning: '' };
      this.gathered.set(id, { ...before, [event.type]: before[event.type] + event.text });
      this.timer ??= setTimeout(() => this.flush(), gathering);
    }
    if ((event.type !== 'text' && event.type !== 'reasoning') || first) this.tell(turn);
  }

  /** Tells all of a turn but its words, after the words until now. */
  tell(turn: Turn): void {
    if (!this.listening) return;
    this.flush();
    const state = stateOf(turn, this.knownOf(turn), Date.now());
    this.post({ type: 'state', turn: turn.request.id, state });
  }

  dispose(): void {
    this.pause();
  }

  private flush(): void {
    const messages = [...this.gathered.values()];
    this.drop();
    messages.forEach(this.post);
  }

  private drop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.gathered.clear();
  }
}
