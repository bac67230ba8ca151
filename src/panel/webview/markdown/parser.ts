// The one markdown-it there is. It is never asked for HTML: its tokens become elements (see shapes.ts).
import MarkdownIt, { type Env, type StateInline, type Token } from 'markdown-it';
import friendlyToCjk from 'markdown-it-cjk-friendly';
import { addressRule } from './bareAddress';
import { detailsRule } from './details';
import { fenceRule } from './fences';
import { footnoteReferenceRule, footnoteRule } from './footnotes';
import { formulaBlockRule, formulaRule } from './formulas';
import { isHard } from './limits';
import { readable } from './links';
import { pairTags, tagRule } from './tags';
import { tasksRule } from './tasks';

/** Deeper than this a block is shown as plain text: markdown-it would drop what lies below. */
const deepest = 40;

const parser = new MarkdownIt({ html: false, linkify: true, maxNesting: deepest });

// Emphasis by CommonMark needs blanks or letters around it, which Japanese, Chinese and Korean do not have.
parser.use(friendlyToCjk);

// Every address becomes a token; links.ts decides which of them is a link.
parser.validateLink = () => true;
parser.normalizeLinkText = readable;
// "README.md" and "main.rs" are files here, not hosts in Moldova and Serbia: only addresses that begin as such are
// looked for, and by the source, since its escapes and entities would hide what a host is followed by.
parser.core.ruler.disable('linkify');
parser.inline.ruler.at('linkify', addressRule);

const interrupting = ['paragraph', 'reference', 'blockquote', 'list'];
parser.block.ruler.at('fence', fenceRule, { alt: interrupting });
parser.block.ruler.before('fence', 'formula', formulaBlockRule, { alt: interrupting });
parser.block.ruler.before('fence', 'details', detailsRule, { alt: interrupting });
parser.block.ruler.before('reference', 'footnote', footnoteRule, { alt: interrupting });
parser.inline.ruler.before('escape', 'formula', formulaRule);
parser.inline.ruler.before('link', 'footnote', footnoteReferenceRule);
parser.inline.ruler.before('autolink', 'tag', tagRule);
parser.inline.ruler2.before('fragments_join', 'tags', pairTags);
parser.core.ruler.after('block', 'tasks', tasksRule);

// Inline parsing is quadratic in a few constructs (open brackets, runs of stars). Text with too many of
// them is kept as it is, under a type that the later rules pass over.
parser.core.ruler.at('inline', (state) => {
  for (const token of state.tokens) {
    if (token.type !== 'inline') continue;
    if (isHard(token.content)) token.type = 'plain';
    else state.md.inline.parse(token.content, state.md, state.env, (token.children ??= []));
  }
});

/** Definitions of links and, under a name that no link has, of footnotes. */
export type References = NonNullable<Env['references']>;

/**
 * All tokens of a source; definitions of links and footnotes are read from and added to `references`. What an
 * unfinished source leaves open at its end counts as closed there.
 */
export function parse(source: string, references: References, isUnfinished = false): readonly Token[] {
  return parser.parse(source, { references, isUnfinished });
}

/**
 * The block tokens alone, their text unparsed: enough to see where blocks begin and end. `unsettled` is the first
 * line, if there is one, from which on more text may make other blocks of these.
 */
export function parseBlocks(
  source: string,
  isUnfinished = false,
): { readonly tokens: readonly Token[]; readonly unsettled: number } {
  const tokens: Token[] = [];
  const env: Env = { isUnfinished };
  parser.block.parse(source, parser, env, tokens);
  return { tokens, unsettled: Number(env['unsettled'] ?? Infinity) };
}

export function isTooDeep(tokens: readonly Token[]): boolean {
  return tokens.some(({ level }) => level >= deepest - 1);
}

/** What opens in a text and is not closed there, in order: the tag's name, or the mark with the text around it. */
export type Opening =
  | { readonly tag: string }
  | { readonly mark: '*' | '~~'; readonly before: string };

class Openings extends parser.inline.State {
  /** Of each token of a mark, what stands before the marks. */
  readonly #before = new Map<number, string>();

  override scanDelims(start: number, canSplitWord: boolean): ReturnType<StateInline['scanDelims']> {
    const scanned = super.scanDelims(start, canSplitWord);
    const token = this.tokens.length + (this.pending ? 1 : 0);
    for (let mark = 0; mark < scanned.length; mark++) this.#before.set(token + mark, this.src.slice(0, start));
    return scanned;
  }

  found(): readonly Opening[] {
    this.md.inline.tokenize(this);
    this.md.inline.ruler2.getRules('')[0]?.(this);
    const found = new Map<number, Opening>();
    for (const { marker, token, open, end } of this.delimiters) {
      const mark = marker === 0x2a ? '*' : marker === 0x7e ? '~~' : undefined;
      if (mark && open && end < 0) found.set(token, { mark, before: this.#before.get(token) ?? '' });
    }
    const tags: number[] = [];
    this.tokens.forEach(({ type, info, markup }, index) => {
      if (type !== 'tag') return;
      const opening = tags.findLastIndex((other) => this.tokens[other]?.markup === markup);
      if (info === 'open') tags.push(index);
      else if (opening >= 0) tags.length = opening;
    });
    for (const index of tags) found.set(index, { tag: this.tokens[index]?.markup ?? '' });
    return [...found].sort(([one], [other]) => one - other).map(([, opening]) => opening);
  }
}

export function openings(text: string): readonly Opening[] {
  return isHard(text) ? [] : new Openings(text, parser, {}, []).found();
}
