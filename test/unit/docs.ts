// README and docs/ as tests read them: links, headings, code, tables.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { project } from '../vscode/project';

export const read = (file: string) => readFileSync(path.join(project, file), 'utf8');

/** Every document, by its path in the project. */
export const documents: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(project, 'docs')).map((name) => `docs/${name}`),
];

const withoutFences = (text: string) => text.replace(/^( *)```[^]*?^\1```$/gm, '');

/** The lines of code in fenced blocks of shell commands. */
export function shellCommands(text: string): string[] {
  return [...text.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].flatMap(([, code = '']) =>
    code
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  );
}

/** What stands between backticks, outside of fenced blocks. */
export function codeSpans(text: string): string[] {
  return [...withoutFences(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
}

export interface Link {
  readonly isPicture: boolean;
  readonly target: string;
}

export function linksIn(text: string): Link[] {
  return [...withoutFences(text).matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, mark, target = '']) => ({
    isPicture: mark === '!',
    target,
  }));
}

/** The anchors of a document's headings, as GitHub and VS Code make them. */
export function anchorsIn(text: string): string[] {
  return [...withoutFences(text).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Links of a document that lead nowhere. `contentOf`: a file's text; undefined when there is no such file. */
export function brokenLinks(
  file: string,
  contentOf: (file: string) => string | undefined = (named) =>
    existsSync(path.join(project, named)) ? (named.endsWith('.md') ? read(named) : '') : undefined,
): string[] {
  return linksIn(contentOf(file) ?? '').flatMap(({ target }) => {
    if (/^(https:|mailto:)/.test(target)) return [];
    const [to = '', anchor] = target.split('#');
    const text = contentOf(to === '' ? file : path.posix.join(path.posix.dirname(file), to));
    const leads = text !== undefined && (anchor === undefined || anchorsIn(text).includes(anchor));
    return leads ? [] : [`${file}: ${target}`];
  });
}

/** The part of a document under a heading, up to the next of the same or a higher level. */
export function section(text: string, heading: string): string {
  const level = /^#+/.exec(heading)?.[0].length ?? 0;
  const start = text.indexOf(`\n${heading}\n`) + heading.length + 2;
  const end = text.slice(start).search(new RegExp(`^#{1,${level}} `, 'm'));
  if (start < heading.length + 2) throw new Error(`No heading “${heading}”`);
  return end < 0 ? text.slice(start) : text.slice(start, start + end);
}

/** The rows of a section's tables, without heads. */
export function rowsOf(text: string): string[][] {
  return [...text.matchAll(/^\| .*\|$/gm)]
    .map(([line]) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    )
    .filter((_, at, rows) => !isRule(rows[at]) && !isRule(rows[at + 1]));
}

const isRule = (cells: readonly string[] | undefined) =>
  cells?.every((cell) => /^:?-+:?$/.test(cell)) ?? false;
