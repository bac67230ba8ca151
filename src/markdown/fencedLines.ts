// Reads the lines of one fenced block of code and finds its end. CommonMark ends it at the first line that is a fence
// and nothing else. Models put code blocks into Markdown that stands in a fence itself, all of them with three
// backticks, and then the first inner block would end the outer one. So fences are paired here, as brackets are; where
// that leaves the block open to the end of the text, it ends where CommonMark says.
import { OpenTexts } from './openTexts';

export interface Fence {
  /** The backticks or tildes themselves. */
  readonly marker: string;
  /** What stands after them. */
  readonly info: string;
}

export interface Line {
  /** Without its indent and its newline; a line that is indented as code is keeps a blank, and so is no fence. */
  readonly text: string;
  /** Blanks before it. */
  readonly indent: number;
}

const fencePattern = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/;

/** The fence on a line that is given without its indent and its newline. */
export function fenceOf(line: string): Fence | undefined {
  const [, ticks, infoOfTicks, tildes, infoOfTildes] = fencePattern.exec(line) ?? [];
  const marker = ticks ?? tildes;
  return marker === undefined ? undefined : { marker, info: (infoOfTicks ?? infoOfTildes ?? '').trim() };
}

/** The first word of a fence's info: a language, or the name of a file. */
export function firstWord(info: string): string {
  return /^\s*\{?\.?([^\s{},:]+)/.exec(info)?.[1] ?? '';
}

/** The language that a fence names; of a file's name, its ending. */
export function language(info: string): string {
  const word = firstWord(info);
  return /\.([a-z\d]+)$/i.exec(word)?.[1] ?? word;
}

const markdown = /^(?:md|mdx|mdc|markdown|mkd|mdown|gfm|rmd|qmd|commonmark)$/i;
/** Holds prose as Markdown does: a prompt, say, with an example in it. */
const plainText = /^(?:te?xt|plain|plaintext|prompt)$/i;
const heading = /^#{1,6}\s/;
/** In a Markdown document, a fence without a language after such a line opens a block: it was introduced. */
const introducing = /^\s*$|[:：]\s*$|^\*\*[^*]+\*\*\s*$/;
const itemOrRow = /^(?:[-*+]|\d{1,9}[.)])\s+\S|^\|[^\n]*\|\s*$/;
/** A line that prose does not have: no letters, an indent, a call, an assignment, the end of a statement. */
const codeOnly = /^(?:\s|[^\p{L}]*$|[)\]}"'`@$/<.]|[\w$.[\]]+(?:\(| ?[-+*/|.:]?=))|[;{}(\\]$/u;

// What is nested deeper is no document, and what is open for longer was no block: pairing is given up. It also bounds
// how often a line is looked at.
const deepest = 8;
const longestDoubt = 200;

/** Reads the lines of one fenced block, after the fence that opens it. */
export class FencedLines {
  readonly #outer: Fence;
  readonly #indent: number;
  readonly #isMarkdown: boolean;
  readonly #inner: string[] = [];
  readonly #texts = new OpenTexts();
  #before = '```';
  /** Whether prose may follow an inner block; undefined before the first line that decides it. */
  #holdsProse: boolean | undefined;
  #hadInner = false;
  #isInnerIndented = false;
  #isGivenUp = false;
  /** Where CommonMark ends the block. */
  #plainEnd: number | undefined;
  /** Where it ends if the fence that opened the outermost inner block was meant to close this one. */
  #doubtfulEnd: number | undefined;
  /** How many lines have come since. */
  #doubt = 0;

  constructor(outer: Fence, indent: number) {
    this.#outer = outer;
    this.#indent = indent;
    this.#isMarkdown = markdown.test(language(outer.info));
    const name = language(outer.info);
    if (this.#isMarkdown || plainText.test(name)) this.#holdsProse = true;
    // One without a name may be the text of a README, which a heading begins.
    else if (name !== '') this.#holdsProse = false;
  }

  /** Where the block ends if no more lines come; undefined where it reaches to the end of the text. */
  get fallbackEnd(): number | undefined {
    return this.#doubtfulEnd ?? this.#plainEnd;
  }

  /** Whether the line after this one decides what this one is. */
  asksForNext(line: Line): boolean {
    const fence = fenceOf(line.text);
    if (!fence || !this.#isMarkdown || !closes(fence, this.#outer.marker)) return false;
    const isIndented = line.indent > this.#indent;
    if (this.#inner.length > 0) return this.#isDoubtful && !isIndented && introducing.test(this.#before);
    return [introducing, heading, itemOrRow].some((kind) => kind.test(this.#before)) || isIndented;
  }

  /**
   * Takes a line that ends at `end`, in whatever the caller counts; `next` is the line after it, undefined at the
   * end of the text. Gives the end of the block, as soon as that is known.
   */
  take(line: Line, next: string | undefined, end: number): number | undefined {
    const fence = fenceOf(line.text);
    const isIntroduced = this.asksForNext(line) && !!next?.trim();
    this.#before = line.text;
    if (this.#doubtfulEnd !== undefined && ++this.#doubt > longestDoubt) return this.#doubtfulEnd;
    if (!fence) return this.#isLeft(line.text) ? this.fallbackEnd : undefined;
    if (closes(fence, this.#outer.marker)) this.#plainEnd ??= end;
    if (this.#isGivenUp) return this.fallbackEnd;
    // What would end the inner block was introduced as a block of its own: so what opened the inner one was an end.
    if (isIntroduced && this.#isDoubtful) return this.#doubtfulEnd;
    if (isIntroduced || this.#opensInner(fence)) {
      if (this.#inner.length === 0) this.#isInnerIndented = line.indent > this.#indent;
      if (isIntroduced) [this.#doubtfulEnd, this.#doubt] = [end, 0];
      this.#inner.push(fence.marker);
    } else if (closes(fence, this.#inner.at(-1) ?? this.#outer.marker)) {
      if (this.#inner.length === 0) return end;
      this.#inner.pop();
      // One that is indented further belongs to the code around it: a text in YAML, say.
      this.#hadInner ||= !this.#isInnerIndented;
      if (this.#inner.length === 0) this.#doubtfulEnd = undefined;
    }
    this.#isGivenUp = this.#inner.length > deepest;
    return this.#isGivenUp ? this.fallbackEnd : undefined;
  }

  /** Whether it is in doubt if the inner block, the only one that is open, is one. */
  get #isDoubtful(): boolean {
    return this.#inner.length === 1 && this.#doubtfulEnd !== undefined;
  }

  /**
   * Whether prose goes on where an inner block has ended: outside of Markdown, the block was not closed before the
   * inner one. Not in a text that the code holds, such as a file that a shell writes.
   */
  #isLeft(line: string): boolean {
    const text = line.trimEnd();
    if (this.#holdsProse === undefined && text) this.#holdsProse = heading.test(text);
    if (this.#holdsProse !== false) return false;
    const isInText = this.#texts.take(text, this.#inner.length === 0);
    return !isInText && this.#hadInner && this.#inner.length === 0 && text !== '' && !codeOnly.test(text);
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
