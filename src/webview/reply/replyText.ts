// A reply's text on the page: finished regions are drawn once and left alone, the tail anew with each frame.
import type { Token } from 'markdown-it';
import { BlockSplitter, type Region } from '../../markdown/blockSplitter';
import { codeIn, tokensOf, unfinishedTokens } from '../../markdown/codeBlocks';
import { chunkSize } from '../../markdown/limits';
import type { References } from '../../markdown/parser';
import type { CodePlace, PanelStrings } from '../../protocol/reply';
import { heardText } from '../kit/heardText';
import { DrawnRegion } from '../markdown/drawnRegion';
import { OpenCode } from '../markdown/openCode';
import { Painter } from '../markdown/painter';
import { plain, renderTokens } from '../markdown/render';
import type { Child, RenderContext } from '../markdown/renderContext';

/** What the page around a reply does for its text. */
export interface ReplyTextContext {
  readonly strings: PanelStrings;
  readonly copyCode: (code: CodePlace, from: HTMLElement) => void;
}

interface Drawn {
  readonly region: Region;
  readonly painter: Painter;
  /** The number of its first block of code. */
  readonly firstBlock: number;
  /** How many link references were known when it was drawn. */
  readonly references: number;
  readonly place: DrawnRegion;
}

/**
 * Where a reply has more than that, in so many regions, the rest stands in groups, each of about that length: what a
 * browser does for a frame, it does for each element.
 */
const mostUngrouped = 25;
const longestUngrouped = 32_768;
const groupLength = 8_192;

/** An unfinished block takes at most one part in so many of the time. */
const share = 4;
/** How long code inside an unfinished list or quote is coloured, in ms, each time that it is drawn. */
const longestTailColouring = 8;

export class ReplyText {
  #page: HTMLElement | undefined;
  /** Of a long reply, what holds the regions that are drawn now. */
  #group: HTMLElement | undefined;
  /** How much of it has been drawn since the last group began. */
  #ungrouped = 0;
  /** The unfinished block on the page. */
  #tailPlace: DrawnRegion | undefined;
  readonly #deps: ReplyTextContext;
  /** Hears each block once, when it is finished. */
  readonly #finished: (text: string) => void;
  readonly #splitter = new BlockSplitter();
  readonly #references: References = {};
  readonly #drawn: Drawn[] = [];
  #openCode = new OpenCode();
  #waiting: string[] = [];
  /** How much of the text is no longer waiting, in UTF-16 units; and how many finished blocks of code are in it. */
  #taken = 0;
  #blocks = 0;
  /** Finished, and not on the page yet. */
  #regions: Region[] = [];
  /** On the page, with code whose colours are still to be found. */
  #plainCode: Drawn[] = [];
  #ended = false;
  #splitterEnded = false;
  #complete = false;
  #tailChanged = false;
  #nextTail = 0;

  constructor(deps: ReplyTextContext, finished: (text: string) => void) {
    this.#deps = deps;
    this.#finished = finished;
  }

  /** Tells where it is drawn; before, nothing is. */
  attach(page: HTMLElement): void {
    this.#page ??= page;
  }

  append(text: string): void {
    for (let start = 0; start < text.length; start += chunkSize)
      this.#waiting.push(text.slice(start, start + chunkSize));
  }

  end(): void {
    this.#ended = true;
  }

  /** Whether all the text that has arrived is on the page, though code may still be without colours. */
  get isShown(): boolean {
    return this.#complete || (!this.#ended && !this.#hasMore && !this.#tailChanged);
  }

  /** Draws until `deadline` (in ms of performance.now()); true when nothing is left to draw. */
  draw(deadline: number): boolean {
    if (!this.#page) return false;
    if (!this.#complete) this.#drawText(deadline);
    return this.isShown && this.#colour(deadline);
  }

  get #hasMore(): boolean {
    return this.#waiting.length > 0 || this.#regions.length > 0;
  }

  #drawText(deadline: number): void {
    while (this.#hasMore || (this.#ended && !this.#splitterEnded)) {
      this.#tailChanged = true;
      this.#drawMore(deadline);
      if (this.#hasMore && performance.now() >= deadline) return;
    }
    if (this.#ended) this.#complete = this.#end();
    else this.#drawTail();
  }

  #drawMore(deadline: number): void {
    const region = this.#regions.shift();
    if (region) this.#finish(region, deadline);
    else if (this.#waiting.length > 0) this.#regions.push(...this.#splitter.take(this.#nextChunk()));
    else {
      this.#splitterEnded = true;
      this.#regions.push(...this.#splitter.end());
    }
  }

  /** What came in small parts is taken in one. */
  #nextChunk(): string {
    let parts = 0;
    for (let length = 0; parts < this.#waiting.length && length < chunkSize; parts++)
      length += this.#waiting[parts]?.length ?? 0;
    const text = this.#waiting.splice(0, parts).join('');
    this.#taken += text.length;
    return text;
  }

  #finish(region: Region, deadline: number): void {
    const painter = new Painter(deadline);
    const place = this.#placeForTail();
    this.#tailPlace = undefined;
    const firstBlock = this.#blocks;
    const contents = show(place, region, () => {
      const tokens = tokensOf(region, this.#references);
      // Those of a region that cannot be drawn are counted, too: the host counts them.
      this.#blocks += codeIn(tokens).length;
      return this.#contents(region, tokens, firstBlock, painter);
    });
    const references = Object.keys(this.#references).length;
    const drawn = { region, painter, firstBlock, references, place };
    this.#drawn.push(drawn);
    this.#ungrouped += region.source.length;
    if (!painter.isDone) this.#plainCode.push(drawn);
    this.#openCode = new OpenCode();
    this.#finished(heardText([...contents]));
  }

  /** Where the unfinished block stands, and the next that is finished will. */
  #placeForTail(): DrawnRegion {
    if (!this.#page) throw new Error('detached');
    const isLong = this.#drawn.length >= mostUngrouped && this.#ungrouped >= longestUngrouped;
    if (!this.#tailPlace && (this.#group ? this.#ungrouped >= groupLength : isLong)) {
      this.#group = this.#page.appendChild(newGroup());
      this.#ungrouped = 0;
    }
    return (this.#tailPlace ??= new DrawnRegion(this.#group ?? this.#page));
  }

  #contents(
    { source }: Region,
    tokens: readonly Token[] | undefined,
    firstBlock: number,
    { highlight }: Painter,
  ): readonly Child[] {
    return tokens ? renderTokens(tokens, { ...this.#renderContext(firstBlock), highlight }) : [plain(source)];
  }

  /** For what is drawn now, beginning with the block of code of that number. */
  #renderContext(firstBlock: number): RenderContext {
    const { strings, copyCode } = this.#deps;
    const arrived = { length: this.#taken, isOver: this.#splitterEnded };
    return {
      strings,
      numbers: { next: firstBlock },
      copyCode: (block, from) => copyCode({ block, ...arrived }, from),
    };
  }

  #drawTail(): void {
    const now = performance.now();
    if (!this.#tailChanged || now < this.#nextTail) return;
    show(this.#placeForTail(), this.#splitter.tail.region, () => this.#tail(now));
    this.#tailChanged = false;
    this.#nextTail = now + share * (performance.now() - now);
  }

  #tail(now: number): readonly Child[] {
    const { region, fence } = this.#splitter.tail;
    if (fence) return [this.#openCode.draw(region.source, fence, this.#renderContext(this.#blocks), now)];
    if (!region.source.trim()) return [];
    // A definition that is being written must not be remembered half.
    const references = Object.create(this.#references) as References;
    const painter = new Painter(now + longestTailColouring);
    return this.#contents(region, unfinishedTokens(region, references), this.#blocks, painter);
  }

  #end(): true {
    this.#tailPlace?.draw([]);
    const known = Object.keys(this.#references).length;
    // References may be defined after their use: what may use one defined since is drawn once more.
    for (const drawn of this.#drawn) {
      const { region, references } = drawn;
      if (references !== known && !region.plain && region.source.includes('[')) this.#redraw(drawn);
    }
    return true;
  }

  #redraw({ region, painter, firstBlock, place }: Drawn): void {
    show(place, region, () =>
      this.#contents(region, tokensOf(region, this.#references), firstBlock, painter),
    );
  }

  /** Finds colours for code that had none when it was drawn; true when none are left to find. */
  #colour(deadline: number): boolean {
    for (;;) {
      const [drawn] = this.#plainCode;
      if (!drawn) return true;
      if (drawn.painter.paint(deadline)) {
        this.#plainCode.shift();
        this.#redraw(drawn);
      }
      if (performance.now() >= deadline) return this.#plainCode.length === 0;
    }
  }
}

function newGroup(): HTMLElement {
  const group = document.createElement('div');
  group.className = 'stretch';
  return group;
}

/** Draws a region; as plain text where it cannot be drawn. Gives what it put there. */
function show(place: DrawnRegion, { source }: Region, draw: () => readonly Child[]): readonly Child[] {
  try {
    const contents = draw();
    place.draw(contents);
    return contents;
  } catch {
    const contents = [plain(source)];
    place.clear();
    place.draw(contents);
    return contents;
  }
}
