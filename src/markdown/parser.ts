// The only markdown-it instance. It never renders HTML: webview/markdown/render.tsx makes elements from its tokens.
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

/** Blocks nested deeper are shown as plain text: markdown-it would drop their content. */
const maxNesting = 40;

const parser = new MarkdownIt({ html: false, linkify: true, maxNesting });

// CommonMark's emphasis needs blanks or punctuation around it, which Japanese, Chinese and Korean do not have.
parser.use(friendlyToCjk);
parser.inline.ruler.at('emphasis', emphasisRule);

// Every address becomes a token; links.ts decides which of them become links.
parser.validateLink = () => true;
parser.normalizeLinkText = readable;
// "README.md" and "main.rs" are files, not hosts in Moldova and Serbia: only addresses with a scheme are recognized.
// They are searched in the source, since its escapes and entities would hide what follows a host.
parser.core.ruler.disable('linkify');
parser.inline.ruler.at('linkify', addressRule);

const interruptible = ['paragraph', 'reference', 'blockquote', 'list'];
parser.block.ruler.at('fence', fenceRule, { alt: interruptible });
parser.block.ruler.before('fence', 'formula', formulaBlockRule, { alt: interruptible });
parser.block.ruler.before('fence', 'details', detailsRule, { alt: interruptible });
parser.block.ruler.before('reference', 'footnote', footnoteRule, { alt: interruptible });
parser.inline.ruler.before('escape', 'formula', formulaRule);
parser.inline.ruler.before('link', 'footnote', footnoteReferenceRule);
parser.inline.ruler.before('autolink', 'tag', tagRule);
parser.inline.ruler2.before('fragments_join', 'tags', pairTags);
parser.core.ruler.after('block', 'tasks', tasksRule);

// Inline parsing is quadratic for some input (open brackets, runs of stars). Text with too many of these is kept
// unchanged, with a type that later rules ignore.
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

/** Definitions of links, and of footnotes under names that no link has. */
export type References = NonNullable<Env['references']>;

/**
 * Parses a source. Definitions of links and footnotes are read from and added to `references`. `isUnfinished`: elements
 * that are open at the end are treated as closed there.
 */
export function parse(source: string, references: References, isUnfinished = false): readonly Token[] {
  return parser.parse(source, { references, isUnfinished });
}

/**
 * Parses only the blocks, not their text: enough to find where blocks begin and end. `firstUnstableLine` is the first
 * line of a block that more text may change into another; Infinity if there is none.
 */
export function parseBlocks(source: string): {
  readonly tokens: readonly Token[];
  readonly firstUnstableLine: number;
} {
  const tokens: Token[] = [];
  const env: Env = {};
  parser.block.parse(source, parser, env, tokens);
  return { tokens, firstUnstableLine: Number(env['firstUnstableLine'] ?? Infinity) };
}

export function isTooDeep(tokens: readonly Token[]): boolean {
  return tokens.some(({ level }) => level >= maxNesting - 1);
}
