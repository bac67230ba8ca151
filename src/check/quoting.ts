// Writes our sentences as Markdown, with the texts that others chose as code. Does not use VS Code.
import { codeSpan, oneLine, shortened } from '../util/plainText';

/** Maximum number of characters of a sentence, besides the quoted texts. */
const maxLength = 2000;

/** Fields whose values this program chose. */
const ownFields: ReadonlySet<string> = new Set([
  'authentication',
  'by',
  'arrives',
  'logs',
  'problem',
  'kind',
  'stage',
]);

/** All strings in `value`, at any depth, that others may have chosen. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => (ownFields.has(name) ? [] : textsIn(part)));
}

/** `sentence` as one line of Markdown: each of the `foreign` texts in it becomes code, and the rest is escaped. */
export function quoteInMarkdown(sentence: string, foreign: readonly string[]): string {
  const quoted = foreign.map((text) => oneLine(text).trim()).filter((text) => text.length > 1);
  // Longest first, since one may be part of another.
  const parts = [...new Set(quoted)]
    .sort((one, other) => other.length - one.length)
    .reduce<readonly Part[]>(
      (all, text) => all.flatMap((part) => split(part, text)),
      [{ text: oneLine(sentence) }],
    );
  return parts
    .map(({ text, isCode }) => (isCode ? codeSpan(text) : escaped(shortened(text, maxLength))))
    .join('');
}

interface Part {
  readonly text: string;
  readonly isCode?: true;
}

function split(part: Part, by: string): readonly Part[] {
  if (part.isCode) return [part];
  const [first = '', ...others] = part.text.split(by);
  return [{ text: first }, ...others.flatMap((text) => [{ text: by, isCode: true as const }, { text }])];
}

/** https://spec.commonmark.org/0.31.2/#backslash-escapes; an address becomes no link either. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|~#&!@]|:(?=\/\/)/g, String.raw`\$&`);
}
