// An unfinished block as it may be shown while the rest is on its way: without lines whose meaning the next
// characters decide. What is said of text inside of it is in unfinished.ts.

export function healPartialMarkdown(tail: string): string {
  if (isHeadOfTable(tail)) return '';
  const start = tail.lastIndexOf('\n') + 1;
  const line = tail.slice(start);
  return isUndecided(line) || isDefinition(tail, line) ? tail.slice(0, start) : tail;
}

/** A row of cells alone; with a ruler under it, it would be a table. */
function isHeadOfTable(tail: string): boolean {
  return tail.startsWith('|') && /^[^\n]*(?:\n[-|: \t]*)?$/.test(tail) && !/^[^\n]*\n[^\n]+\n$/.test(tail);
}

/** A line that may yet become anything: a ruler, an item, a box, a fence, a fold. */
function isUndecided(line: string): boolean {
  return (
    /^(?:[-=*+_#>|:`~ \t]+|[ \t]*\d+[.)]?[ \t]*)$/.test(line) ||
    /^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[(?:[ xX]\]?)?[ \t]*$/.test(line) ||
    /^[ \t>]*(?:\$\$?|\\\[?|<\/?[a-z]*|<(?:details|summary)[^<>]*)$/i.test(line)
  );
}

/** A definition, whose address is not known before its line is over. */
function isDefinition(tail: string, line: string): boolean {
  if (!line.includes('[') && !/\]:[ \t>]*\n[^\n]*$/.test(tail.slice(-200))) return false;
  return (
    /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\[[^\][\n^][^\][\n]*\]:/.test(line) ||
    /\]:[ \t>]*\n[^\n]*$/.test(tail.slice(-line.length - 200))
  );
}
