// Adds a setting to the text of settings.json, for a setting that VS Code does not write: it is not in its list. Does not
// import VS Code.

/** Blanks and comments. */
const gap = String.raw`(?:\s|//.*|/\*[^]*?\*/)*`;
const start = new RegExp(`^${gap}`);
const onlyGap = new RegExp(`^${gap}$`);
const emptyObject = new RegExp(`^${gap}\\}`);
/** As VS Code indents a new file. */
const defaultIndentation = '    ';

export interface Insertion {
  /** Where to insert, in UTF-16 code units from the start. */
  readonly offset: number;
  readonly text: string;
}

/** What to insert into `file`, which does not have the setting `key`; undefined if it is not an object of settings. */
export function settingInsertion(file: string, key: string, value: unknown): Insertion | undefined {
  const indentation = /^([ \t]+)"/m.exec(file)?.[1] ?? defaultIndentation;
  const entry = `${indentation}${JSON.stringify(key)}: ${JSON.stringify(value)}`;
  if (onlyGap.test(file)) return { offset: file.length, text: `{\n${entry}\n}\n` };
  const offset = (start.exec(file)?.[0].length ?? 0) + 1;
  if (file[offset - 1] !== '{') return undefined;
  return { offset, text: emptyObject.test(file.slice(offset)) ? `\n${entry}\n` : `\n${entry},` };
}
