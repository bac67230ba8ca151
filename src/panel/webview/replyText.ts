// A reply's text on the page: finished regions are drawn once and left alone, the tail anew with each frame.
import { Growth, type Region } from './markdown/growth';
import { mouthful } from './markdown/limits';
import { OpenCode } from './markdown/openCode';
import { isTooDeep, parse, type References } from './markdown/parser';
import { presentable } from './markdown/presentable';
import { plain, shapes } from './markdown/shapes';
import type { Surroundings } from './markdown/surroundings';
import { patch } from './patch';
import { textOf, type Content } from './shape';

interface Drawn {
  readonly region: Region;
  /** How many link references were known when it was drawn. */
  readonly references: number;
  /** Its elements on the page begin after this one. */
  readonly after: ChildNode | null;
  readonly last: ChildNode | null;
}

/** An unfinished block takes at most one part in so many of the time. */
const share = 4;

export class ReplyText {
  readonly #page: HTMLElement;
  readonly #around: Surroundings;
  /** Hears each block once, when it is finished. */
  readonly #finished: (text: string) => void;
  readonly #growth = new Growth();
  readonly #references: References = {};
  readonly #drawn: Drawn[] = [];
  #openCode = new OpenCode();
  #waiting: string[] = [];
  #ended = false;
  #complete = false;
  #tailChanged = false;
  #nextTail = 0;

  constructor(page: HTMLElement, around: Surroundings, finished: (text: string) => void) {
    this.#page = page;
    this.#around = around;
    this.#finished = finished;
  }

  append(text: string): void {
    for (let start = 0; start < text.length; start += mouthful)
      this.#waiting.push(text.slice(start, start + mouthful));
  }

  end(): void {
    this.#ended = true;
  }

  /** Draws until `deadline` (in ms of performance.now()); true when nothing is left to draw. */
  draw(deadline: number): boolean {
    if (this.#complete) return true;
    for (const text of this.#mouthfuls(deadline)) {
      this.#tailChanged = true;
      for (const region of this.#growth.take(text)) this.#finish(region);
    }
    if (this.#waiting.length > 0) return false;
    if (this.#ended) return this.#end();
    return this.#drawTail();
  }

  *#mouthfuls(deadline: number): Generator<string> {
    // What came in small parts is taken in one.
    const parts = this.#waiting;
    this.#waiting = [];
    for (let at = 0; at < parts.length;) {
      let text = '';
      while (at < parts.length && text.length < mouthful) text += parts[at++] ?? '';
      yield text;
      if (performance.now() < deadline) continue;
      this.#waiting = parts.slice(at);
      return;
    }
  }

  #finish(region: Region): void {
    const after = this.#drawn.at(-1)?.last ?? null;
    const contents = this.#contents(region, this.#references);
    const last = this.#replace(after, contents);
    this.#drawn.push({ region, references: Object.keys(this.#references).length, after, last });
    this.#openCode = new OpenCode();
    this.#finished(textOf(contents));
  }

  /** Puts the contents after the element given; gives the last of theirs. */
  #replace(after: ChildNode | null, contents: readonly Content[]): ChildNode | null {
    patch(this.#page, contents, after);
    return contents.length > 0 ? this.#page.lastChild : after;
  }

  #contents(region: Region, references: References): readonly Content[] {
    if (region.plain) return [plain(region.source)];
    const tokens = parse(region.source, references);
    return isTooDeep(tokens) ? [plain(region.source)] : shapes(tokens, this.#around);
  }

  #drawTail(): boolean {
    if (!this.#tailChanged) return true;
    const now = performance.now();
    if (now < this.#nextTail) return false;
    const after = this.#drawn.at(-1)?.last ?? null;
    patch(this.#page, this.#tail(now), after);
    this.#tailChanged = false;
    this.#nextTail = now + share * (performance.now() - now);
    return true;
  }

  #tail(now: number): readonly Content[] {
    const { region, fence } = this.#growth.tail;
    if (fence) return [this.#openCode.shape(region.source, fence, this.#around, now)];
    if (!region.source.trim()) return [];
    // A definition that is being written must not be remembered half.
    const references = Object.create(this.#references) as References;
    return this.#contents(
      { ...region, source: region.plain ? region.source : presentable(region.source) },
      references,
    );
  }

  #end(): boolean {
    for (const region of this.#growth.end()) this.#finish(region);
    patch(this.#page, [], this.#drawn.at(-1)?.last ?? null);
    this.#redrawReferences();
    this.#complete = true;
    return true;
  }

  /** References may be defined after their use: what may use one defined since is drawn once more. */
  #redrawReferences(): void {
    const known = Object.keys(this.#references).length;
    for (const { region, references, after, last } of this.#drawn) {
      if (references === known || region.plain || !region.source.includes('[')) continue;
      patch(this.#page, this.#contents(region, this.#references), after, last?.nextSibling ?? null);
    }
  }
}
