// A Markdown text that arrives in parts, taken apart into regions that are finished, each given out once,
// and a tail that is not. Pure: no tokens, no page.
import { boundary, closes, type OpenFence } from './boundaries';
import { longestBlock, wholeCharacters } from './limits';

export interface Region {
  readonly source: string;
  /** To be shown as it is: a piece of a line too long to be parsed. */
  readonly plain: boolean;
}

export class Growth {
  #tail = '';
  #fence: OpenFence | undefined;
  /** How much of the tail has been looked at, to a line's end. */
  #seen = 0;
  #insideLongLine = false;
  #carriageReturn = '';
  readonly #longest: number;

  constructor(longest = longestBlock) {
    this.#longest = longest;
  }

  /** What is not finished. With `fence`, its first line is the fence's own. */
  get tail(): { readonly region: Region; readonly fence: OpenFence | undefined } {
    return { region: { source: this.#tail, plain: this.#insideLongLine }, fence: this.#fence };
  }

  /** Takes more of the text; gives what has become finished by it. */
  take(text: string): readonly Region[] {
    const arrived = this.#carriageReturn + text;
    this.#carriageReturn = arrived.endsWith('\r') ? '\r' : '';
    this.#tail += normalized(this.#carriageReturn ? arrived.slice(0, -1) : arrived);
    const finished: Region[] = [];
    for (;;) {
      const length = this.#finishedLength();
      if (length === 0) return finished;
      finished.push(this.#cut(length));
    }
  }

  /** Nothing more will come: whatever is left is finished. */
  end(): readonly Region[] {
    const finished = [...this.take(this.#carriageReturn ? '\n' : '')];
    if (this.#tail) finished.push(this.#cut(this.#tail.length));
    return finished;
  }

  #cut(length: number): Region {
    const region = { source: this.#tail.slice(0, length), plain: this.#insideLongLine };
    this.#tail = this.#tail.slice(length);
    this.#insideLongLine &&= !region.source.endsWith('\n');
    this.#seen = 0;
    return region;
  }

  #finishedLength(): number {
    if (this.#insideLongLine) return this.#longLine();
    if (this.#fence) return this.#fenced(this.#fence);
    const whole = this.#tail.lastIndexOf('\n') + 1;
    if (whole > this.#seen) {
      const { settled, fence } = boundary(this.#tail);
      this.#fence = settled === 0 ? fence : undefined;
      this.#seen = whole;
      if (settled > 0 || fence) return settled;
    }
    return this.#tail.length > this.#longest ? this.#forced() : 0;
  }

  #fenced({ marker }: OpenFence): number {
    for (;;) {
      const end = this.#tail.indexOf('\n', this.#seen) + 1;
      if (end === 0) return 0;
      const line = this.#tail.slice(this.#seen, end);
      this.#seen = end;
      if (!closes(line, marker)) continue;
      this.#fence = undefined;
      return end;
    }
  }

  #longLine(): number {
    const end = this.#tail.indexOf('\n') + 1;
    if (end > 0) return Math.min(end, wholeCharacters(this.#tail, this.#longest));
    return this.#tail.length > this.#longest ? wholeCharacters(this.#tail, this.#longest) : 0;
  }

  /** A block has grown too long: it is cut where that does least harm. */
  #forced(): number {
    const start = this.#tail.search(/\n(?=[^ \t\n][^\n]*\n?[^\n]*$)/) + 1;
    if (start > 0) return start;
    const line = this.#tail.lastIndexOf('\n') + 1;
    if (line > 0) return line;
    this.#insideLongLine = true;
    return wholeCharacters(this.#tail, this.#longest);
  }
}

function normalized(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
