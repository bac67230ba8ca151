// The text at the end of an unfinished block: emphasis, code, formulas and tags that are open are closed where that
// is likely to come, and marks whose meaning the next characters decide are not shown.
import type { Env, MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';
import { growingAddress } from './bareAddress';
import { formulaEnd } from './formulas';

/** Of a longer text the end alone is looked at. */
const longest = 2_000;
const underscore = 0x5f;

/** The text with which a source ends, if it ends in text: not where a cell or a heading is over. */
export function lastText({ src, tokens }: StateCore): Token | undefined {
  const leaf = tokens.findLast(
    ({ nesting, type, content }) =>
      nesting === 0 && type !== 'reference_definition' && !(type === 'inline' && !content),
  );
  if (leaf?.type !== 'inline') return undefined;
  const lastLine = leaf.content.slice(leaf.content.lastIndexOf('\n') + 1);
  return src.trimEnd().endsWith(lastLine) ? leaf : undefined;
}

/** Parses a text as if it were over, with what it leaves open closed. */
export function parseUnfinished(text: string, md: MarkdownIt, env: Env, tokens: Token[]): void {
  const start = Math.max(0, text.length - longest);
  const state = new md.inline.State(text.slice(0, start) + shown(text.slice(start)), md, env, tokens);
  const likely = noteLikely(state);
  md.inline.tokenize(state);
  closeMarks(state, likely);
  for (const rule of md.inline.ruler2.getRules('')) rule(state);
}

/** The text without what the next characters decide; and with the code or the formula closed in which it ends. */
function shown(text: string): string {
  const whole = text
    .replace(/!\[[^\][\n]*(?:\](?:\([^()\s]*)?)?$/, '')
    .replace(
      /\[([^\][\n^][^\][\n]*)\](?:\((?:[^()\s]|\((?:[^()\s]*\))?)*(?:[ \t]+(?:"[^"\n]*"?)?)?)?$/,
      '$1',
    );
  // A tag whose name is not over, and marks that may yet open something or be half of what closes.
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

/** The same text, of the same length, with nothing to be read in its code. */
function withoutCode(text: string): string {
  if (!text.includes('`')) return text;
  return text.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, (whole) => ' '.repeat(whole.length));
}

/** The address that begins at `at`, and those right behind it, as text: the rest of a host may be still to come. */
function withoutLink(text: string, at: number): string {
  return at < 0 ? text : text.slice(0, at) + text.slice(at).replace(/(?<=https?|mailto):/gi, '\\:');
}

/** Notes of each token that is a mark whether it is likely to open something: in a word or a path it is itself. */
function noteLikely(state: StateInline): ReadonlySet<number> {
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
  /** Adds what closes it. */
  readonly close: () => void;
}

/** Closes what is open at a text's end, the innermost first. */
function closeMarks(state: StateInline, likely: ReadonlySet<number>): void {
  const openings = [...openMarks(state, likely), ...openTags(state)];
  for (const { close } of openings.sort((one, other) => other.token - one.token)) close();
}

function openMarks(state: StateInline, likely: ReadonlySet<number>): readonly Opening[] {
  if (state.delimiters.length === 0) return [];
  const { delimiters } = state;
  // The first of these rules pairs the marks. It is tried on copies, since it is called once more.
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
