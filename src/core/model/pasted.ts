// What clings to a text that was pasted, and what stands in it for a value that nobody put in.

/** Characters that are not seen, or look like a blank and are none: U+200B, a soft hyphen, a mark of direction, … */
const unseen =
  /[\p{Cf}\p{Cc}\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\u115f\u1160\u3164\uffa0]/u;

const pairs: readonly (readonly [string, string])[] = [
  ['<', '>'],
  ['(', ')'],
  ['（', '）'],
  ['「', '」'],
  ['『', '』'],
];
/** Quotation marks go from either end, since one of two may be left behind. */
const quotes = '["\'`´“”„‟‘’‚‛«»‹›]';
const ends = new RegExp(
  `^(?:\\s|${unseen.source}|${quotes})+|(?:\\s|${unseen.source}|${quotes}|[,;、。，；．]|(?<!^|[\\s.])\\.)+$`,
  'gu',
);

/** `text` without what clings to its ends: blanks, characters that are not seen, quotation marks, brackets, a comma. */
export function unwrapped(text: string): string {
  const inner = text.replace(ends, '');
  const isPair = pairs.some(([first, last]) => inner.startsWith(first) && inner.endsWith(last));
  return isPair ? unwrapped(inner.slice(1, -1)) : inner;
}

/** The first character inside `text` that is not seen, as "U+200B"; undefined when there is none. */
export function unseenIn(text: string): string | undefined {
  const found = unseen.exec(text)?.[0].codePointAt(0);
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** How often a text may have been encoded: once by a browser, once more by whatever logged that. */
const rounds = 3;

/** `text` with its percent-encoding undone, however often it was done; as it is where it is none. */
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

const things = '(?:account|gateway|region|domain|host|company|model|profile)';
const parts = '(?:id|tag|name|slug|number|url)';

/** What stands in instructions for a value of the reader's own. A whole part of a text, between its separators. */
const placeholders: readonly RegExp[] = [
  // <account_id>, {account_id}, {{account}}, ${ACCOUNT_ID}, [account]
  /[<>{}[\]]/u,
  // $CLOUDFLARE_ACCOUNT_ID, %ACCOUNT_ID%
  /^\$\w+$|^%\w+%$/u,
  // :account, as the dashboard's links have it
  /^:[a-z]\w*$/iu,
  // YOUR_ACCOUNT_ID, your-gateway, yourAccountId, my_account_id
  /^your[-_ ][\w-]+$/iu,
  /^[Yy]our[A-Z]\w*$/u,
  new RegExp(`^(?:my|the)[-_ ]${things}[-_ ]?${parts}$`, 'iu'),
  // ACCOUNT, GATEWAY_ID, CLOUDFLARE_ACCOUNT_ID, AWS_REGION
  new RegExp(`^(?:[A-Z]+_)*${things.toUpperCase()}(?:_?${parts.toUpperCase()})?$`, 'u'),
  // account_id, accountId, gateway-name; but "account" and "gateway" may be names
  new RegExp(`^(?:cloudflare[-_]|cf[-_]|aws[-_])?${things}[-_]?${parts}$`, 'iu'),
  // 1234…, abc...
  /^\w{0,40}(?:…|\.{3})$/u,
  /^x{3,}$|^(?:replace|change|insert)[-_]?(?:me|this|here)$/iu,
];

/** Whether `part` of a text stands for a value that was to be put in. */
export function isPlaceholder(part: string): boolean {
  return placeholders.some((placeholder) => placeholder.test(part));
}
