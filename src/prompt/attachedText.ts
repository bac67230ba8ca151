// A text file as an attachment: a fenced block with its language, below its name; of a notebook, one for each cell.
import { extensions } from 'vscode';
import type { TextAttachment } from '../history/attachment';
import { type Excerpt, formatExcerpts } from './codeBlock';

export interface AttachedText {
  /** The name for the prompt: relative, never a path of this machine. */
  readonly name: string;
  readonly text: string;
  /** VS Code's ID; absent if it is to be found by the name. */
  readonly language?: string;
  /** The cells of a notebook, each with its name, in place of the text. */
  readonly cells?: readonly Excerpt[];
}

export function textAttachment(id: string, { name, text, language, cells }: AttachedText): TextAttachment {
  if (cells) return { id, name, text: formatExcerpts(cells), sources: [], isNotebook: true };
  const block = { name, text, language: language ?? languageByName(name) };
  return { id, name, text: formatExcerpts([block]), sources: [] };
}

interface LanguageContribution {
  readonly id?: unknown;
  readonly extensions?: unknown;
  readonly filenames?: unknown;
}

/** The language that an installed extension, or VS Code itself, has for files of this name; else how the name ends. */
function languageByName(name: string): string {
  const base = (name.split('/').at(-1) ?? '').toLowerCase();
  let found = { id: '', length: 0 };
  for (const { id, endings, names } of contributedLanguages()) {
    if (names.includes(base)) return id;
    const length = Math.max(
      0,
      ...endings.filter((ending) => base.endsWith(ending)).map((each) => each.length),
    );
    if (length > found.length) found = { id, length };
  }
  return found.id || (/\.([a-z0-9]{1,12})$/.exec(base)?.[1] ?? '');
}

function contributedLanguages() {
  return extensions.all.flatMap(({ packageJSON }) => {
    const { contributes } = packageJSON as { readonly contributes?: { readonly languages?: unknown } };
    const languages: readonly LanguageContribution[] = Array.isArray(contributes?.languages)
      ? contributes.languages
      : [];
    return languages.flatMap(({ id, extensions: endings, filenames }) =>
      typeof id === 'string' ? [{ id, endings: lowerCase(endings), names: lowerCase(filenames) }] : [],
    );
  });
}

/** Another extension's manifest may hold anything. */
function lowerCase(values: unknown): readonly string[] {
  return Array.isArray(values)
    ? values
        .filter((value) => typeof value === 'string' && value !== '')
        .map((value: string) => value.toLowerCase())
    : [];
}
