// Parses the text at the end of an unfinished block: closes open emphasis, code, formulas and tags if they are likely
// to be closed, and hides markup whose meaning the next characters decide.
import type { Env, MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';
import { growingAddress } from './bareAddress';
import { formulaEnd } from './formulas';

/** Only this much of the end of a text is processed. */
const maxEndLength = 2_000;
const underscore = 0x5f;

/** The text at the end of a source, if it ends in text, not after a finished cell or heading. */
export function lastText({ src, tokens }: StateCore): Token | undefined {
  const leaf = tokens.findLast(
    ({ nesting, type, content }) =>
      nesting === 0 && type !== 'reference_definition' && !(type === 'inline' && !content),
  );
  if (leaf?.type !== 'inline') return undefined;
  const lastLine = leaf.content.slice(leaf.content.lastIndexOf('\n') + 1);
  return src.trimEnd().endsWith(lastLine) ? leaf : undefined;
}

/** Parses a text as if it were finished, and closes what is open. */
export function parseUnfinished(text: string, md: MarkdownIt, env: Env, tokens: Token[]): void {
  const start = Math.max(0, text.length - maxEndLength);
  const state = new md.inline.State(text.slice(0, start) + visiblePart(text.slice(start)), md, env, tokens);
  const likely = recordLikelyMarks(state);
  md.inline.tokenize(state);
  closeMarks(state, likely);
  for (const rule of md.inline.ruler2.getRules('')) rule(state);
}

/** Removes what the next characters decide, and closes the code or the formula at the end. */
function visiblePart(text: string): string {
  const whole = text
    .replace(/!\[[^\][\n]*(?:\](?:\([^()\s]*)?)?$/, '')
    .replace(
      /\[([^\][\n^][^\][\n]*)\](?:\((?:[^()\s]|\((?:[^()\s]*\))?)*(?:[ \t]+(?:"[^"\n]*"?)?)?)?$/,
      '$1',
    );
  // A tag with an incomplete name, and markers that may open something or be half of a closing one.
  const end = whole.slice(-80);
  const decided =
    whole.slice(0, -80) +
    end
      .replace(/<\/?[a-z]{0,6}\s*\/?$/i, '')
      .replace(/(?<![\\*~`])[*~`]+$|(?<=^|\s)_+$|(?<![\w\\)}\]$])\$+$|(?<!\\)\\$/, '');
  const prose = withoutCode(decided);
  const code = /`+/.exec(prose);
  if (code) return withoutLink(decided, growingAddress(prose.slice(0, code.index))) + code[0];
  const formula = formulaEnd(prose);
  if (formula) return decided.trimEnd() + formula;
  return withoutLink(decided, growingAddress(prose));
}

/** Replaces code in `text` by blanks of the same length. */
function withoutCode(text: string): string {
  if (!text.includes('`')) return text;
  return text.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, (whole) => ' '.repeat(whole.length));
}

/** Makes text of the address at `at` and those right after it: the rest of a host may still be to come. */
function withoutLink(text: string, at: number): string {
  return at < 0 ? text : text.slice(0, at) + text.slice(at).replace(/(?<=https?|mailto):/gi, '\\:');
}

/** Records the marker tokens that are likely to open something; a marker in a word or a path is text. */
function recordLikelyMarks(state: StateInline): ReadonlySet<number> {
  const likely = new Set<number>();
  const scan = state.scanDelims.bind(state);
  state.scanDelims = (start, canSplitWord) => {
    const scanned = scan(start, canSplitWord);
    const first = state.tokens.length + (state.pending ? 1 : 0);
    if (!/[\w/.=]/.test(state.src.charAt(start - 1)))
      for (let mark = 0; mark < scanned.length; mark++) likely.add(first + mark);
    return scanned;
  };
  return likely;
}

interface Opening {
  readonly token: number;
  /** Adds the closing tokens. */
  readonly close: () => void;
}

/** Closes what is open at the end of a text, the innermost first. */
function closeMarks(state: StateInline, likely: ReadonlySet<number>): void {
  const openings = [...openMarks(state, likely), ...openTags(state)];
  for (const { close } of openings.sort((one, other) => other.token - one.token)) close();
}

function openMarks(state: StateInline, likely: ReadonlySet<number>): readonly Opening[] {
  if (state.delimiters.length === 0) return [];
  const { delimiters } = state;
  // The first rule pairs the markers. Run it on copies, since it runs again later.
  state.delimiters = delimiters.map((delimiter) => ({ ...delimiter }));
  const metas = state.tokens_meta;
  state.tokens_meta = [];
  state.md.inline.ruler2.getRules('')[0]?.(state);
  const unpaired = state.delimiters.filter(
    ({ marker, token, open, end }) => open && end < 0 && likely.has(token) && marker !== underscore,
  );
  Object.assign(state, { delimiters, tokens_meta: metas });
  return unpaired.map(({ marker, token, length }) => ({
    token,
    close: () => {
      const text = state.push('text', '', 0);
      text.content = state.tokens[token]?.content ?? '';
      const at = state.tokens.length - 1;
      state.delimiters.push({ marker, length: length ?? 0, token: at, end: -1, open: false, close: true });
    },
  }));
}

function openTags(state: StateInline): readonly Opening[] {
  if (!state.src.includes('<')) return [];
  const open: { readonly token: number; readonly name: string }[] = [];
  state.tokens.forEach(({ type, info, markup }, token) => {
    if (type !== 'tag') return;
    const opening = open.findLastIndex(({ name }) => name === markup);
    if (info === 'open') open.push({ token, name: markup });
    else if (opening >= 0) open.length = opening;
  });
  return open.map(({ token, name }) => ({
    token,
    close: () => Object.assign(state.push('tag', '', 0), { markup: name, info: 'close' }),
  }));
}
