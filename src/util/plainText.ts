// Text that others chose (a workspace, a model's ID, a setting, a server, VS Code itself) as it can stand in a
// sentence of ours, in a prompt, or in Markdown: one line, bounded, and nothing but text. Knows no VS Code.

/** What ends a line or moves the cursor: controls, the line and the paragraph separator. */
const lineEnds = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
/** What nobody sees: bidi controls, zero-width characters, variation selectors, tags, fillers. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** Characters that are looked at, at most: names are short, and some are a megabyte long. */
const looked = 4000;

/** `text` in one line: each line end becomes `instead`, what cannot be seen is left out. */
export function oneLine(text: string, instead = ' '): string {
  return text.replace(lineEnds, instead).replace(unseen, '').toWellFormed();
}

/** `text` of `max` characters (UTF-16 code units) at most; a longer one has `…` for its middle. */
export function shortened(text: string, max: number): string {
  if (text.length <= max) return text;
  const tail = Math.floor((max - 1) / 3);
  // A cut may fall into a pair of surrogates.
  const whole = (part: string) => part.toWellFormed().replace(/^\ufffd|\ufffd$/g, '');
  return `${whole(text.slice(0, max - 1 - tail))}…${whole(text.slice(text.length - tail))}`;
}

/** Shown by no font, and by no reader taken for a blank: https://www.unicode.org/charts/PDF/U2000.pdf */
const wordJoiner = '\u2060';

/**
 * A sentence for a notification or an input box, in which nothing becomes a link: VS Code makes one of
 * `[label](command:…)`. https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts
 */
export function unlinked(sentence: string): string {
  return sentence.replaceAll('](', `]${wordJoiner}(`);
}

/**
 * A name for a sentence on VS Code's own surfaces: a notification, the prompt of an input box, a title. They make
 * links of `[label](command:…)` and icons of `$(name)`; in here both stay text, by a word joiner that nobody sees.
 * https://github.com/microsoft/vscode/blob/main/src/vs/base/browser/ui/iconLabel/iconLabels.ts
 * @param max characters, so that the words around it stay in sight
 */
export function plainText(name: string, max = 120): string {
  // At its end too: what follows there is not known here.
  return shortLine(name, max).replace(/[\]$](?=\(|$)/g, `$&${wordJoiner}`);
}

/**
 * A name for a label: a row of a pick, the status bar. These make icons of `$(name)`, which a backslash prevents, and
 * no links; and a pick is searched for what is typed, which a word joiner would hide.
 */
export function labelText(name: string, max = 120): string {
  return shortLine(name, max).replace(/\$\([A-Za-z0-9-]+(~[A-Za-z]+)?\)/g, String.raw`\$&`);
}

function shortLine(name: string, max: number): string {
  const line = oneLine(shortened(name, looked)).replace(/\s+/g, ' ').trim();
  return shortened(line, max);
}

/**
 * A name for a prompt. A line end in it is shown as U+FFFD; backticks become apostrophes, and three tildes two, so
 * that it neither opens nor ends a fence.
 */
export function promptName(name: string, max = 300): string {
  const line = oneLine(shortened(name, looked), '\ufffd').trim();
  return shortened(line.replaceAll('`', "'").replace(/~{3,}/g, '~~'), max);
}

/**
 * `text` as code in Markdown, which nothing in it can leave; '' for a text that is empty. A `|` would end the cell of
 * a table, even in code, and is drawn as `¦`. https://spec.commonmark.org/0.31.2/#code-spans
 */
export function codeSpan(text: string, max = 300): string {
  const line = oneLine(shortened(text, looked)).trim();
  const code = shortened(line, max).replaceAll('|', '¦');
  if (!code) return '';
  const fence = '`'.repeat(Math.max(0, ...(code.match(/`+/g) ?? []).map(({ length }) => length)) + 1);
  // A parser takes one blank off each end.
  const pad = /^`|`$/.test(code) ? ' ' : '';
  return fence + pad + code + pad + fence;
}
