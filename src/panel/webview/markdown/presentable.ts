// An unfinished block as it may be shown while the rest is on its way: without marks whose meaning the
// next characters decide, and with emphasis, code and links closed that are likely to be.

export function presentable(tail: string): string {
  if (isHeadOfTable(tail)) return '';
  const start = tail.lastIndexOf('\n') + 1;
  if (/^[ \t]*(?:[-=*+_#>|:`~ \t]+|\d+[.)]?[ \t]*)$/.test(tail.slice(start))) return tail.slice(0, start);
  // From the last blank line on: emphasis does not reach across paragraphs.
  const paragraph = Math.max(tail.lastIndexOf('\n\n'), tail.length - 2_000, 0);
  return tail.slice(0, paragraph) + closed(tail.slice(paragraph));
}

/** A row of cells alone; with a ruler under it, it would be a table. */
function isHeadOfTable(tail: string): boolean {
  return tail.startsWith('|') && /^[^\n]*(?:\n[-|: \t]*)?$/.test(tail) && !/^[^\n]*\n[^\n]+\n$/.test(tail);
}

function closed(text: string): string {
  const shown = text
    .replace(/!\[[^\][\n]*(?:\](?:\([^()\s]*)?)?$/, '')
    .replace(/\[([^\][\n]+)\](?:\([^()\s]*)?$/, '$1')
    // Marks that may yet open something, and one that may be half of a pair which closes.
    .replace(/(?<=^|\s)[*_~`]+$|(?<![*\s])\*$/, '');
  const prose = shown.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');
  const ticks = /`+/.exec(prose);
  if (ticks) return shown + ticks[0];
  const marks = missing(prose.replaceAll('**', ''), '*') + missing(prose, '**') + missing(prose, '~~');
  return marks ? shown.trimEnd() + marks : shown;
}

/** The mark that would close what the text's last, unpaired one opens; '' when it opens nothing. */
function missing(text: string, mark: string): string {
  const parts = text.split(mark);
  if (parts.length % 2 === 1) return '';
  const opens = /^[^\s*~]/.test(parts.at(-1) ?? '') && !/\w$/.test(parts.at(-2) ?? '');
  return opens ? mark : '';
}
