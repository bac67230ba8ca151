// The turns on the page, kept as the host tells them, drawn once a frame.
import type { ReplyToWebview, TurnView, PanelStrings } from '../../protocol/reply';
import { StickToBottom } from './stickToBottom';
import { guarded, post } from './host';
import { keepUnfolded } from './memory';
import { patch } from '../kit/patch';
import { button, h, type Child } from '../kit/vnode';
import { showCopied } from '../kit/showCopied';
import { TurnElement } from './turn';
import { filled } from '../kit/format';

type Snapshot = Extract<ReplyToWebview, { readonly type: 'snapshot' }>;

/** What drawing may take of a frame's 16 ms, about. */
const frame = 8;

export class ConversationView {
  readonly #page: HTMLElement;
  readonly #header = document.createElement('header');
  readonly #follow = new StickToBottom();
  #turns = new Map<string, TurnElement>();
  #frame = 0;

  constructor(page: HTMLElement) {
    this.#page = page;
    setInterval(() => guarded('tick', () => this.#tick()), 1000);
  }

  show({ words, turns, position }: Snapshot): void {
    const before = this.#turns;
    this.#turns = new Map(turns.map((view) => [view.id, this.#turn(before.get(view.id), view, words)]));
    this.#follow.label = words.jumpToEnd;
    patch(this.#header, headerContents(position, words));
    const rest =
      turns.length === 0 ? [emptyNote(words)] : [...this.#turns.values()].map(({ element }) => element);
    this.#page.replaceChildren(this.#header, ...rest);
    keepUnfolded([...this.#turns.keys()]);
    this.#draw();
    const last = [...this.#turns].at(-1);
    if (last) this.#follow.begin(last[0], last[1].element, last[1].isRunning);
  }

  turn(id: string): TurnElement | undefined {
    return this.#turns.get(id);
  }

  /** The id of the reply that Escape stops. */
  get running(): string | undefined {
    return [...this.#turns].findLast(([, turn]) => turn.isRunning)?.[0];
  }

  #turn(before: TurnElement | undefined, view: TurnView, words: PanelStrings): TurnElement {
    if (before?.isEarlier(view)) {
      before.catchUp(view);
      return before;
    }
    return new TurnElement(view, {
      words,
      changed: () => this.#ask(),
      copied: (from) => showCopied(from, words.copied),
    });
  }

  #ask(): void {
    this.#frame ||= requestAnimationFrame(() => guarded('draw', () => this.#draw()));
  }

  #draw(): void {
    this.#frame = 0;
    const deadline = performance.now() + frame;
    const complete = [...this.#turns.values()].map((turn) => turn.draw(deadline));
    this.#follow.grown();
    if (complete.includes(false)) this.#ask();
  }

  #tick(): void {
    for (const turn of this.#turns.values()) if (turn.isRunning) turn.tick();
  }
}

function headerContents({ index, count }: Snapshot['position'], words: PanelStrings): readonly Child[] {
  if (count < 2) return [];
  const step = (by: -1 | 1) => () => post({ type: 'step', by });
  const disabled = { attributes: { disabled: '' } };
  const previous = button('‹', step(-1), 'quiet', words.previous);
  const next = button('›', step(1), 'quiet', words.next);
  return [
    h('nav', [
      index > 1 ? previous : { ...previous, attributes: { ...previous.attributes, ...disabled.attributes } },
      h('span', [filled(words.position, index, count)]),
      index < count ? next : { ...next, attributes: { ...next.attributes, ...disabled.attributes } },
    ]),
  ];
}

function emptyNote(words: PanelStrings): HTMLElement {
  const note = document.createElement('p');
  note.className = 'empty';
  note.textContent = words.empty;
  return note;
}
