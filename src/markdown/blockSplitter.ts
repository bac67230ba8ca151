// Splits a Markdown text that arrives in parts into finished regions, each returned once, and an unfinished tail. Pure:
// no tokens, no page.
import { boundary, type OpenFence } from './boundaries';
import { FencedLines } from './fencedLines';
import { lineAtTop } from './fences';
import { maxBlockLength, chunkSize, wholeCharacters } from './limits';

export interface Region {
  readonly source: string;
  /** Show the source unchanged: it is part of a line that is too long to parse. */
  readonly isPlainText: boolean;
}

export class BlockSplitter {
  /** Text that has arrived but was not processed yet: more than a chunk is processed in steps. */
  #arrived = '';
  #tail = '';
  #fence: { readonly open: OpenFence; readonly lines: FencedLines } | undefined;
  /** How much of the tail was processed, up to the end of a line. */
  #processed = 0;
  #insideLongLine = false;
  #carriageReturn = '';
  readonly #maxBlockLength: number;

  constructor(maxLength = maxBlockLength) {
    this.#maxBlockLength = maxLength;
  }

  /** The unfinished part. With `fence`, its first line is the fence itself. */
  get tail(): { readonly region: Region; readonly fence: OpenFence | undefined } {
    return { region: { source: this.#tail, isPlainText: this.#insideLongLine }, fence: this.#fence?.open };
  }

  /** Adds text; returns the regions that it finishes. */
  push(text: string): readonly Region[] {
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

  /** Ends the text; returns the remaining regions. */
  end(): readonly Region[] {
    const finished = [...this.push(this.#carriageReturn ? '\n' : '')];
    while (this.#fence) {
      const end = this.#fencedLength(this.#fence, true) || this.#fence.lines.fallbackEnd;
      if (!end || end >= this.#tail.length) break;
      finished.push(this.#cut(end), ...this.push(''));
    }
    if (this.#tail) finished.push(this.#cut(this.#tail.length));
    return finished;
  }

  /** At most the rest of a block before it is split: the place of a split must not depend on how the text arrives. */
  get #nextLength(): number {
    return this.#fence ? chunkSize : Math.min(chunkSize, this.#maxBlockLength + 1 - this.#tail.length);
  }

  #cut(length: number): Region {
    const region = { source: this.#tail.slice(0, length), isPlainText: this.#insideLongLine };
    // The text after a fence may be long, since it was held back until the end of the fence was known.
    if (this.#fence) this.#arrived = this.#tail.slice(length) + this.#arrived;
    this.#tail = this.#fence ? '' : this.#tail.slice(length);
    this.#fence = undefined;
    this.#insideLongLine &&= !region.source.endsWith('\n');
    this.#processed = 0;
    return region;
  }

  #finishedLength(): number {
    if (this.#insideLongLine) return this.#longLineLength();
    if (this.#fence) return this.#fencedLength(this.#fence);
    const wholeLines = this.#tail.lastIndexOf('\n') + 1;
    if (wholeLines > this.#processed) {
      const { stableLength, fence } = boundary(this.#tail);
      this.#processed = wholeLines;
      if (stableLength > 0) return stableLength;
      if (fence) {
        this.#fence = { open: fence, lines: new FencedLines(fence, fence.indent) };
        this.#processed = this.#tail.indexOf('\n') + 1;
        return this.#fencedLength(this.#fence);
      }
    }
    return this.#tail.length > this.#maxBlockLength ? this.#forcedSplit() : 0;
  }

  /** The length of the fenced block at the start of the tail; 0 while its end is not known. */
  #fencedLength({ lines }: { readonly lines: FencedLines }, isEnded = false): number {
    const lineFrom = (start: number) => {
      const end = this.#tail.indexOf('\n', start) + 1 || (isEnded ? this.#tail.length : 0);
      return end > start ? { read: lineAtTop(this.#tail.slice(start, end)), end } : undefined;
    };
    for (let line = lineFrom(this.#processed); line; line = lineFrom(this.#processed)) {
      const next = lineFrom(line.end);
      if (!next && !isEnded && lines.needsNextLine(line.read)) return 0;
      this.#processed = line.end;
      const end = lines.push(line.read, next?.read.text, line.end);
      if (end !== undefined) return end;
    }
    return 0;
  }

  #longLineLength(): number {
    const end = this.#tail.indexOf('\n') + 1;
    if (end > 0) return Math.min(end, wholeCharacters(this.#tail, this.#maxBlockLength));
    return this.#tail.length > this.#maxBlockLength ? wholeCharacters(this.#tail, this.#maxBlockLength) : 0;
  }

  /** Splits a block that is too long, where it does the least harm. */
  #forcedSplit(): number {
    const start = this.#tail.search(/\n(?=[^ \t\n][^\n]*(?:\n[^\n]*)?$)/) + 1;
    if (start > 0) return start;
    const line = this.#tail.lastIndexOf('\n') + 1;
    if (line > 0) return line;
    this.#insideLongLine = true;
    return wholeCharacters(this.#tail, this.#maxBlockLength);
  }
}

function normalized(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
