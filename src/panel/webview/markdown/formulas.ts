// Formulas: shown as they were written, apart from prose. Nothing in them is Markdown.
import type { StateBlock, StateInline } from 'markdown-it';
import { isOutdented, noteUnsettled } from './fences';

interface Kind {
  readonly open: string;
  readonly close: string;
  /** The whole formula. Bounded, since it is tried wherever one may begin; a backtick begins code. */
  readonly pattern: RegExp;
}

const kinds: readonly Kind[] = [
  { open: '$$', close: '$$', pattern: /\$\$((?:\\[^]|\$(?!\$)|[^\\$`]){1,4000})\$\$(?![\w${(])/y },
  // What follows is no name, as in "$HOME/bin:$PATH"; but "the $n$th".
  {
    open: '$',
    close: '$',
    pattern: /\$(?![\s$])((?:\\[^\n]|[^\\$`\n]){1,1000})(?<!\s)\$(?:(?![\w${(])|(?=(?:th|st|nd|rd|s)\b))/y,
  },
  { open: '\\(', close: '\\)', pattern: /\\\(((?:\\[^)]|[^\\`]){1,2000})\\\)/y },
  { open: '\\[', close: '\\]', pattern: /\\\[((?:\\[^\]]|[^\\`]){1,4000})\\\](?![([:])/y },
];

/** An amount of money, and the prose after it: "5 and", "1,000 (about", "5から". */
const amount = /^\d[\d,.]*(?:\s+[^\s\\]*\p{L}{2}|[\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Han}\p{scx=Hangul}])/u;
/** What stands in escaped brackets and is none: a footnote, a note, the number of a source. */
const bracketed = /^\s*(?:[\^!]|\d+(?:\s*[,–-]\s*\d+)*\s*$)/;

function kindAt(text: string, at: number): Kind | undefined {
  return /\w|\$$/.test(text.charAt(at - 1)) ? undefined : kinds.find(({ open }) => text.startsWith(open, at));
}

function isFormula({ open }: Kind, content: string): boolean {
  if (!content.trim()) return false;
  return !(open === '$' ? amount : bracketed).test(content);
}

export function formulaRule(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state;
  if (src[pos] !== '$' && src[pos] !== '\\') return false;
  const kind = kindAt(src, pos);
  if (!kind) return false;
  kind.pattern.lastIndex = pos;
  const [whole, content] = kind.pattern.exec(src) ?? [];
  if (whole === undefined || pos + whole.length > posMax || !isFormula(kind, content ?? '')) return false;
  if (!silent) state.push('formula', '', 0).content = whole;
  state.pos += whole.length;
  return true;
}

/** What closes the formula in which an unfinished text ends; '' where it ends in none. */
export function formulaEnd(text: string): string {
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '$' && text[at] !== '\\') continue;
    const kind = kindAt(text, at);
    if (!kind) {
      // An escape, or one of several dollars.
      if (text[at] === '\\') at++;
      continue;
    }
    kind.pattern.lastIndex = at;
    const [whole] = kind.pattern.exec(text) ?? [];
    if (whole !== undefined) at += whole.length - 1;
    else if (isBegun(kind, text.slice(at + kind.open.length))) return kind.close;
    else at += kind.open.length - 1;
  }
  return '';
}

/** Whether what follows the opening is likely to become a formula. A dollar alone is likely to be none. */
function isBegun(kind: Kind, content: string): boolean {
  if (content.includes('`') || content.includes(kind.close) || /^\s*$/.test(content)) return false;
  if (!isFormula(kind, content)) return false;
  return kind.open !== '$' || (!/^\s|\n/.test(content) && /\\|\^|(?<![A-Za-z])[A-Za-z]_/.test(content));
}

const longest = 100;

const ends: readonly (readonly [opening: RegExp, ending: (opening: RegExpExecArray) => string])[] = [
  [/^\$\$/, () => '$$'],
  [/^\\\[/, () => '\\]'],
  [/^\\begin\{(equation|align|aligned|gather|gathered|array|cases|[bpvBV]?matrix)(\*?)\}/, ([, name, star]) => `\\end{${name}${star}}`],
];

/** A formula on lines of its own. A blank line ends it, as in TeX. */
export function formulaBlockRule(
  state: StateBlock,
  start: number,
  endLine: number,
  silent: boolean,
): boolean {
  if ((state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const lineOf = (line: number) =>
    state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
  const first = lineOf(start);
  const [opening, ending] =
    ends.flatMap(([pattern, end]) => {
      const found = pattern.exec(first);
      return found ? [[found[0], end(found)] as const] : [];
    })[0] ?? [];
  if (opening === undefined || ending === undefined) return false;

  for (let line = start; ; line++) {
    if (line >= endLine) {
      noteUnsettled(state, start);
      return false;
    }
    if (line - start > longest || state.isEmpty(line) || isOutdented(state, line)) return false;
    const text = lineOf(line);
    const end = text.indexOf(ending, line === start ? opening.length : 0);
    if (end < 0) continue;
    if (/[^\s.,;。、]/.test(text.slice(end + ending.length))) return false;
    const content = state.getLines(start, line + 1, state.blkIndent, false).trim();
    if (content.includes('```') || !isBlock(opening, content.slice(opening.length, content.lastIndexOf(ending)))) return false;
    if (silent) return true;
    const token = state.push('formula_block', '', 0);
    token.content = content;
    token.map = [start, line + 1];
    state.line = line + 1;
    return true;
  }
}

function isBlock(opening: string, content: string): boolean {
  return content.trim() !== '' && (opening !== '\\[' || !bracketed.test(content));
}
