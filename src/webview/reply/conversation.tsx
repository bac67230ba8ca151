// The turns on the page, kept as the host tells them, drawn once a frame.
import { type VNode, render } from 'preact';
import type { ReplyToHost, ReplyToWebview, TurnView, PanelStrings } from '../../protocol/reply';
import type { Announce } from '../kit/announcer';
import { Button } from '../kit/button';
import { filled } from '../kit/format';
import type { PageHost } from '../kit/host';
import { keepSelection } from '../kit/keepSelection';
import { showCopied } from '../kit/showCopied';
import type { ReplyMemory } from './memory';
import type { StickToBottom } from './stickToBottom';
import { TurnArticle } from './turn';
import { TurnModel } from './turnModel';

type Snapshot = Extract<ReplyToWebview, { readonly type: 'snapshot' }>;

/** What drawing may take of a frame's 16 ms, about. */
const frame = 8;

export interface ConversationDeps {
  readonly host: Pick<PageHost<ReplyToHost>, 'post' | 'guarded'>;
  readonly memory: ReplyMemory;
  readonly announce: Announce;
  readonly follow: Pick<StickToBottom, 'label' | 'begin' | 'grown'>;
}

/** A turn as it was drawn last: one that has not changed since is not looked at. */
interface DrawnTurn {
  readonly revision: number;
  readonly element: VNode;
}

export class ConversationView {
  readonly #page: HTMLElement;
  readonly #deps: ConversationDeps;
  #turns: readonly TurnModel[] = [];
  #drawn = new Map<TurnModel, DrawnTurn>();
  #shown: Snapshot | undefined;
  /** Names each turn that was ever on the page. */
  #keys = new WeakMap<TurnModel, number>();
  #count = 0;
  #frame = 0;

  constructor(page: HTMLElement, deps: ConversationDeps) {
    this.#page = page;
    this.#deps = deps;
  }

  show(snapshot: Snapshot): void {
    const { strings, turns } = snapshot;
    const before = new Map(this.#turns.map((turn) => [turn.id, turn]));
    this.#shown = snapshot;
    this.#turns = turns.map((view) => this.#turn(before.get(view.id), view, strings));
    const { follow, memory } = this.#deps;
    follow.label = strings.jumpToEnd;
    // The texts need their place on the page before they are drawn.
    this.#render();
    memory.keepUnfolded(turns.map(({ id }) => id));
    this.#draw();
    const last = this.#turns.at(-1);
    const element = this.#page.lastElementChild;
    if (last && element) follow.begin(last.id, element, last.isRunning);
  }

  turn(id: string): TurnModel | undefined {
    return this.#turns.find((turn) => turn.id === id);
  }

  /** The id of the reply that Escape stops. */
  get running(): string | undefined {
    return this.#turns.findLast(({ isRunning }) => isRunning)?.id;
  }

  #turn(before: TurnModel | undefined, view: TurnView, strings: PanelStrings): TurnModel {
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
      changed: () => this.#ask(),
      copied: (from) => showCopied(from, strings.copied, announce),
    });
    this.#keys.set(turn, this.#count++);
    return turn;
  }

  #ask(): void {
    this.#frame ||= requestAnimationFrame(() => this.#deps.host.guarded('draw', () => this.#draw()));
  }

  #draw(): void {
    this.#frame = 0;
    const deadline = performance.now() + frame;
    const isComplete = keepSelection(() => {
      const complete = this.#turns.map((turn) => turn.draw(deadline));
      this.#render();
      return !complete.includes(false);
    });
    this.#deps.follow.grown();
    if (!isComplete) this.#ask();
  }

  #render(): void {
    if (!this.#shown) return;
    const { position, strings } = this.#shown;
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

  /** Draws what changes with the clock alone: to be called each second. */
  tick(): void {
    const running = this.#turns.filter(({ isRunning }) => isRunning);
    for (const turn of running) turn.tick();
    if (running.length > 0) keepSelection(() => this.#render());
  }
}

/** Which conversation of how many is shown, and the way to those beside it. */
function Header({
  position: { index, count },
  strings,
  step,
}: Pick<Snapshot, 'position' | 'strings'> & { readonly step: (by: -1 | 1) => void }) {
  return (
    <header>
      {count > 1 && (
        <nav>
          <Button name={strings.previous} onPress={() => step(-1)} disabled={index <= 1}>
            ‹
          </Button>
          <span>{filled(strings.position, index, count)}</span>
          <Button name={strings.next} onPress={() => step(1)} disabled={index >= count}>
            ›
          </Button>
        </nav>
      )}
    </header>
  );
}
