// The turns on the page, as the host sends them; drawn at most once per frame.
import { type VNode, render } from 'preact';
import type { ReplyToHost, ReplyToWebview, TurnView, PanelStrings } from '../../protocol/reply';
import type { Announce } from '../kit/announcer';
import { Button } from '../kit/button';
import { fill } from '../kit/format';
import type { PageHost } from '../kit/host';
import { keepSelection } from '../kit/keepSelection';
import { showCopied } from '../kit/showCopied';
import type { ReplyMemory } from './memory';
import type { StickToBottom } from './stickToBottom';
import { TurnArticle } from './turn';
import { TurnModel } from './turnModel';

type Snapshot = Extract<ReplyToWebview, { readonly type: 'snapshot' }>;

/** About how many of a frame's 16 ms drawing may take. */
const drawBudgetMs = 8;

export interface ConversationDeps {
  readonly host: Pick<PageHost<ReplyToHost>, 'post' | 'guarded'>;
  readonly memory: ReplyMemory;
  readonly announce: Announce;
  readonly scroll: Pick<StickToBottom, 'label' | 'begin' | 'grown'>;
}

/** A turn as it was last drawn; an unchanged one is not drawn again. */
interface DrawnTurn {
  readonly revision: number;
  readonly element: VNode;
}

export class ConversationView {
  readonly #page: HTMLElement;
  readonly #deps: ConversationDeps;
  #turns: readonly TurnModel[] = [];
  #drawn = new Map<TurnModel, DrawnTurn>();
  #snapshot: Snapshot | undefined;
  /** A Preact key for each turn that was ever on the page. */
  #keys = new WeakMap<TurnModel, number>();
  #count = 0;
  #frame = 0;

  constructor(page: HTMLElement, deps: ConversationDeps) {
    this.#page = page;
    this.#deps = deps;
  }

  show(snapshot: Snapshot): void {
    const { strings, turns } = snapshot;
    const current = new Map(this.#turns.map((turn) => [turn.id, turn]));
    this.#snapshot = snapshot;
    this.#turns = turns.map((view) => this.#reuseOrCreate(current.get(view.id), view, strings));
    const { scroll, memory } = this.#deps;
    scroll.label = strings.jumpToEnd;
    // The texts need their elements on the page before they are drawn.
    this.#render();
    memory.keepUnfolded(turns.map(({ id }) => id));
    this.#draw();
    const last = this.#turns.at(-1);
    const element = this.#page.lastElementChild;
    if (last && element) scroll.begin(last.id, element, last.isRunning);
  }

  turn(id: string): TurnModel | undefined {
    return this.#turns.find((turn) => turn.id === id);
  }

  /** The ID of the reply that Escape stops; undefined if none is running. */
  get running(): string | undefined {
    return this.#turns.findLast(({ isRunning }) => isRunning)?.id;
  }

  #reuseOrCreate(before: TurnModel | undefined, view: TurnView, strings: PanelStrings): TurnModel {
    if (before?.isEarlier(view)) {
      before.catchUp(view);
      return before;
    }
    const { host, memory, announce } = this.#deps;
    const turn = new TurnModel(view, {
      strings,
      memory,
      announce,
      post: host.post,
      requestDraw: () => this.#scheduleDraw(),
      showCopied: (from) => showCopied(from, strings.copied, announce),
    });
    this.#keys.set(turn, this.#count++);
    return turn;
  }

  #scheduleDraw(): void {
    this.#frame ||= requestAnimationFrame(() => this.#deps.host.guarded('draw', () => this.#draw()));
  }

  #draw(): void {
    this.#frame = 0;
    const deadline = performance.now() + drawBudgetMs;
    const isComplete = keepSelection(() => {
      const complete = this.#turns.map((turn) => turn.draw(deadline));
      this.#render();
      return !complete.includes(false);
    });
    this.#deps.scroll.grown();
    if (!isComplete) this.#scheduleDraw();
  }

  #render(): void {
    if (!this.#snapshot) return;
    const { position, strings } = this.#snapshot;
    this.#drawn = new Map(this.#turns.map((turn) => [turn, this.#drawnTurn(turn)]));
    render(
      <>
        <Header
          position={position}
          strings={strings}
          step={(by) => this.#deps.host.post({ type: 'step', by })}
        />
        {this.#turns.length === 0 && <p class="empty">{strings.empty}</p>}
        {[...this.#drawn.values()].map(({ element }) => element)}
      </>,
      this.#page,
    );
  }

  #drawnTurn(turn: TurnModel): DrawnTurn {
    const before = this.#drawn.get(turn);
    const { revision } = turn;
    if (before?.revision === revision) return before;
    return { revision, element: <TurnArticle key={this.#keys.get(turn)} turn={turn} /> };
  }

  /** Updates the elapsed times. Call it every second. */
  tick(): void {
    const running = this.#turns.filter(({ isRunning }) => isRunning);
    for (const turn of running) turn.tick();
    if (running.length > 0) keepSelection(() => this.#render());
  }
}

/** The position of the conversation, with buttons for the previous and the next one. */
function Header({
  position: { index, count },
  strings,
  step,
}: Pick<Snapshot, 'position' | 'strings'> & { readonly step: (by: -1 | 1) => void }) {
  return (
    <header>
      {count > 1 && (
        <nav>
          <Button name={strings.previous} onClick={() => step(-1)} disabled={index <= 1}>
            ‹
          </Button>
          <span>{fill(strings.position, index, count)}</span>
          <Button name={strings.next} onClick={() => step(1)} disabled={index >= count}>
            ›
          </Button>
        </nav>
      )}
    </header>
  );
}
