// Prepares an unfinished block for display: removes lines whose meaning the next characters decide. unfinished.ts does
// the same for text within a line.

export function healPartialMarkdown(text: string): string {
  if (isTableHeader(text)) return '';
  const start = text.lastIndexOf('\n') + 1;
  const line = text.slice(start);
  return isUndecided(line) || isDefinition(text, line) ? text.slice(0, start) : text;
}

/** A single row of cells: with a ruler below it, it would be a table. */
function isTableHeader(tail: string): boolean {
  return tail.startsWith('|') && /^[^\n]*(?:\n[-|: \t]*)?$/.test(tail) && !/^[^\n]*\n[^\n]+\n$/.test(tail);
}

/** A line that may still become a ruler, an item, a box, a fence or a fold. */
function isUndecided(line: string): boolean {
  return (
    /^(?:[-=*+_#>|:`~ \t]+|[ \t]*\d+[.)]?[ \t]*)$/.test(line) ||
    /^[ \t>]*(?:[-*+]|\d+[.)])[ \t]+\[(?:[ xX]\]?)?[ \t]*$/.test(line) ||
    /^[ \t>]*(?:\$\$?|\\\[?|<\/?[a-z]*|<(?:details|summary)[^<>]*)$/i.test(line)
  );
}

/** A definition, whose address is not known before the end of the line. */
function isDefinition(tail: string, line: string): boolean {
  if (!line.includes('[') && !/\]:[ \t>]*\n[^\n]*$/.test(tail.slice(-200))) return false;
  return (
    /^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\[[^\][\n^][^\][\n]*\]:/.test(line) ||
    /\]:[ \t>]*\n[^\n]*$/.test(tail.slice(-line.length - 200))
  );
}
