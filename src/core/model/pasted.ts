// Cleans up pasted text, and recognizes placeholders that the user did not replace.

/** Invisible characters, and those that look like a blank: U+200B, a soft hyphen, a direction mark, … */
const invisible = String.raw`[\p{Cf}\p{Cc}\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]`;

const pairs: readonly (readonly [string, string])[] = [
  ['<', '>'],
  ['(', ')'],
  ['（', '）'],
  ['「', '」'],
  ['『', '』'],
];
/** Quotation marks are removed at each end separately, since one of a pair may be missing. */
const quotes = '["\'`´“”„‟‘’‚‛«»‹›]';
const ends = `^(?:\\s|${invisible}|${quotes})+|(?:\\s|${invisible}|${quotes}|[,;、。，；．]|(?<!^|[\\s.])\\.)+$`;

/** Made with the first use: V8 parses a pattern with \p slowly, and what is set is mostly clean. */
let patterns: { readonly invisible: RegExp; readonly ends: RegExp } | undefined;
const made = () => (patterns ??= { invisible: new RegExp(invisible, 'u'), ends: new RegExp(ends, 'gu') });

/** `text` without blanks, invisible characters, quotation marks, brackets and commas at its ends. */
export function unwrapped(text: string): string {
  if (/^(?:\w[\w:./-]*\w)?$/.test(text)) return text;
  const inner = text.replace(made().ends, '');
  const isPair = pairs.some(([first, last]) => inner.startsWith(first) && inner.endsWith(last));
  return isPair ? unwrapped(inner.slice(1, -1)) : inner;
}

/** The first invisible character in `text`, as "U+200B"; undefined if there is none. */
export function unseenIn(text: string): string | undefined {
  if (/^[ -~]*$/.test(text)) return undefined;
  const codePoint = made().invisible.exec(text)?.[0].codePointAt(0);
  return codePoint === undefined ? undefined : `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** How many times a text may have been encoded: once by a browser, and again by each log. */
const rounds = 3;

/** `text` with its percent-encoding decoded, repeatedly if needed; unchanged if it is not encoded. */
export function percentDecoded(text: string): string {
  let decoded = text;
  for (let round = 0; round < rounds && /%[0-9a-f]{2}/i.test(decoded); round += 1) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      return decoded;
    }
  }
  return decoded;
}

const nouns = '(?:account|gateway|region|domain|host|company|model|profile)';
const suffixes = '(?:id|tag|name|slug|number|url)';

/** Placeholders that instructions use for the reader's own values. Each matches a whole part between separators. */
const placeholders: readonly RegExp[] = [
  // <account_id>, {account_id}, {{account}}, ${ACCOUNT_ID}, [account]
  /[<>{}[\]]/,
  // $CLOUDFLARE_ACCOUNT_ID, %ACCOUNT_ID%
  /^\$\w+$|^%\w+%$/,
  // :account, as the dashboard's links have it
  /^:[a-z]\w*$/i,
  // YOUR_ACCOUNT_ID, your-gateway, yourAccountId, my_account_id
  /^your[-_ ][\w-]+$/i,
  /^[Yy]our[A-Z]\w*$/,
  new RegExp(`^(?:my|the)[-_ ]${nouns}[-_ ]?${suffixes}$`, 'i'),
  // ACCOUNT, GATEWAY_ID, CLOUDFLARE_ACCOUNT_ID, AWS_REGION
  new RegExp(`^(?:[A-Z]+_)*${nouns.toUpperCase()}(?:_?${suffixes.toUpperCase()})?$`),
  // account_id, accountId, gateway-name; but "account" and "gateway" may be names
  new RegExp(`^(?:cloudflare[-_]|cf[-_]|aws[-_])?${nouns}[-_]?${suffixes}$`, 'i'),
  // 1234…, abc...
  /^\w{0,40}(?:…|\.{3})$/,
  /^x{3,}$|^(?:replace|change|insert)[-_]?(?:me|this|here)$/i,
];

/** Whether `part` is a placeholder for a value that the user has to fill in. */
export function isPlaceholder(part: string): boolean {
  return placeholders.some((placeholder) => placeholder.test(part));
}
