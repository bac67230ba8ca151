// Under a reply, folded: what its attempts did on the wire. The host is asked for it only when it is unfolded.
import type { AttemptView, Copied, PanelStrings } from '../../protocol/reply';
import { attemptShape } from '../inspector/attempt';
import { isUnfolded, rememberUnfolded } from './memory';
import { patch } from '../kit/patch';

export interface DetailsParts {
  readonly turn: string;
  readonly words: PanelStrings;
  readonly ask: () => void;
  readonly copy: (attempt: number, what: Copied, from: HTMLElement) => void;
}

export class Details {
  readonly element = document.createElement('details');
  readonly #parts: DetailsParts;
  readonly #body = document.createElement('div');
  /** How many attempts there are, and of how many the host was asked. */
  #count = 0;
  #asked = 0;

  constructor(parts: DetailsParts) {
    this.#parts = parts;
    const name = `${parts.turn} details`;
    const summary = document.createElement('summary');
    summary.textContent = parts.words.details;
    this.element.className = 'details';
    this.element.append(summary, this.#body);
    this.element.hidden = true;
    this.element.open = isUnfolded(name);
    this.element.ontoggle = () => {
      rememberUnfolded(name, this.element.open);
      this.#ask();
    };
  }

  /** To be told how many attempts are over. */
  set count(count: number) {
    this.#count = count;
    this.element.hidden = count === 0;
    this.#ask();
  }

  show(attempts: readonly AttemptView[]): void {
    const { words, copy } = this.#parts;
    patch(
      this.#body,
      attempts.map((attempt) =>
        attemptShape(attempt, words, (what, from) => copy(attempt.number, what, from)),
      ),
    );
  }

  #ask(): void {
    if (!this.element.open || this.#asked === this.#count) return;
    this.#asked = this.#count;
    this.#parts.ask();
  }
}
