// One prompt and its reply.
import type { AttemptView, State, TurnView, PanelStrings } from '../../protocol/reply';
import { announce } from '../kit/announcer';
import { Details } from './details';
import { endingContents, factsContents } from './outcome';
import { post } from './host';
import { chunks } from '../markdown/limits';
import { isUnfolded, rememberUnfolded } from './memory';
import { patch } from '../kit/patch';
import { promptContents } from './prompt';
import { ReplyText } from './replyText';
import { h } from '../kit/vnode';
import { statusContents } from './status';

export interface TurnDeps {
  readonly words: PanelStrings;
  /** Asks for a frame in which draw() is called. */
  readonly changed: () => void;
  /** Tells the reader, at the button pressed, that something was copied. */
  readonly copied: (from: HTMLElement) => void;
}

export class TurnElement {
  readonly element = document.createElement('article');
  readonly #parts = {
    prompt: part('prompt'),
    reasoning: document.createElement('details'),
    note: part('note'),
    reply: part('markdown'),
    ending: part('outcome'),
    facts: part('foot'),
    status: part('status'),
  };
  readonly #around: TurnDeps;
  readonly #view: TurnView;
  readonly #text: ReplyText;
  readonly #details: Details;
  #state: State;
  #told = performance.now();
  #reasoning: string;
  #length: number;
  #live: boolean;
  #announced = '';

  constructor(view: TurnView, around: TurnDeps) {
    this.#view = view;
    this.#around = around;
    this.#state = view.state;
    this.#reasoning = view.reasoning;
    this.#length = view.text.length;
    this.#live = false;
    const { prompt, reasoning, note, reply, ending, facts, status } = this.#parts;
    const heading = document.createElement('h2');
    heading.textContent = around.words.reply;
    const turn = view.id;
    this.#details = new Details({
      turn,
      words: around.words,
      ask: () => post({ type: 'details', turn }),
      copy: (attempt, what, from) => {
        post({ type: 'copyDetail', turn, attempt, what });
        around.copied(from);
      },
    });
    this.element.append(
      prompt,
      heading,
      note,
      reasoning,
      reply,
      ending,
      facts,
      this.#details.element,
      status,
    );
    reply.dir = 'auto';
    this.#text = new ReplyText(reply, { words: around.words, copyCode }, (text) => {
      if (this.#live) announce(text);
    });
    this.#text.append(view.text);
    this.#prepareReasoning();
    this.#drawPrompt();
    this.update(view.state);
    this.#live = view.state.phase !== 'ended';

    function copyCode(text: string, from: HTMLElement): void {
      post({ type: 'copyCode', text });
      around.copied(from);
    }
  }

  get isRunning(): boolean {
    return this.#state.phase !== 'ended';
  }

  /** Whether this is that turn, not further than it is there. */
  isEarlier({ id, text, reasoning, state }: TurnView): boolean {
    return (
      id === this.#view.id &&
      (this.isRunning || state.phase === 'ended') &&
      text.length >= this.#length &&
      reasoning.length >= this.#reasoning.length
    );
  }

  /** Takes what the view has more than this. */
  catchUp({ text, reasoning, state }: TurnView): void {
    this.more(text.slice(this.#length), reasoning.slice(this.#reasoning.length));
    this.update(state);
  }

  more(text: string, reasoning: string): void {
    this.#text.append(text);
    this.#length += text.length;
    this.#reasoning += reasoning;
    this.#around.changed();
  }

  update(state: State): void {
    this.#state = state;
    this.#told = performance.now();
    if (state.phase === 'ended') this.#text.end();
    this.#details.count = state.attempts;
    this.#around.changed();
  }

  /** Takes what the host tells of the attempts. */
  detail(attempts: readonly AttemptView[]): void {
    this.#details.show(attempts);
    this.#around.changed();
  }

  /** Draws until `deadline`, ms of performance.now(); true when there is nothing left to draw. */
  draw(deadline: number): boolean {
    const isDone = this.#text.draw(deadline);
    const { note, reply, reasoning } = this.#parts;
    reply.setAttribute('aria-busy', String(this.isRunning));
    patch(note, this.#state.note ? [h('p', [this.#state.note])] : []);
    reasoning.hidden = !this.#reasoning;
    if (reasoning.open) this.#drawReasoning();
    this.tick();
    // Colours may come later.
    if (this.#text.isShown) this.#drawEnding();
    return isDone;
  }

  /** Draws what changes with the clock alone. */
  tick(): void {
    const stop = () => post({ type: 'stop', turn: this.#view.id });
    const since = performance.now() - this.#told;
    patch(this.#parts.status, statusContents(this.#state, since, this.#around.words, stop));
  }

  #drawPrompt(): void {
    const name = `${this.#view.id} prompt`;
    const open = isUnfolded(name);
    const toggle = () => {
      rememberUnfolded(name, !open);
      this.#drawPrompt();
    };
    patch(this.#parts.prompt, promptContents(this.#view, this.#around.words, { open, toggle }));
  }

  #prepareReasoning(): void {
    const { reasoning } = this.#parts;
    const name = `${this.#view.id} reasoning`;
    const summary = document.createElement('summary');
    summary.textContent = this.#around.words.reasoning;
    reasoning.append(summary, part('words'));
    reasoning.className = 'reasoning';
    reasoning.open = isUnfolded(name);
    reasoning.ontoggle = () => {
      rememberUnfolded(name, reasoning.open);
      this.#around.changed();
    };
  }

  #drawReasoning(): void {
    const words = this.#parts.reasoning.lastElementChild;
    if (words)
      patch(
        words,
        chunks(this.#reasoning).map((piece) => h('div', [piece])),
      );
  }

  #drawEnding(): void {
    const { ending: outcome, facts } = this.#parts;
    const turn = this.#view.id;
    const { ending, phase } = this.#state;
    patch(
      outcome,
      endingContents(ending, (action) => post({ type: 'act', turn, action })),
    );
    const copyReply = (from: HTMLElement) => {
      post({ type: 'copyReply', turn });
      this.#around.copied(from);
    };
    const contents = factsContents(
      this.#state.facts,
      this.#around.words,
      (what, from) => {
        post({ type: 'copyFact', turn, what });
        this.#around.copied(from);
      },
      phase === 'ended' && this.#length > 0 ? copyReply : undefined,
    );
    patch(facts, contents);
    this.#announceState();
  }

  #announceState(): void {
    const { phase, ending, note } = this.#state;
    const { replyFinished } = this.#around.words;
    const ended = ending?.title ? `${ending.title}\n${ending.advice}` : replyFinished;
    const said = phase === 'ended' ? ended : note;
    if (this.#live && said !== this.#announced) announce(said);
    this.#announced = said;
  }
}

function part(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  return element;
}
