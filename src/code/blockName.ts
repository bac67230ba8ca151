// The file that a code block names: in its info string, in the line above it, or in a comment in its first line. These
// are the forms that models use and that other tools ask them for: `title=` of documentation generators, `filepath:` of
// Copilot, the bare path above the block of aider, `ts:src/a.ts` of Cursor.
import type { CodeBlock } from '../markdown/codeBlocks';

/** Names without an extension that are file names all the same. */
const bareNames = new Set([
  ...['brewfile', 'cmakelists.txt', 'containerfile', 'dockerfile', 'gemfile', 'gnumakefile', 'jenkinsfile'],
  ...['justfile', 'license', 'makefile', 'pipfile', 'procfile', 'rakefile', 'vagrantfile'],
]);
/** What has a dot and is no file: a version, a domain or a member of an object is not in a list of files. */
const notFiles =
  /^(?:e\.g\.?|i\.e\.?|etc\.?|\d[\d.]*|v\d[\d.]*|(?:node|next|vue|react|express|d3|three|asp)\.(?:js|net))$/i;

/** Longer names are sentences. */
const maxNameLength = 200;
/** Only so much of a line is read. */
const maxLineLength = 400;

/** The file that a block names, as it is written there and not judged; undefined if it names none. */
export function namedFile({ code, info, lineBefore }: CodeBlock): string | undefined {
  return nameInInfo(cut(info)) ?? nameInLine(cut(lineBefore)) ?? nameInComment(cut(firstLine(code)));
}

function nameInInfo(info: string): string | undefined {
  // ```ts title="src/a.ts", ```{.ts filename=a.ts}
  const [, quoted, single, plain] =
    /\b(?:title|file|filename|file_?path|path|name)\s*[=:]\s*(?:"([^"]*)"|'([^']*)'|([^\s"'{},;]+))/i.exec(
      info,
    ) ?? [];
  const attribute = asFile(quoted ?? single ?? plain ?? '');
  if (attribute !== undefined) return attribute;
  // ```ts:src/a.ts
  const [, afterColon = ''] = /^[\w+#-]+:([^\s{}]+)/.exec(info) ?? [];
  if (afterColon) return asFile(withoutLines(afterColon));
  // ```ts src/a.ts, ```src/a.ts; the first word alone may be a language that is called like a file: ```dockerfile
  const [first = '', second = ''] = info.split(/\s+/);
  return asFile(withoutLines(second)) ?? (bareNames.has(first) ? undefined : asFile(withoutLines(first)));
}

/** A line that is a name and nothing else: **src/a.ts**, `src/a.ts`:, ### src/a.ts, File: src/a.ts (new) */
function nameInLine(line: string): string | undefined {
  const text = line
    .replace(/^(?:\s*(?:>|[-*+](?=\s)|\d{1,3}[.)](?=\s)|#{1,6}(?=\s)))+\s*/, '')
    .replace(/^[*_]*(?:file\s?name|file\s?path|file|path)\s*[:：][*_]*\s*/i, '')
    .trim();
  const [, marked] = /^[*_]*`([^`]+)`[*_]*\s*(?:\([^()]{0,40}\))?[*_]*\s*[:：]?[*_]*$/.exec(text) ?? [];
  const [, plain = ''] = /^\*{0,3}([^*`]+?)\*{0,3}\s*(?:\([^()]{0,40}\))?\s*[:：]?\*{0,3}$/.exec(text) ?? [];
  return asFile(marked ?? plain);
}

/** `// src/a.ts`, `# a.py`, `<!-- a.html -->`, `/* a.css *\/`, `-- a.sql`, `; a.ini`, `% a.tex` */
function nameInComment(line: string): string | undefined {
  const [, text = ''] =
    /^\s*(?:\/\/+|#+|--|;+|%+|<!--|\/\*+|\(\*|"|REM\s)\s*(.*?)\s*(?:-->|\*\/|\*\))?\s*$/i.exec(line) ?? [];
  return asFile(text.replace(/^(?:file\s?name|file\s?path|file|path)\s*:\s*/i, ''));
}

/** A name that looks like one of a file: an extension, or a well-known name without one. */
function asFile(text: string): string | undefined {
  const name = text.trim();
  if (!name || name.length > maxNameLength || /\s{2}|[<>"|?*;,(){}=]|:\/\//.test(name)) return undefined;
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // A path may have blanks, a sentence that ends with a dot and a word has no slash.
  if (/\s/.test(name) && !(/[\\/]/.test(name) && /\.\w{1,10}$/.test(last))) return undefined;
  if (notFiles.test(name)) return undefined;
  if (bareNames.has(last.toLowerCase())) return name;
  if (/^\.[a-z][\w.-]*$/i.test(last)) return name;
  return /[^.\s][^\\/]*\.[a-z][\w+-]{0,14}$|^[^.\s][^\\/]*\.(?:mp3|mp4|7z|3mf)$/i.test(last)
    ? name
    : undefined;
}

/** `src/a.ts:12-40` and `src/a.ts#L12` name a.ts. */
function withoutLines(name: string): string {
  return name.replace(/(?::\d+(?:[-:–]\d+)*|#L\d+(?:-L?\d+)?)$/, '');
}

function firstLine(code: string): string {
  const [first = '', second = ''] = code.split('\n', 2);
  // A script may begin with #!, or <?xml and <?php.
  return /^(?:#!|<\?|<!doctype)/i.test(first) ? second : first;
}

function cut(text: string): string {
  return text.slice(0, maxLineLength);
}
