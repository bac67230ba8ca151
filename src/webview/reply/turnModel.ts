// The page's state of one prompt and its reply.
import type { AttemptView } from '../../protocol/attempt';
import type { ComparisonView, CodeAction, CodePlace, State, TurnView } from '../../protocol/reply';
import { ReplyText } from './replyText';
import type { TurnContext } from './turnContext';

/** What is shown under a reply. It lags behind while the text is being drawn. */
export interface FooterView extends Pick<State, 'outcome' | 'stats' | 'phase'> {
  readonly hasText: boolean;
}

export class TurnModel {
  readonly view: TurnView;
  readonly context: TurnContext;
  readonly text: ReplyText;
  /** What is shown of the prompt; its place among the versions may change. */
  promptView: TurnView;
  /** The details of the attempts, once requested. */
  attempts: readonly AttemptView[] = [];
  /** The comparison with the other versions, once requested. */
  comparison: ComparisonView | undefined;
  /** Increases with every change except of the text, which draws itself. */
  revision = 0;
  footer: FooterView = { stats: [], phase: 'waiting', hasText: false };
  #state: State;
  #updatedAt = performance.now();
  #reasoning: string;
  #length: number;
  #live = false;
  #isDrawn = false;
  #announced = '';

  constructor(view: TurnView, context: TurnContext) {
    this.view = view;
    this.promptView = view;
    this.context = context;
    this.#state = view.state;
    this.#reasoning = view.reasoning;
    this.#length = view.text.length;
    const onCode = (action: CodeAction, code: CodePlace, from: HTMLElement) => {
      context.post({ type: 'code', turn: view.id, code, action });
      if (action === 'copy') context.showCopied(from);
    };
    const deps = { strings: context.strings, onCode, canReplace: view.source !== '' };
    this.text = new ReplyText(deps, (text) => {
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

  /** ms since the last state arrived. */
  get since(): number {
    return performance.now() - this.#updatedAt;
  }

  get isRunning(): boolean {
    return this.#state.phase !== 'ended';
  }

  /** Whether `view` is a later state of this turn. */
  isEarlier({ id, text, reasoning, state }: TurnView): boolean {
    return (
      id === this.id &&
      (this.isRunning || state.phase === 'ended') &&
      text.length >= this.#length &&
      reasoning.length >= this.#reasoning.length
    );
  }

  /** Updates this turn to a later state. */
  catchUp(view: TurnView): void {
    const { text, reasoning, state } = view;
    this.promptView = view;
    this.append(text.slice(this.#length), reasoning.slice(this.#reasoning.length));
    this.update(state);
  }

  append(text: string, reasoning: string): void {
    this.text.append(text);
    this.#length += text.length;
    this.#reasoning += reasoning;
    if (reasoning) this.revision++;
    this.#isDrawn = false;
    this.context.requestDraw();
  }

  update(state: State): void {
    this.#state = state;
    this.#updatedAt = performance.now();
    if (state.phase === 'ended') this.text.end();
    this.revision++;
    this.#isDrawn = false;
    this.context.requestDraw();
  }

  /** Sets the details of the attempts. */
  setAttempts(attempts: readonly AttemptView[]): void {
    this.attempts = attempts;
    this.revision++;
    this.context.requestDraw();
  }

  setComparison(view: ComparisonView): void {
    this.comparison = view;
    this.revision++;
    this.context.requestDraw();
  }

  /** Makes the elapsed time be drawn again. */
  tick(): void {
    this.revision++;
  }

  /** Whether there is nothing left to draw. */
  get isDrawn(): boolean {
    return this.#isDrawn;
  }

  /** Draws the text until `deadline` (ms of performance.now()). Returns whether everything is drawn. */
  draw(deadline: number): boolean {
    this.#isDrawn = this.text.draw(deadline);
    // Highlighting may finish later.
    if (this.text.isShown) this.#end();
    return this.#isDrawn;
  }

  #end(): void {
    const { outcome, stats, phase } = this.#state;
    const previous = this.footer;
    this.footer = { ...(outcome && { outcome }), stats, phase, hasText: this.#length > 0 };
    if (previous.stats !== stats || previous.phase !== phase || previous.hasText !== this.footer.hasText)
      this.revision++;
    this.#announceState();
  }

  #announceState(): void {
    const { phase, outcome, note } = this.#state;
    const { strings, announce } = this.context;
    const outcomeText = outcome?.title ? `${outcome.title}\n${outcome.advice}` : strings.replyFinished;
    const text = phase === 'ended' ? outcomeText : note;
    if (this.#live && text !== this.#announced) announce(text);
    this.#announced = text;
  }
}
