// An unfinished block as it may be shown while the rest is on its way: without marks whose meaning the
// next characters decide, and with emphasis, code, formulas and links closed that are likely to be.
import type { Token } from 'markdown-it';
import { growingAddress } from './bareAddress';
import { formulaEnd } from './formulas';
import { openings, parseBlocks } from './parser';

export function presentable(source: string): string {
  if (isHeadOfTable(source)) return '';
  const start = source.lastIndexOf('\n') + 1;
  const line = source.slice(start);
  const tail = isUndecided(line) || isDefinition(source, line) ? source.slice(0, start) : source;
  const body = tail.trimEnd();
  const text = lastText(tail);
  if (!text || !body.endsWith(text.slice(text.lastIndexOf('\n') + 1))) return tail;
  const shown = closed(text);
  // What differs lies at the end of both, after what begins the lines of a quote or an item.
  let same = 0;
  while (same < text.length && text[same] === shown[same]) same++;
  const changed = text.slice(same);
  return shown !== text && body.endsWith(changed)
    ? body.slice(0, body.length - changed.length) + shown.slice(same)
    : tail;
}

/** A row of cells alone; with a ruler under it, it would be a table. */
function isHeadOfTable(tail: string): boolean {
  return tail.startsWith('|') && /^[^\n]*(?:\n[-|: \t]*)?$/.test(tail) && !/^[^\n]*\n[^\n]+\n$/.test(tail);
}

/** A line that may yet become anything: a ruler, an item, a box, a fence, a fold. */
function isUndecided(line: string): boolean {
  return (
    /^[ \t]*(?:[-=*+_#>|:`~ \t]+|\d+[.)]?[ \t]*)$/.test(line) ||
    /^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[(?:[ xX]\]?)?[ \t]*$/.test(line) ||
    /^[ \t>]*(?:\$\$?|\\\[?|<\/?[a-z]*|<(?:details|summary)[^<>]*)$/i.test(line)
  );
}

/** A definition, whose address is not known before its line is over. */
function isDefinition(tail: string, line: string): boolean {
  return /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\[[^\][\n^][^\][\n]*\]:/.test(line) || /\[[^\][\n]+\]:[ \t>]*\n[^\n]*$/.test(tail);
}

/** The text at the end of a tail, where it ends in text. */
function lastText(tail: string): string | undefined {
  const { tokens } = parseBlocks(tail, true);
  const isEmpty = ({ type, content }: Token) => type === 'reference_definition' || (type === 'inline' && !content);
  const leaf = tokens.findLast((token) => token.nesting === 0 && !isEmpty(token));
  return leaf?.type === 'inline' ? leaf.content : undefined;
}

function closed(text: string): string {
  const shown = text
    .replace(/!\[[^\][\n]*(?:\](?:\([^()\s]*)?)?$/, '')
    .replace(/\[([^\][\n^][^\][\n]*)\](?:\((?:[^()\s]|\([^()\s]*\)?)*(?:[ \t]+(?:"[^"\n]*"?)?)?)?$/, '$1')
    // A tag whose name is not over, and marks that may yet open something or be half of what closes.
    .replace(/<\/?[a-z]{0,6}\s*\/?$/i, '')
    .replace(/(?<!\\)[*~`]+$|(?<=^|\s)_+$|(?<![\w\\)}\]])\$+$|(?<!\\)\\$/, '');
  const coded = shown + openTicks(shown);
  if (coded !== shown) return withMarks(coded);
  const formula = formulaEnd(withoutCode(shown));
  if (formula) return withMarks(shown.trimEnd() + formula);
  const address = growingAddress(withoutCode(shown));
  return withMarks(address < 0 ? shown : withoutLink(shown, address));
}

const code = /(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs;

/** The same text, of the same length, with nothing to be read in its code. */
function withoutCode(text: string): string {
  return text.replace(code, (whole) => ' '.repeat(whole.length));
}

function openTicks(text: string): string {
  return /`+/.exec(withoutCode(text))?.[0] ?? '';
}

/** The address at the end, as text: the rest of its host may be still to come. */
function withoutLink(text: string, at: number): string {
  const colon = text.indexOf(':', at);
  return `${text.slice(0, colon)}\\${text.slice(colon)}`;
}

/** The text with the marks after it that would close what it leaves open. */
function withMarks(text: string): string {
  const marks = openings(text)
    .map((opening) => {
      if ('tag' in opening) return `</${opening.tag}>`;
      // Inside a word, a path or a sum a mark is likely to be itself.
      return /[\w/.=]$/.test(opening.before) ? '' : opening.mark;
    })
    .reverse()
    .join('');
  return marks ? text.trimEnd() + marks : text;
}
