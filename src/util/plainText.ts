// Makes foreign text (from a workspace, a model ID, a setting, a server, VS Code itself) safe to use in a sentence, a
// prompt, or Markdown: one line, limited in length, and only text. Does not import VS Code.

/** Characters that end a line or move the cursor: controls, line and paragraph separators. */
const lineEnds = String.raw`[\p{Cc}\p{Zl}\p{Zp}]`;
/** Invisible characters: bidi controls, zero-width characters, variation selectors, tags, fillers. */
const invisible = String.raw`[\p{Cf}\p{Default_Ignorable_Code_Point}]`;
/** Made with the first use: V8 parses a pattern with \p slowly, and most names are ASCII. */
let patterns: { readonly lineEnds: RegExp; readonly invisible: RegExp } | undefined;

/** The most characters that are processed: names are short, but some are a megabyte long. */
const maxInputLength = 4000;

/** `text` in one line: replaces line ends by `instead`, and removes invisible characters. */
export function oneLine(text: string, instead = ' '): string {
  if (/^[ -~]*$/.test(text)) return text;
  patterns ??= { lineEnds: new RegExp(lineEnds, 'gu'), invisible: new RegExp(invisible, 'gu') };
  return text.replace(patterns.lineEnds, instead).replace(patterns.invisible, '').toWellFormed();
}

/** Shortens `text` to at most `max` characters (UTF-16 code units), with `…` for its middle. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const tail = Math.floor((max - 1) / 3);
  // The cut may split a surrogate pair.
  const whole = (part: string) => part.toWellFormed().replace(/^\ufffd|\ufffd$/g, '');
  return `${whole(text.slice(0, max - 1 - tail))}…${whole(text.slice(text.length - tail))}`;
}

/** Invisible, and not treated as a blank: https://www.unicode.org/charts/PDF/U2000.pdf */
const wordJoiner = '\u2060';

/**
 * Prevents links in a sentence for a notification or an input box, where VS Code makes one of `[label](command:…)`.
 * https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts
 */
export function unlinked(sentence: string): string {
  return sentence.replaceAll('](', `]${wordJoiner}(`);
}

/**
 * A name for a sentence in VS Code's own UI: a notification, an input box's prompt, a title. VS Code makes links of
 * `[label](command:…)` and icons of `$(name)`; an invisible word joiner keeps both as text.
 * https://github.com/microsoft/vscode/blob/main/src/vs/base/browser/ui/iconLabel/iconLabels.ts
 * @param max characters, so that the rest of the sentence stays visible
 */
export function plainText(name: string, max = 120): string {
  // Also at the end, since the next character is not known here.
  return shortLine(name, max).replace(/[\]$](?=\(|$)/g, `$&${wordJoiner}`);
}

/**
 * A name for a label: a quick pick row, the status bar. A backslash prevents icons of `$(name)`; labels have no links.
 * No word joiner, which would break searching in a pick.
 */
export function labelText(name: string, max = 120): string {
  return shortLine(name, max).replace(/\$\([A-Za-z0-9-]+(~[A-Za-z]+)?\)/g, String.raw`\$&`);
}

function shortLine(name: string, max: number): string {
  const line = oneLine(shortened(name, maxInputLength)).replace(/\s+/g, ' ').trim();
  return shortened(line, max);
}

/**
 * A name for a prompt. Line ends become U+FFFD, backticks become apostrophes, and three tildes two, so that it neither
 * opens nor closes a fence.
 */
export function promptName(name: string, max = 300): string {
  const line = oneLine(shortened(name, maxInputLength), '\ufffd').trim();
  return shortened(line.replaceAll('`', "'").replace(/~{3,}/g, '~~'), max);
}

/**
 * `text` as a Markdown code span, which nothing in it can close; '' for an empty text. A `|` would end a table cell,
 * even in code, and becomes `¦`. https://spec.commonmark.org/0.31.2/#code-spans
 */
export function codeSpan(text: string, max = 300): string {
  const line = oneLine(shortened(text, maxInputLength)).trim();
  const code = shortened(line, max).replaceAll('|', '¦');
  if (!code) return '';
  const fence = '`'.repeat(Math.max(0, ...(code.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  // A parser removes one blank at each end.
  const pad = /^`|`$/.test(code) ? ' ' : '';
  return fence + pad + code + pad + fence;
}

/** A pattern for a RegExp, with any flags, that matches `text` as it is. */
export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}
