// Where a fenced block of code ends. CommonMark ends it at the first line that is a fence and nothing else. Models
// put code blocks into Markdown that stands in a fence itself, all of them with three backticks, and then the
// first inner block would end the outer one. So fences are paired here, as brackets are; where that leaves the
// block open to the end of the text, it ends where CommonMark says.
import type { StateBlock } from 'markdown-it';

export interface Fence {
  /** The backticks or tildes themselves. */
  readonly marker: string;
  /** What stands after them. */
  readonly info: string;
}

const fencePattern = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/;

/** The fence on a line that is given without its indent and its newline. */
export function fenceOf(line: string): Fence | undefined {
  const [, ticks, infoOfTicks, tildes, infoOfTildes] = fencePattern.exec(line) ?? [];
  const marker = ticks ?? tildes;
  return marker === undefined ? undefined : { marker, info: (infoOfTicks ?? infoOfTildes ?? '').trim() };
}

/** The language that a fence names: the first word of its info. */
export function language(info: string): string {
  return /^\s*\{?\.?([^\s{},:]+)/.exec(info)?.[1] ?? '';
}

const markdown = /^(?:md|mdx|markdown|mkd|mdown|gfm|rmd|qmd|commonmark)$/i;
/** In a Markdown document, a fence without a language after such a line opens a block: it was introduced. */
const introducing = /^\s*$|[:：]\s*$|^#{1,6}\s|^\*\*[^*]+\*\*\s*$/;

// What is nested deeper is no document, and what is open for longer was no block: pairing is given up. It also bounds
// how often a line is looked at.
const deepest = 8;
const longestDoubt = 200;

/** Reads the lines of one fenced block, after the fence that opens it. Lines come without indent and newline. */
export class FencedLines {
  readonly #outer: Fence;
  readonly #isMarkdown: boolean;
  readonly #inner: string[] = [];
  #isIntroduced = false;
  #isGivenUp = false;
  /** Where CommonMark ends the block. */
  #plainEnd: number | undefined;
  /** Where it ends if the fence that opened the outermost inner block was meant to close this one. */
  #doubtfulEnd: number | undefined;
  /** How many lines have come since. */
  #doubt = 0;

  constructor(outer: Fence) {
    this.#outer = outer;
    this.#isMarkdown = markdown.test(language(outer.info));
  }

  /** Where the block ends if no more lines come; undefined where it reaches to the end of the text. */
  get fallbackEnd(): number | undefined {
    return this.#doubtfulEnd ?? this.#plainEnd;
  }

  /** Whether the line after this one decides what this one is. */
  asksForNext(line: string): boolean {
    const fence = this.#isMarkdown && this.#isIntroduced ? fenceOf(line) : undefined;
    return !!fence && this.#inner.length === 0 && closes(fence, this.#outer.marker);
  }

  /**
   * Takes a line that ends at `end`, in whatever the caller counts; `next` is the line after it, undefined at the
   * end of the text. Gives the end of the block, as soon as that is known.
   */
  take(line: string, next: string | undefined, end: number): number | undefined {
    const fence = fenceOf(line);
    const isIntroduced = !!fence && this.asksForNext(line) && !!next?.trim();
    this.#isIntroduced = introducing.test(line);
    if (this.#doubtfulEnd !== undefined && ++this.#doubt > longestDoubt) return this.#doubtfulEnd;
    if (!fence) return undefined;
    if (closes(fence, this.#outer.marker)) this.#plainEnd ??= end;
    if (this.#isGivenUp) return this.fallbackEnd;
    if (isIntroduced || this.#opensInner(fence)) {
      if (isIntroduced) [this.#doubtfulEnd, this.#doubt] = [end, 0];
      this.#inner.push(fence.marker);
    } else if (closes(fence, this.#inner.at(-1) ?? this.#outer.marker)) {
      if (this.#inner.length === 0) return end;
      this.#inner.pop();
      if (this.#inner.length === 0) this.#doubtfulEnd = undefined;
    }
    this.#isGivenUp = this.#inner.length > deepest;
    return this.#isGivenUp ? this.fallbackEnd : undefined;
  }

  #opensInner({ marker, info }: Fence): boolean {
    const around = this.#inner.at(-1) ?? this.#outer.marker;
    if (isSameKind(marker, around)) return info !== '' && marker.length >= around.length;
    // A fence of the other kind ends nothing here, but what it holds is not to be paired.
    return this.#isMarkdown && this.#inner.length === 0;
  }
}

function isSameKind(one: string, other: string): boolean {
  return one.startsWith(other.charAt(0));
}

function closes({ marker, info }: Fence, opening: string): boolean {
  return info === '' && isSameKind(marker, opening) && marker.length >= opening.length;
}

/** A line as FencedLines reads it; one that is indented as code is keeps a blank, and so is no fence. */
export function lineText(state: StateBlock, line: number): string {
  const text = state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  return indentOf(state, line) >= 4 && text ? ` ${text}` : text;
}

/** The same of a line at the top level, given with or without its newline. */
export function lineAtTop(line: string): string {
  return line.replace(/^ {1,3}(?! |\t)|\n$/g, '');
}

function indentOf(state: StateBlock, line: number): number {
  return (state.sCount[line] ?? 0) - state.blkIndent;
}

/** Whether a line ends what its indent holds together, such as an item of a list. */
export function isOutdented(state: StateBlock, line: number): boolean {
  return !state.isEmpty(line) && indentOf(state, line) < 0;
}

export interface FencedBlock {
  readonly fence: Fence;
  /** The line after the code. */
  readonly codeEnd: number;
  /** The line after the block. */
  readonly end: number;
  /** Whether more lines could move its end. */
  readonly isOpen: boolean;
}

function fenceAt(state: StateBlock, line: number): Fence | undefined {
  const mark = state.src[(state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0)];
  return mark === '`' || mark === '~' ? fenceOf(lineText(state, line)) : undefined;
}

/** The fenced block that begins on a line, if one does. */
export function fencedBlock(state: StateBlock, start: number, endLine: number): FencedBlock | undefined {
  const fence = fenceAt(state, start);
  if (!fence) return undefined;
  const lines = new FencedLines(fence);
  let line = start + 1;
  for (; line < endLine && !isOutdented(state, line); line++) {
    const text = lineText(state, line);
    const isLast = line + 1 >= endLine || isOutdented(state, line + 1);
    const isOpen = isLast && lines.asksForNext(text);
    const end = lines.take(text, isLast ? undefined : state.getLines(line + 1, line + 2, 0, false), line + 1);
    if (end !== undefined) return { fence, codeEnd: end - 1, end, isOpen };
  }
  const end = lines.fallbackEnd;
  return { fence, codeEnd: end === undefined ? line : end - 1, end: end ?? line, isOpen: true };
}

/** In the place of markdown-it's own rule of that name. */
export function fenceRule(state: StateBlock, start: number, endLine: number, silent: boolean): boolean {
  if (silent) return !!fenceAt(state, start);
  const block = fencedBlock(state, start, endLine);
  if (!block) return false;
  const { fence, codeEnd, end, isOpen } = block;
  if (isOpen) noteUnsettled(state, start);
  const token = state.push('fence', 'code', 0);
  token.info = state.src.slice(
    (state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0) + fence.marker.length,
    state.eMarks[start],
  );
  token.content = state.getLines(start + 1, codeEnd, state.sCount[start] ?? 0, true);
  token.markup = fence.marker;
  token.map = [start, end];
  state.line = end;
  return true;
}

/** Notes the first line on which, at the top level, something begins that more text may turn into something else. */
export function noteUnsettled({ env, level }: StateBlock, line: number): void {
  if (level === 0) env['unsettled'] = Math.min(line, Number(env['unsettled'] ?? line));
}
