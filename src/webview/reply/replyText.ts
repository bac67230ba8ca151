// The text of a reply on the page. Finished regions are drawn once; the unfinished tail is drawn again in each frame.
import type { Token } from 'markdown-it';
import { BlockSplitter, type Region } from '../../markdown/blockSplitter';
import { codeIn, tokensOf, unfinishedTokens } from '../../markdown/codeBlocks';
import { chunkSize } from '../../markdown/limits';
import type { References } from '../../markdown/parser';
import type { CodeAction, CodePlace, PanelStrings } from '../../protocol/reply';
import { accessibleText } from '../kit/accessibleText';
import { DrawnRegion } from '../markdown/drawnRegion';
import { OpenCode } from '../markdown/openCode';
import { Painter } from '../markdown/painter';
import { plainBlock, renderTokens } from '../markdown/render';
import type { Child, RenderContext } from '../markdown/renderContext';

/** What the text depends on. */
export interface ReplyTextContext {
  readonly strings: PanelStrings;
  readonly onCode: (action: CodeAction, code: CodePlace, from: HTMLElement) => void;
  /** Whether the prompt was about a selection that code can replace. */
  readonly canReplace: boolean;
}

interface Drawn {
  readonly region: Region;
  readonly painter: Painter;
  /** The number of its first code block. */
  readonly firstBlock: number;
  /** The number of known link references when it was drawn. */
  readonly references: number;
  readonly target: DrawnRegion;
}

/**
 * After so many elements or characters, further regions are put into groups of about as many elements, or `groupLength`
 * characters, which the browser lays out only while they are in sight: its work per frame grows with what it lays out.
 * A region is one block while a reply streams, and up to 8 KB of blocks where it is shown at once.
 */
const maxUngroupedElements = 150;
const maxUngroupedLength = 32_768;
const groupLength = 8_192;

/** Drawing the unfinished block takes at most one part in this many of the time. */
const tailTimeShare = 4;
/** ms for highlighting code inside an unfinished list or quote, each time it is drawn. */
const tailHighlightMs = 8;

export class ReplyText {
  #page: HTMLElement | undefined;
  /** The current group of a long reply. */
  #group: HTMLElement | undefined;
  /** Characters and elements drawn since the last group began. */
  #ungrouped = { length: 0, elements: 0 };
  /** The region of the unfinished block. */
  #tailTarget: DrawnRegion | undefined;
  readonly #deps: ReplyTextContext;
  /** Called once with the accessible text of each finished block. */
  readonly #onBlockFinished: (text: string) => void;
  readonly #splitter = new BlockSplitter();
  readonly #references: References = {};
  readonly #drawn: Drawn[] = [];
  #openCode = new OpenCode();
  #waiting: string[] = [];
  /** How much of the text is split into regions, in UTF-16 units; and how many finished code blocks it has. */
  #taken = 0;
  #blocks = 0;
  /** Finished regions that are not on the page yet. */
  #regions: Region[] = [];
  /** Regions on the page whose code is not highlighted yet. */
  #plainCode: Drawn[] = [];
  #ended = false;
  #splitterEnded = false;
  #complete = false;
  #tailChanged = false;
  #nextTail = 0;

  constructor(deps: ReplyTextContext, finished: (text: string) => void) {
    this.#deps = deps;
    this.#onBlockFinished = finished;
  }

  /** Sets the element to draw in. Nothing is drawn before. */
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

  /** Whether nothing of it is on the page. */
  get isEmpty(): boolean {
    return !this.#page?.hasChildNodes();
  }

  /** Whether all received text is on the page; code may not be highlighted yet. */
  get isShown(): boolean {
    return this.#complete || (!this.#ended && !this.#hasMore && !this.#tailChanged);
  }

  /** Draws until `deadline` (ms of performance.now()). Returns whether everything is drawn. */
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
    else if (this.#waiting.length > 0) this.#regions.push(...this.#splitter.push(this.#nextChunk()));
    else {
      this.#splitterEnded = true;
      this.#regions.push(...this.#splitter.end());
    }
  }

  /** Joins small parts into one chunk. */
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
    const target = this.#tailRegion();
    this.#tailTarget = undefined;
    const firstBlock = this.#blocks;
    const contents = drawRegion(target, region, () => {
      const tokens = tokensOf(region, this.#references);
      // Also counts the blocks of a region that can't be drawn, since the host counts them.
      this.#blocks += codeIn(tokens).length;
      return this.#contents(region, tokens, firstBlock, painter);
    });
    const references = Object.keys(this.#references).length;
    const drawn = { region, painter, firstBlock, references, target };
    this.#drawn.push(drawn);
    this.#ungrouped.length += region.source.length;
    this.#ungrouped.elements += contents.length;
    if (!painter.isDone) this.#plainCode.push(drawn);
    this.#openCode = new OpenCode();
    this.#onBlockFinished(accessibleText([...contents]));
  }

  /** The region for the unfinished block, which the next finished block takes over. */
  #tailRegion(): DrawnRegion {
    if (!this.#page) throw new Error('detached');
    const { length, elements } = this.#ungrouped;
    const maxLength = this.#group ? groupLength : maxUngroupedLength;
    if (!this.#tailTarget && (length >= maxLength || elements >= maxUngroupedElements)) {
      this.#group = this.#page.appendChild(newGroup());
      this.#ungrouped = { length: 0, elements: 0 };
    }
    return (this.#tailTarget ??= new DrawnRegion(this.#group ?? this.#page));
  }

  #contents(
    { source }: Region,
    tokens: readonly Token[] | undefined,
    firstBlock: number,
    { highlight }: Painter,
  ): readonly Child[] {
    return tokens
      ? renderTokens(tokens, { ...this.#renderContext(firstBlock), highlight })
      : [plainBlock(source)];
  }

  /** The context for drawing, with the number of the first code block. */
  #renderContext(firstBlock: number): RenderContext {
    const { strings, onCode, canReplace } = this.#deps;
    const arrived = { length: this.#taken, isOver: this.#splitterEnded };
    return {
      ...{ strings, canReplace },
      numbers: { next: firstBlock },
      onCode: (action, block, from) => onCode(action, { block, ...arrived }, from),
    };
  }

  #drawTail(): void {
    const now = performance.now();
    if (!this.#tailChanged || now < this.#nextTail) return;
    drawRegion(this.#tailRegion(), this.#splitter.tail.region, () => this.#tail(now));
    this.#tailChanged = false;
    this.#nextTail = now + tailTimeShare * (performance.now() - now);
  }

  #tail(now: number): readonly Child[] {
    const { region, fence } = this.#splitter.tail;
    if (fence) return [this.#openCode.draw(region.source, fence, this.#renderContext(this.#blocks), now)];
    if (!region.source.trim()) return [];
    // Do not keep an incomplete link definition.
    const references = Object.create(this.#references) as References;
    const painter = new Painter(now + tailHighlightMs);
    return this.#contents(region, unfinishedTokens(region, references), this.#blocks, painter);
  }

  #end(): true {
    this.#tailTarget?.draw([]);
    const count = Object.keys(this.#references).length;
    // References may be defined after their use, so regions that may use a later one are drawn again.
    for (const drawn of this.#drawn) {
      const { region, references } = drawn;
      if (references !== count && !region.isPlainText && region.source.includes('[')) this.#redraw(drawn);
    }
    return true;
  }

  #redraw({ region, painter, firstBlock, target }: Drawn): void {
    drawRegion(target, region, () =>
      this.#contents(region, tokensOf(region, this.#references), firstBlock, painter),
    );
  }

  /** Highlights code that was drawn without colours. Returns whether everything is highlighted. */
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

/** Draws a region, as plain text if that fails. Returns what was drawn. */
function drawRegion(target: DrawnRegion, { source }: Region, draw: () => readonly Child[]): readonly Child[] {
  try {
    const contents = draw();
    target.draw(contents);
    return contents;
  } catch {
    const contents = [plainBlock(source)];
    target.clear();
    target.draw(contents);
    return contents;
  }
}
