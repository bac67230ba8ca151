// Fits the indentation of code to the place where it is put.

/** The blanks that a line begins with. */
export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** The indentation that all lines of a text share; blank lines do not count. */
export function commonIndent(text: string): string {
  let common: string | undefined;
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    const indent = indentOf(line);
    common ??= indent;
    while (!indent.startsWith(common)) common = common.slice(0, -1);
  }
  return common ?? '';
}

/**
 * The code for a place behind `before`, which is the line's text up to there. The first line stays where the cursor is;
 * the others are indented as that line is. At the beginning of a line, the code stays as it is.
 */
export function indentedAt(before: string, code: string): string {
  const base = indentOf(before);
  return base ? rebased(code, base, base) : code;
}

/**
 * The code in place of `original`, which begins behind `before`: it is indented as `original` was, since models often
 * leave out the indentation that all lines have. It ends with a line end if `original` did.
 */
export function indentedLike(original: string, before: string, code: string): string {
  const isMidLine = before.trim() !== '';
  // Behind other text, the first line says nothing about the indentation of the others.
  const base = isMidLine ? indentOf(before) : commonIndent(before + original);
  const fitted = rebased(code, base, isMidLine ? base : before);
  return original.endsWith('\n') && !fitted.endsWith('\n') ? `${fitted}\n` : fitted;
}

/** The code with `base` for the indentation that its lines share; `present` stands before its first line already. */
function rebased(code: string, base: string, present: string): string {
  const common = commonIndent(code);
  const lines = code.split('\n').map((line, at) => {
    if (!line.trim()) return line;
    const indented = base + line.slice(common.length);
    return at === 0 && indented.startsWith(present) ? indented.slice(present.length) : indented;
  });
  return lines.join('\n');
}
