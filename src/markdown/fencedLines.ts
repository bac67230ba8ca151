// Reads the lines of one fenced code block and finds its end. CommonMark ends it at the first line that is only a
// fence. Models put code blocks into Markdown that is fenced itself, all with three backticks; then the first inner
// block would end the outer one. So fences are paired here, like brackets. If pairing leaves the block open to the end
// of the text, it ends where CommonMark says.
import { OpenTexts } from './openTexts';

export interface Fence {
  /** The backticks or tildes. */
  readonly marker: string;
  /** The text after the marker. */
  readonly info: string;
}

export interface Line {
  /** The line without indent and line end. A line that is indented like code keeps a blank, and so is no fence. */
  readonly text: string;
  /** Blanks before the text. */
  readonly indent: number;
}

const fencePattern = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/;

/** Parses a fence; `line` has no indent and no line end. */
export function fenceOf(line: string): Fence | undefined {
  const [, ticks, infoOfTicks, tildes, infoOfTildes] = fencePattern.exec(line) ?? [];
  const marker = ticks ?? tildes;
  return marker === undefined ? undefined : { marker, info: (infoOfTicks ?? infoOfTildes ?? '').trim() };
}

/** The first word of a fence's info: a language, or a file name. */
export function firstWord(info: string): string {
  return /^\s*\{?\.?([^\s{},:]+)/.exec(info)?.[1] ?? '';
}

/** The language of a fence; for a file name, its extension. */
export function language(info: string): string {
  const word = firstWord(info);
  return /\.([a-z\d]+)$/i.exec(word)?.[1] ?? word;
}

const markdown = /^(?:md|mdx|mdc|markdown|mkd|mdown|gfm|rmd|qmd|commonmark)$/i;
/** Languages that contain prose like Markdown, such as a prompt with an example. */
const plainText = /^(?:te?xt|plain|plaintext|prompt)$/i;
const heading = /^#{1,6}\s/;
/** In a Markdown document, a fence without a language after such a line opens a block, since the line introduces it. */
const introduction = /^\s*$|[:：]\s*$|^\*\*[^*]+\*\*\s*$/;
const itemOrRow = /^(?:[-*+]|\d{1,9}[.)])\s+\S|^\|[^\n]*\|\s*$/;
/** A line that is no prose: no letters, an indent, a call, an assignment, the end of a statement. */
const codeOnly = /^(?:\s|[^\p{L}]*$|[)\]}"'`@$/<.]|[\w$.[\]]+(?:\(| ?[-+*/|.:]?=))|[;{}(\\]$/u;

// Pairing is given up if blocks are nested deeper, or stay open for longer. This also limits how often a line is
// processed.
const maxDepth = 8;
const maxDoubtfulLines = 200;

/** Reads the lines of one fenced block, after the opening fence. */
export class FencedLines {
  readonly #outer: Fence;
  readonly #indent: number;
  readonly #isMarkdown: boolean;
  readonly #inner: string[] = [];
  readonly #texts = new OpenTexts();
  #previous = '```';
  /** Whether prose may follow an inner block; undefined before the first line that decides it. */
  #holdsProse: boolean | undefined;
  #hadInner = false;
  #isInnerIndented = false;
  #isGivenUp = false;
  /** Where CommonMark ends the block. */
  #commonMarkEnd: number | undefined;
  /** Where the block ends if the fence that seemed to open the outermost inner block was meant to close this one. */
  #doubtfulEnd: number | undefined;
  /** The number of lines since then. */
  #doubtfulLines = 0;

  constructor(outer: Fence, indent: number) {
    this.#outer = outer;
    this.#indent = indent;
    this.#isMarkdown = markdown.test(language(outer.info));
    const name = language(outer.info);
    if (this.#isMarkdown || plainText.test(name)) this.#holdsProse = true;
    // A block without a language may be the text of a README, which begins with a heading.
    else if (name !== '') this.#holdsProse = false;
  }

  /** Where the block ends if no more lines follow; undefined if it continues to the end of the text. */
  get fallbackEnd(): number | undefined {
    return this.#doubtfulEnd ?? this.#commonMarkEnd;
  }

  /** Whether the next line decides what this one is. */
  needsNextLine(line: Line): boolean {
    const fence = fenceOf(line.text);
    if (!fence || !this.#isMarkdown || !closes(fence, this.#outer.marker)) return false;
    const isIndented = line.indent > this.#indent;
    if (this.#inner.length > 0) return this.#isDoubtful && !isIndented && introduction.test(this.#previous);
    return [introduction, heading, itemOrRow].some((kind) => kind.test(this.#previous)) || isIndented;
  }

  /**
   * Adds a line that ends at `end`, in the caller's unit; `next` is the line after it, undefined at the end of the
   * text. Returns the end of the block as soon as it is known.
   */
  push(line: Line, next: string | undefined, end: number): number | undefined {
    const fence = fenceOf(line.text);
    const isIntroduced = this.needsNextLine(line) && !!next?.trim();
    this.#previous = line.text;
    if (this.#doubtfulEnd !== undefined && ++this.#doubtfulLines > maxDoubtfulLines) return this.#doubtfulEnd;
    if (!fence) return this.#isFollowedByProse(line.text) ? this.fallbackEnd : undefined;
    if (closes(fence, this.#outer.marker)) this.#commonMarkEnd ??= end;
    if (this.#isGivenUp) return this.fallbackEnd;
    // The fence that would end the inner block was introduced as a block of its own, so the fence that seemed to open
    // the inner block closed this one.
    if (isIntroduced && this.#isDoubtful) return this.#doubtfulEnd;
    if (isIntroduced || this.#opensInner(fence)) {
      if (this.#inner.length === 0) this.#isInnerIndented = line.indent > this.#indent;
      if (isIntroduced) [this.#doubtfulEnd, this.#doubtfulLines] = [end, 0];
      this.#inner.push(fence.marker);
    } else if (closes(fence, this.#inner.at(-1) ?? this.#outer.marker)) {
      if (this.#inner.length === 0) return end;
      this.#inner.pop();
      // An inner block that is indented further belongs to the code around it, such as text in YAML.
      this.#hadInner ||= !this.#isInnerIndented;
      if (this.#inner.length === 0) this.#doubtfulEnd = undefined;
    }
    this.#isGivenUp = this.#inner.length > maxDepth;
    return this.#isGivenUp ? this.fallbackEnd : undefined;
  }

  /** Whether it is uncertain that the only open inner block really is one. */
  get #isDoubtful(): boolean {
    return this.#inner.length === 1 && this.#doubtfulEnd !== undefined;
  }

  /**
   * Whether prose follows an inner block: outside of Markdown this means that the outer block was not closed before the
   * inner one. Not in a text inside the code, such as a file that a shell script writes.
   */
  #isFollowedByProse(line: string): boolean {
    const text = line.trimEnd();
    if (this.#holdsProse === undefined && text) this.#holdsProse = heading.test(text);
    if (this.#holdsProse !== false) return false;
    const isInText = this.#texts.push(text, this.#inner.length === 0);
    return !isInText && this.#hadInner && this.#inner.length === 0 && text !== '' && !codeOnly.test(text);
  }

  #opensInner({ marker, info }: Fence): boolean {
    const enclosing = this.#inner.at(-1) ?? this.#outer.marker;
    if (isSameKind(marker, enclosing)) return info !== '' && marker.length >= enclosing.length;
    // A fence of the other kind closes nothing here, but fences in it must not be paired.
    return this.#isMarkdown && this.#inner.length === 0;
  }
}

function isSameKind(one: string, other: string): boolean {
  return one.startsWith(other.charAt(0));
}

function closes({ marker, info }: Fence, opening: string): boolean {
  return info === '' && isSameKind(marker, opening) && marker.length >= opening.length;
}
