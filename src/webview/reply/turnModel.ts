// One prompt and its reply, as far as the page knows them.
import type { AttemptView, CodePlace, State, TurnView } from '../../protocol/reply';
import { ReplyText } from './replyText';
import type { TurnContext } from './turnContext';

/** What stands under a reply; a moment behind while its text is being drawn. */
export interface FooterView extends Pick<State, 'outcome' | 'stats' | 'phase'> {
  readonly hasText: boolean;
}

export class TurnModel {
  readonly view: TurnView;
  readonly context: TurnContext;
  readonly text: ReplyText;
  /** What the host has told of the attempts. */
  attempts: readonly AttemptView[] = [];
  /** Counts up with whatever changes of it, its text aside, which draws itself. */
  revision = 0;
  footer: FooterView = { stats: [], phase: 'waiting', hasText: false };
  #state: State;
  #told = performance.now();
  #reasoning: string;
  #length: number;
  #live = false;
  #announced = '';

  constructor(view: TurnView, context: TurnContext) {
    this.view = view;
    this.context = context;
    this.#state = view.state;
    this.#reasoning = view.reasoning;
    this.#length = view.text.length;
    const copyCode = (code: CodePlace, from: HTMLElement) => {
      context.post({ type: 'copyCode', turn: view.id, code });
      context.copied(from);
    };
    this.text = new ReplyText({ strings: context.strings, copyCode }, (text) => {
      if (this.#live) context.announce(text);
    });
    this.text.append(view.text);
    this.update(view.state);
    this.#live = view.state.phase !== 'ended';
  }

  get id(): string {
    return this.view.id;
  }

  get state(): State {
    return this.#state;
  }

  get reasoning(): string {
    return this.#reasoning;
  }

  /** How many ms ago the state was told. */
  get since(): number {
    return performance.now() - this.#told;
  }

  get isRunning(): boolean {
    return this.#state.phase !== 'ended';
  }

  /** Whether this is that turn, not further than it is there. */
  isEarlier({ id, text, reasoning, state }: TurnView): boolean {
    return (
      id === this.id &&
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
    this.text.append(text);
    this.#length += text.length;
    this.#reasoning += reasoning;
    if (reasoning) this.revision++;
    this.context.changed();
  }

  update(state: State): void {
    this.#state = state;
    this.#told = performance.now();
    if (state.phase === 'ended') this.text.end();
    this.revision++;
    this.context.changed();
  }

  /** Takes what the host tells of the attempts. */
  detail(attempts: readonly AttemptView[]): void {
    this.attempts = attempts;
    this.revision++;
    this.context.changed();
  }

  /** Notes that what changes with the clock alone has changed. */
  tick(): void {
    this.revision++;
  }

  /** Draws the text until `deadline`, ms of performance.now(); true when there is nothing left to draw. */
  draw(deadline: number): boolean {
    const isDone = this.text.draw(deadline);
    // Colours may come later.
    if (this.text.isShown) this.#end();
    return isDone;
  }

  #end(): void {
    const { outcome, stats, phase } = this.#state;
    const before = this.footer;
    this.footer = { ...(outcome && { outcome }), stats, phase, hasText: this.#length > 0 };
    if (before.stats !== stats || before.phase !== phase || before.hasText !== this.footer.hasText)
      this.revision++;
    this.#announceState();
  }

  #announceState(): void {
    const { phase, outcome, note } = this.#state;
    const { strings, announce } = this.context;
    const ended = outcome?.title ? `${outcome.title}\n${outcome.advice}` : strings.replyFinished;
    const said = phase === 'ended' ? ended : note;
    if (this.#live && said !== this.#announced) announce(said);
    this.#announced = said;
  }
}
