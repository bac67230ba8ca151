// A Markdown text that arrives in parts, taken apart into regions that are finished, each given out once,
// and a tail that is not. Pure: no tokens, no page.
import { boundary, type OpenFence } from './boundaries';
import { FencedLines } from './fencedLines';
import { lineAtTop } from './fences';
import { longestBlock, chunkSize, wholeCharacters } from './limits';

export interface Region {
  readonly source: string;
  /** To be shown as it is: a piece of a line too long to be parsed. */
  readonly plain: boolean;
}

export class BlockSplitter {
  /** What has arrived and not been looked at: more than a chunk is looked at bit by bit. */
  #arrived = '';
  #tail = '';
  #fence: { readonly open: OpenFence; readonly lines: FencedLines } | undefined;
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
    return { region: { source: this.#tail, plain: this.#insideLongLine }, fence: this.#fence?.open };
  }

  /** Takes more of the text; gives what has become finished by it. */
  take(text: string): readonly Region[] {
    const arrived = this.#carriageReturn + text;
    this.#carriageReturn = arrived.endsWith('\r') ? '\r' : '';
    this.#arrived += normalized(this.#carriageReturn ? arrived.slice(0, -1) : arrived);
    const finished: Region[] = [];
    for (;;) {
      const end = this.#finishedLength();
      if (end > 0) finished.push(this.#cut(end));
      else if (!this.#arrived) return finished;
      else {
        const length = this.#nextLength;
        this.#tail += this.#arrived.slice(0, length);
        this.#arrived = this.#arrived.slice(length);
      }
    }
  }

  /** Nothing more will come: whatever is left is finished. */
  end(): readonly Region[] {
    const finished = [...this.take(this.#carriageReturn ? '\n' : '')];
    while (this.#fence) {
      const end = this.#fenced(this.#fence, true) || this.#fence.lines.fallbackEnd;
      if (!end || end >= this.#tail.length) break;
      finished.push(this.#cut(end), ...this.take(''));
    }
    if (this.#tail) finished.push(this.#cut(this.#tail.length));
    return finished;
  }

  /** No more than fits before a block has to be cut: where that is must not hang on the parts that arrive. */
  get #nextLength(): number {
    return this.#fence ? chunkSize : Math.min(chunkSize, this.#longest + 1 - this.#tail.length);
  }

  #cut(length: number): Region {
    const region = { source: this.#tail.slice(0, length), plain: this.#insideLongLine };
    // What follows a fence may be long: it was held back until the fence's end was known.
    if (this.#fence) this.#arrived = this.#tail.slice(length) + this.#arrived;
    this.#tail = this.#fence ? '' : this.#tail.slice(length);
    this.#fence = undefined;
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
      this.#seen = whole;
      if (settled > 0) return settled;
      if (fence) {
        this.#fence = { open: fence, lines: new FencedLines(fence, fence.indent) };
        this.#seen = this.#tail.indexOf('\n') + 1;
        return this.#fenced(this.#fence);
      }
    }
    return this.#tail.length > this.#longest ? this.#forced() : 0;
  }

  /** The length of the fenced block with which the tail begins, 0 while its end is not known. */
  #fenced({ lines }: { readonly lines: FencedLines }, isEnded = false): number {
    const lineFrom = (start: number) => {
      const end = this.#tail.indexOf('\n', start) + 1 || (isEnded ? this.#tail.length : 0);
      return end > start ? { read: lineAtTop(this.#tail.slice(start, end)), end } : undefined;
    };
    for (let line = lineFrom(this.#seen); line; line = lineFrom(this.#seen)) {
      const next = lineFrom(line.end);
      if (!next && !isEnded && lines.asksForNext(line.read)) return 0;
      this.#seen = line.end;
      const end = lines.take(line.read, next?.read.text, line.end);
      if (end !== undefined) return end;
    }
    return 0;
  }

  #longLine(): number {
    const end = this.#tail.indexOf('\n') + 1;
    if (end > 0) return Math.min(end, wholeCharacters(this.#tail, this.#longest));
    return this.#tail.length > this.#longest ? wholeCharacters(this.#tail, this.#longest) : 0;
  }

  /** A block has grown too long: it is cut where that does least harm. */
  #forced(): number {
    const start = this.#tail.search(/\n(?=[^ \t\n][^\n]*(?:\n[^\n]*)?$)/) + 1;
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
