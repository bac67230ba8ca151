// Tells the host what is typed. The host writes it to disk, so it must hear of each pause.
import type { ReplyToHost } from '../../protocol/reply';

/** ms between two messages while somebody types; a very long text is sent less often. */
const delayMs = 50;
const longDelayMs = 150;
const longLength = 65_536;

export class DraftSync {
  #conversation = '';
  #sent = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #post: (message: ReplyToHost) => void;
  readonly #text: () => string;

  /** @param text returns what is typed now */
  constructor(post: (message: ReplyToHost) => void, text: () => string) {
    this.#post = post;
    this.#text = text;
  }

  /** From now on, the text belongs to this conversation, whose draft the host has. */
  begin(conversation: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#conversation = conversation;
    this.#sent = this.#text();
  }

  /** Call it when the text may have changed. */
  changed(): void {
    this.#timer ??= setTimeout(() => this.flush(), this.#text().length > longLength ? longDelayMs : delayMs);
  }

  /** Call it before the page may be unloaded, or something else is done with the text. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const text = this.#text();
    if (text === this.#sent || !this.#conversation) return;
    this.#sent = text;
    this.#post({ type: 'draft', conversation: this.#conversation, text });
  }

  /** The host knows the text by another message. */
  told(text: string): void {
    this.#sent = text;
  }
}
