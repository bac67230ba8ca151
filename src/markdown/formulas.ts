// Formulas: shown unchanged, set apart from prose, and not parsed as Markdown.
import type { StateBlock, StateInline } from 'markdown-it';
import { isOutdented, markUnstable } from './fences';

interface Kind {
  readonly open: string;
  readonly close: string;
  /** The complete formula. Bounded, since it is tried at every possible start; a backtick begins code. */
  readonly pattern: RegExp;
}

const kinds: readonly Kind[] = [
  { open: '$$', close: '$$', pattern: /\$\$((?:\\[^]|\$(?!\$)|[^\\$`]){1,4000})\$\$(?![\w${(])/y },
  // Not followed by a name, as in "$HOME/bin:$PATH"; but "the $n$th".
  {
    open: '$',
    close: '$',
    pattern: /\$(?![\s$])((?:\\[^\n]|[^\\$`\n]){1,1000})(?<!\s)\$(?:(?![\w${(])|(?=(?:th|st|nd|rd|s)\b))/y,
  },
  { open: '\\(', close: '\\)', pattern: /\\\(((?:\\[^)]|[^\\`]){1,2000})\\\)/y },
  { open: '\\[', close: '\\]', pattern: /\\\[((?:\\[^\]]|[^\\`]){1,4000})\\\](?![([:])/y },
];

/** An amount of money, and the prose after it: "5 and", "1,000 (about", "5から". */
const amount =
  /^\d[\d,.]*(?:\s+[^\s\\]*\p{L}{2}|[\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Han}\p{scx=Hangul}])/u;
/** Escaped brackets that are no formula: a footnote, a note, the number of a source. */
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

/** The closing delimiter of a formula that an unfinished text ends in; '' if there is none. */
export function formulaEnd(text: string): string {
  if (!/[$\\]/.test(text)) return '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '$' && text[at] !== '\\') continue;
    const kind = kindAt(text, at);
    if (!kind) {
      // An escape, or one of several dollar signs.
      if (text[at] === '\\') at++;
      continue;
    }
    kind.pattern.lastIndex = at;
    const [whole] = kind.pattern.exec(text) ?? [];
    if (whole !== undefined) at += whole.length - 1;
    else if (isLikelyFormula(kind, text.slice(at + kind.open.length))) return kind.close;
    else at += kind.open.length - 1;
  }
  return '';
}

/** Whether the text after an opening delimiter is likely to become a formula. A single dollar sign is unlikely to. */
function isLikelyFormula(kind: Kind, content: string): boolean {
  if (content.includes('`') || content.includes(kind.close) || /^\s*$/.test(content)) return false;
  if (!isFormula(kind, content)) return false;
  return kind.open !== '$' || (!/^\s|\n/.test(content) && /\\|\^|(?<![A-Za-z])[A-Za-z]_/.test(content));
}

const maxLines = 100;

const blockDelimiters: readonly (readonly [opening: RegExp, ending: (opening: RegExpExecArray) => string])[] =
  [
    [/^\$\$/, () => '$$'],
    [/^\\\[/, () => '\\]'],
    [
      /^\\begin\{(equation|align|aligned|gather|gathered|array|cases|[bpvBV]?matrix)(\*?)\}/,
      ([, name, star]) => `\\end{${name}${star}}`,
    ],
  ];

/** A formula on lines of its own. A blank line ends it, as in TeX. */
export function formulaBlockRule(
  state: StateBlock,
  start: number,
  endLine: number,
  silent: boolean,
): boolean {
  const mark = state.src[(state.bMarks[start] ?? 0) + (state.tShift[start] ?? 0)];
  if ((mark !== '$' && mark !== '\\') || (state.sCount[start] ?? 0) - state.blkIndent >= 4) return false;
  const first = textOfLine(state, start);
  const [opening, ending] =
    blockDelimiters.flatMap(([pattern, end]) => {
      const found = pattern.exec(first);
      return found ? [[found[0], end(found)] as const] : [];
    })[0] ?? [];
  if (opening === undefined || ending === undefined) return false;

  const last = lastLine(state, { line: start, opening, ending }, endLine);
  if (last === undefined) return false;
  if (silent) return true;
  const token = state.push('formula_block', '', 0);
  token.content = state.getLines(start, last + 1, state.blkIndent, false).trim();
  token.map = [start, last + 1];
  state.line = last + 1;
  return true;
}

/** The line on which a formula ends, followed by at most the punctuation of its sentence. */
function lastLine(
  state: StateBlock,
  {
    line: start,
    opening,
    ending,
  }: { readonly line: number; readonly opening: string; readonly ending: string },
  endLine: number,
): number | undefined {
  let content = '';
  for (let line = start; line < endLine; line++) {
    if (line - start > maxLines || state.isEmpty(line) || isOutdented(state, line)) return undefined;
    const text = textOfLine(state, line).slice(line === start ? opening.length : 0);
    const end = text.indexOf(ending);
    content += end < 0 ? `${text}\n` : text.slice(0, end);
    if (content.includes('```')) return undefined;
    if (end < 0) continue;
    const isAlone = !/[^\s.,;。、]/.test(text.slice(end + ending.length));
    return isAlone && content.trim() && !(opening === '\\[' && bracketed.test(content)) ? line : undefined;
  }
  markUnstable(state, start);
  return state.env['isUnfinished'] ? endLine - 1 : undefined;
}

function textOfLine(state: StateBlock, line: number): string {
  return state.src.slice((state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0), state.eMarks[line]);
}
