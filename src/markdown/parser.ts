// The one markdown-it there is. It is never asked for HTML: its tokens become elements (see webview/markdown/render.tsx).
import MarkdownIt, { type Env, type Token } from 'markdown-it';
import friendlyToCjk from 'markdown-it-cjk-friendly';
import { addressRule } from './bareAddress';
import { detailsRule } from './details';
import { emphasisRule } from './emphasis';
import { fenceRule } from './fences';
import { footnoteReferenceRule, footnoteRule } from './footnotes';
import { formulaBlockRule, formulaRule } from './formulas';
import { exceedsInlineLimits } from './limits';
import { readable } from './links';
import { pairTags, tagRule } from './tags';
import { tasksRule } from './tasks';
import { lastText, parseUnfinished } from './unfinished';

/** Deeper than this a block is shown as plain text: markdown-it would drop what lies below. */
const deepest = 40;

const parser = new MarkdownIt({ html: false, linkify: true, maxNesting: deepest });

// Emphasis by CommonMark needs blanks or letters around it, which Japanese, Chinese and Korean do not have.
parser.use(friendlyToCjk);
parser.inline.ruler.at('emphasis', emphasisRule);

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
  const last = state.env['isUnfinished'] ? lastText(state) : undefined;
  for (const token of state.tokens) {
    if (token.type !== 'inline') continue;
    const { content } = token;
    if (exceedsInlineLimits(content)) token.type = 'plain';
    else if (token === last) parseUnfinished(content, state.md, state.env, (token.children ??= []));
    else state.md.inline.parse(content, state.md, state.env, (token.children ??= []));
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
export function parseBlocks(source: string): {
  readonly tokens: readonly Token[];
  readonly unsettled: number;
} {
  const tokens: Token[] = [];
  const env: Env = {};
  parser.block.parse(source, parser, env, tokens);
  return { tokens, unsettled: Number(env['unsettled'] ?? Infinity) };
}

export function isTooDeep(tokens: readonly Token[]): boolean {
  return tokens.some(({ level }) => level >= deepest - 1);
}
