// The turns on the page, as the host sends them; drawn at most once per frame.
import { type VNode, render } from 'preact';
import type { ReplyToHost, ReplyToWebview, TurnView, PanelStrings } from '../../protocol/reply';
import type { Announce } from '../kit/announcer';
import { Button } from '../kit/button';
import { fill } from '../kit/format';
import type { PageHost } from '../kit/host';
import { keepSelection } from '../kit/keepSelection';
import { showCopied } from '../kit/showCopied';
import { keepFocus } from './keepFocus';
import type { ReplyMemory } from './memory';
import type { ReadingPosition } from './readingPosition';
import { turnElementId } from './turnElements';
import { TurnArticle } from './turn';
import type { TurnContext } from './turnContext';
import { TurnModel } from './turnModel';

type Snapshot = Extract<ReplyToWebview, { readonly type: 'snapshot' }>;

/** About how many of a frame's 16 ms drawing may take. */
const drawBudgetMs = 8;
/** So many turns of a conversation are on the page at once when it is opened, and so many more after each frame. */
const turnsAtOnce = 4;
const turnsPerFrame = 8;

export interface ConversationDeps extends Pick<TurnContext, 'edit' | 'pictures'> {
  readonly host: Pick<PageHost<ReplyToHost>, 'post' | 'guarded'>;
  readonly memory: ReplyMemory;
  readonly announce: Announce;
  readonly reading: ReadingPosition;
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
  /** The turns that are on the page. Of the others there is an empty element: a long conversation takes a while. */
  #onPage = new WeakSet<TurnModel>();
  /** The turns that were drawn in this frame, after which the browser knows how high they are. */
  #justDrawn = new Set<TurnModel>();
  #snapshot: Snapshot | undefined;
  /** A Preact key for each turn that was ever on the page. */
  #keys = new WeakMap<TurnModel, number>();
  #count = 0;
  #frame = 0;
  /** The user is about to send a prompt, which shows up with a later snapshot. */
  #isSending = false;

  constructor(page: HTMLElement, deps: ConversationDeps) {
    this.#page = page;
    this.#deps = deps;
  }

  show(snapshot: Snapshot): void {
    const { strings, turns, conversation } = snapshot;
    const isOther = conversation !== this.#snapshot?.conversation;
    const before = this.#turns;
    const current = new Map(before.map((turn) => [turn.id, turn]));
    const { reading, memory } = this.#deps;
    // Where the first turn is that does not stay.
    const fork = before.findIndex((turn, index) => turn.id !== turns[index]?.id);
    const forkElement = before[fork] && elementOf(before[fork]);
    const forkTop = forkElement && reading.topInSight(forkElement);
    this.#snapshot = snapshot;
    this.#turns = turns.map((view) => this.#reuseOrCreate(current.get(view.id), view, strings));
    reading.label = strings.jumpToEnd;
    memory.showConversation(conversation);
    if (isOther) reading.aim(snapshot.place, this.#turns.at(-1));
    this.#putOnPage(isOther ? turnsAtOnce : turns.length);
    // The texts need their elements on the page before they are drawn.
    this.#render();
    memory.keepUnfolded(turns.map(({ id }) => id));
    this.#drawTexts();
    this.#place({ isOther, countBefore: before.length, fork, forkTop });
    this.#scheduleDraw();
    if (isOther && this.#isSightDrawn) this.#skipFrame();
  }

  /** What is in sight is seen earlier if the rest is drawn a frame later. */
  #skipFrame(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#scheduleDraw();
    });
  }

  /** Whether the window is full of text. Its code may not have its colours yet. */
  get #isSightDrawn(): boolean {
    const first = this.#turns.findIndex(({ id }) => id === this.#deps.reading.turnInSight);
    for (const turn of this.#turns.slice(Math.max(0, first))) {
      const text = elementOf(turn)?.querySelector('.markdown')?.getBoundingClientRect();
      if (text && text.bottom >= innerHeight) return true;
      if (!turn.text.isShown) return false;
    }
    return true;
  }

  /** Call it with true before the user's prompt goes to the host, and with false if that has not sent it. */
  expectPrompt(isExpected: boolean): void {
    this.#isSending = isExpected;
  }

  /** Scrolls to what the snapshot is about. */
  #place({
    isOther,
    countBefore,
    fork,
    forkTop,
  }: {
    readonly isOther: boolean;
    readonly countBefore: number;
    readonly fork: number;
    readonly forkTop: number | undefined;
  }): void {
    const { reading } = this.#deps;
    const last = this.#turns.at(-1);
    const lastElement = last && elementOf(last);
    if (isOther) {
      reading.open();
      this.#isSending = false;
      return;
    }
    const changed = fork < 0 ? undefined : this.#turns[fork];
    const changedElement = changed && elementOf(changed);
    const isAdded = fork < 0 && this.#turns.length > countBefore;
    if (changedElement) reading.replaced(changedElement, forkTop, last?.isRunning ?? false);
    else if (isAdded && this.#isSending && lastElement) reading.sent(lastElement);
    else if (isAdded) reading.added();
    if (isAdded || changed) this.#isSending = false;
  }

  turn(id: string): TurnModel | undefined {
    return this.#turns.find((turn) => turn.id === id);
  }

  /** The prompts of the shown turns. */
  get prompts(): readonly string[] {
    return this.#turns.map(({ view }) => view.prompt);
  }

  /** The ID of the reply that Escape stops; undefined if none is running. */
  get running(): string | undefined {
    return this.#turns.findLast(({ isRunning }) => isRunning)?.id;
  }

  /** Whether the reply that a follow-up would follow is running. */
  get isLastRunning(): boolean {
    return this.#turns.at(-1)?.isRunning ?? false;
  }

  /** The turn whose versions a command of the user is about: the last in sight that has some, else the last of all. */
  get turnWithVersions(): TurnModel | undefined {
    const candidates = this.#turns.filter(({ promptView }) => promptView.version);
    const inSight = candidates.findLast((turn) => {
      const { top, bottom } = elementOf(turn)?.getBoundingClientRect() ?? { top: 0, bottom: 0 };
      return bottom > 0 && top < innerHeight;
    });
    return inSight ?? candidates.at(-1);
  }

  #reuseOrCreate(before: TurnModel | undefined, view: TurnView, strings: PanelStrings): TurnModel {
    if (before?.isEarlier(view)) {
      before.catchUp(view);
      return before;
    }
    const { host, memory, announce, edit, pictures } = this.#deps;
    const turn = new TurnModel(view, {
      ...{ strings, memory, announce, edit, pictures },
      post: host.post,
      resend: (how, id) => {
        this.#isSending = true;
        host.post({ type: how, turn: id });
      },
      requestDraw: () => this.#scheduleDraw(),
      showCopied: (from) => showCopied(from, strings.copied, announce),
    });
    this.#keys.set(turn, this.#count++);
    return turn;
  }

  /** Lets the next #render() draw up to `count` more turns. */
  #putOnPage(count: number): void {
    const missing = this.#nearestFirst().filter((turn) => !this.#onPage.has(turn));
    for (const turn of missing.slice(0, count)) this.#onPage.add(turn);
  }

  #scheduleDraw(): void {
    this.#frame ||= requestAnimationFrame(() => this.#deps.host.guarded('draw', () => this.#draw()));
  }

  #draw(): void {
    this.#frame = 0;
    this.#settleDrawn();
    const last = this.#turns.at(-1);
    // A reply that arrives whole is read from its beginning.
    if (last && !last.isRunning && last.footer.phase !== 'ended' && last.text.isEmpty)
      this.#deps.reading.stopFollowing();
    this.#putOnPage(turnsPerFrame);
    const isComplete = this.#drawTexts();
    this.#deps.reading.drawn(last !== undefined && last.footer.phase !== 'ended', isComplete);
    if (!isComplete || this.#justDrawn.size > 0) this.#scheduleDraw();
  }

  /** The browser need no longer lay these turns out while they are out of sight (panel.css). */
  #settleDrawn(): void {
    for (const turn of this.#justDrawn) elementOf(turn)?.classList.add('settled');
    this.#justDrawn.clear();
  }

  /** Draws until the time of a frame is used up. Returns whether everything is drawn. */
  #drawTexts(): boolean {
    const deadline = performance.now() + drawBudgetMs;
    return keepSelection(() => {
      let isComplete = true;
      for (const turn of this.#nearestFirst()) {
        // What is out of time is drawn in the next frame.
        if (!isComplete && performance.now() >= deadline) break;
        if (!turn.draw(deadline)) isComplete = false;
        else if (!turn.isRunning) this.#justDrawn.add(turn);
      }
      this.#render();
      return isComplete;
    });
  }

  /** The turns, those that are in sight or near first: a long conversation is not drawn within one frame. */
  #nearestFirst(): readonly TurnModel[] {
    const unfinished = this.#turns.filter((turn) => !turn.isDrawn);
    if (unfinished.length < 2) return unfinished;
    const sight = this.#deps.reading.turnInSight;
    const center = this.#turns.findIndex(({ id }) => id === sight);
    const distances = new Map(this.#turns.map((turn, index) => [turn, Math.abs(index - center)]));
    const distance = (turn: TurnModel) => distances.get(turn) ?? 0;
    return unfinished.toSorted((a, b) => distance(a) - distance(b));
  }

  #render(): void {
    if (!this.#snapshot) return;
    const { position, strings } = this.#snapshot;
    this.#drawn = new Map(this.#turns.map((turn) => [turn, this.#drawnTurn(turn)]));
    const contents = (
      <>
        <Header
          position={position}
          strings={strings}
          step={(by) => this.#deps.host.post({ type: 'step', by })}
        />
        {this.#turns.length === 0 && <p class="empty">{strings.empty}</p>}
        {[...this.#drawn.values()].map(({ element }) => element)}
      </>
    );
    keepFocus(this.#page, () => render(contents, this.#page));
  }

  #drawnTurn(turn: TurnModel): DrawnTurn {
    const before = this.#drawn.get(turn);
    const isOnPage = this.#onPage.has(turn);
    const revision = isOnPage ? turn.revision : -1;
    if (before?.revision === revision) return before;
    const key = this.#keys.get(turn);
    const later = <article key={key} id={turnElementId(turn.id)} />;
    return { revision, element: isOnPage ? <TurnArticle key={key} turn={turn} /> : later };
  }

  /** Updates the elapsed times. Call it every second. */
  tick(): void {
    const running = this.#turns.filter(({ isRunning }) => isRunning);
    for (const turn of running) turn.tick();
    if (running.length > 0) keepSelection(() => this.#render());
  }
}

function elementOf({ id }: TurnModel): Element | undefined {
  return document.getElementById(turnElementId(id)) ?? undefined;
}

/** The position of the conversation, with buttons for the previous and the next one. */
function Header({
  position: { index, count },
  strings,
  step,
}: Pick<Snapshot, 'position' | 'strings'> & { readonly step: (by: -1 | 1) => void }) {
  return (
    <header>
      {(count > 1 || (count === 1 && index === 0)) && (
        <nav>
          <Button name={strings.previous} onClick={() => step(-1)} disabled={index === 1}>
            ‹
          </Button>
          <span>{index === 0 ? '' : fill(strings.position, index, count)}</span>
          <Button name={strings.next} onClick={() => step(1)} disabled={index === 0 || index >= count}>
            ›
          </Button>
        </nav>
      )}
    </header>
  );
}
