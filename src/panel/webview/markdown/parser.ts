// The one markdown-it there is. It is never asked for HTML: its tokens become elements (see shapes.ts).
import MarkdownIt, { type Env, type Token } from 'markdown-it';
import { isHard } from './limits';

/** Deeper than this a block is shown as plain text: markdown-it would drop what lies below. */
const deepest = 40;

const parser = new MarkdownIt({ html: false, linkify: true, maxNesting: deepest });

// Every address becomes a token; links.ts decides which of them is a link.
parser.validateLink = () => true;
// "README.md" and "main.rs" are files here, not hosts in Moldova and Serbia.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
parser.linkify.add('//', null);
parser.linkify.add('ftp:', null);

// Inline parsing is quadratic in a few constructs (open brackets, runs of stars). Text with too many of
// them is kept as it is, under a type that the later rules pass over.
parser.core.ruler.at('inline', (state) => {
  for (const token of state.tokens) {
    if (token.type !== 'inline') continue;
    if (isHard(token.content)) token.type = 'plain';
    else state.md.inline.parse(token.content, state.md, state.env, (token.children ??= []));
  }
});

export type References = NonNullable<Env['references']>;

/** All tokens of a source; definitions of link references are read from and added to `references`. */
export function parse(source: string, references: References): readonly Token[] {
  return parser.parse(source, { references });
}

/** The block tokens alone, their text unparsed: enough to see where blocks begin and end. */
export function parseBlocks(source: string): readonly Token[] {
  const tokens: Token[] = [];
  parser.block.parse(source, parser, {}, tokens);
  return tokens;
}

export function isTooDeep(tokens: readonly Token[]): boolean {
  return tokens.some(({ level }) => level >= deepest - 1);
}
