// Sentences of ours in Markdown, with what they quote of others as code. Knows no VS Code.
import { codeSpan, oneLine, shortened } from '../util/plainText';

/** Characters of a sentence, besides what it quotes. */
const longest = 2000;

/** Fields that hold words of this program, never of others. */
const ours: ReadonlySet<string> = new Set([
  'authentication',
  'by',
  'arrives',
  'logs',
  'problem',
  'kind',
  'stage',
]);

/** All texts in `value` that others may have chosen, however deep they lie. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => (ours.has(name) ? [] : textsIn(part)));
}

/**
 * `sentence` as one line of Markdown: each of `foreign` that stands in it is code, all else is text, in which nothing
 * means anything to a Markdown reader.
 */
export function quoteInMarkdown(sentence: string, foreign: readonly string[]): string {
  const quoted = foreign.map((text) => oneLine(text).trim()).filter((text) => text.length > 1);
  // The longest first: one may be part of another.
  const parts = [...new Set(quoted)]
    .sort((one, other) => other.length - one.length)
    .reduce<readonly Part[]>(
      (all, text) => all.flatMap((part) => split(part, text)),
      [{ text: oneLine(sentence) }],
    );
  return parts
    .map(({ text, isCode }) => (isCode ? codeSpan(text) : escaped(shortened(text, longest))))
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
