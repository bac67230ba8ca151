// Finds the end of a bare address in a text. Japanese, Chinese and Korean have no blank after it, and a host may
// contain letters of any script. An address only becomes a link if it is clear which host the author meant.
import type { MarkdownIt, StateInline } from 'markdown-it';
import { parseUrl } from '../core/model/url';
import { spacelessScript } from './scripts';
import { tagNames } from './tags';

/** No host mixes these letters with ASCII in its last label. */
const isSpaceless = new RegExp(`^${spacelessScript}`, 'u');

const label = '[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?';
const names = `(${label}(?:\\.${label})*)`;
const prefixes = {
  web: new RegExp(`//(?:${names}|(\\[[0-9a-f:.]+\\]))(:\\d{1,5})?`, 'iy'),
  mail: new RegExp(`[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@${names}`, 'iy'),
};

const tag = `</?${tagNames}\\s{0,9}/?>`;
const mark = `(?:[*~\`"'“”‘]|${tag})`;
/** Markup, with the punctuation before it. It may surround a part of a host as well as the whole host. */
const marked = new RegExp(`^(?:[._:\\p{Cf}-]*${mark})+`, 'iu');
/** Markup with a line break right after the host, or after the end of a sentence. */
const brokenLine = /^[^.:_-]*<br/i;
const brokenSentence = /^\.[^.:_-]*<br/i;

/** ASCII that ends a host. A bracket or a "$" may begin a placeholder in it, "%" and "&" an escape. */
const hostEnd = new RegExp(
  [
    '$|[\\s/?#,;!)\\]}>|]',
    '[_-]+(?:$|[\\s,;!?)\\]])',
    ':(?![\\w@[{<$%])',
    // A tag that is shown as text.
    '</[a-z]+>',
    // The end of a sentence, not of a label; an opening bracket may contain the next label.
    '\\.+(?:$|[\\s)\\]]|[^\\x00-\\x7f\\p{L}\\p{M}\\p{N}\\p{S}\\p{Cf}\\p{Ps}])',
  ].join('|'),
  'iuy',
);
/** Characters that are dots in a host. */
const stop = /^[。．｡․﹒]+/;
const ascii = /^[\0-\x7f]/;
/** Letters of a host that continues, or of a user name before the host. */
const continues = /^(?:[^\s\p{P}\p{Z}<>|`]|[-_])*[.@%＠](?![\s\p{P}\p{Z}]|$)/u;
/** The same with markup among the letters: "手**順**.jp", but not "は**main.rs**". */
const continuesWithMarkup = /^(?:[^\0-\x7f\s\p{P}\p{Z}]|[-_*~`"'])*[.@%＠](?![\s\p{P}\p{Z}]|$)/u;

/** Whether an ASCII host that is followed by `rest` is complete. */
function endsBefore(rest: string, isWhole: boolean): boolean {
  const marks = marked.exec(rest)?.[0];
  if (marks !== undefined) return endsAtMarks(marks, rest.slice(marks.length), isWhole);
  hostEnd.lastIndex = 0;
  if (hostEnd.test(rest)) return true;
  if (ascii.test(rest) || /^[＠％]/.test(rest)) return false;
  const sentence = stop.exec(rest)?.[0];
  if (sentence) return !/^[\w%@.-]/.test(rest.slice(sentence.length));
  // Format characters are removed from a host: what follows them belongs to it.
  const format = /^\p{Cf}+/u.exec(rest)?.[0];
  if (format) {
    const after = rest.slice(format.length);
    return !after || ((/^\s/.test(after) || !ascii.test(after)) && endsBefore(after, isWhole));
  }
  if (/^[\p{P}\p{Z}]/u.test(rest)) return true;
  if (/^[\p{L}\p{M}\p{N}]/u.test(rest) && !isSpaceless.test(rest)) return false;
  return isWhole && !continues.test(rest) && !continuesWithMarkup.test(rest);
}

/** Like endsBefore(), if markup follows the host, and `after` follows the markup. */
function endsAtMarks(marks: string, after: string, isWhole: boolean): boolean {
  if (isWhole && brokenLine.test(marks)) return !/^[.@%_:-]/.test(after) || endsBefore(after, isWhole);
  if (isWhole && brokenSentence.test(marks) && /^[A-Z]/.test(after)) return true;
  return endsBefore(after, isWhole);
}

/**
 * The part of an address after its host. It may contain letters of scripts with blanks between words, as in
 * Wikipedia's.
 */
const path = new RegExp(`(?:(?!\\*\\*|~~|[<>\`])[!-~]|(?!${spacelessScript})[\\p{L}\\p{M}\\p{N}])*`, 'uy');

/** The length of a bare address; `text` has, from `start`, the part after "https:" or "mailto:". 0 if there is none. */
function addressLength(text: string, start: number, kind: keyof typeof prefixes, md: MarkdownIt): number {
  const prefix = prefixes[kind];
  prefix.lastIndex = start;
  const match = prefix.exec(text);
  if (!match) return 0;
  const hostEnd = start + match[0].length;
  const [, host = '', ipv6] = match;
  const hasPort = kind === 'web' && match[3] !== undefined;
  // A host with a single label may be the beginning of another.
  const isWhole = hasPort || ipv6 !== undefined || host.includes('.') || host.toLowerCase() === 'localhost';
  if (!endsBefore(text.slice(hostEnd), isWhole)) return 0;
  if (kind === 'mail') return match[0].length;
  if (host && hostOf(`http:${match[0]}`) !== host.toLowerCase()) return 0;
  path.lastIndex = hostEnd;
  const end = hostEnd + (path.exec(text)?.[0].length ?? 0);
  // Excludes unpaired brackets, and the punctuation of the sentence.
  const length = md.linkify.testSchemaAt(text.slice(0, end), 'http:', start);
  return Math.max(match[0].length, length);
}

/** The host that a browser would call. */
function hostOf(address: string): string | undefined {
  return parseUrl(address)?.hostname;
}

/** Replaces markdown-it's rule for addresses with "://". */
export function addressRule(state: StateInline, silent: boolean): boolean {
  if (state.linkLevel > 0 || state.src[state.pos] !== ':') return false;
  const scheme = /(?<![a-z0-9+.-])(?:https?|mailto)$/i.exec(state.pending)?.[0];
  if (scheme === undefined) return false;
  const start = state.pos + 1;
  const kind = scheme.toLowerCase() === 'mailto' ? 'mail' : 'web';
  const length = addressLength(state.src.slice(0, state.posMax), start, kind, state.md);
  if (length === 0) return false;
  const address = `${scheme}:${state.src.slice(start, start + length).replace(/\*+$/, '')}`;
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length);
    const open = state.push('link_open', 'a', 1);
    open.attrs = [['href', state.md.normalizeLink(address)]];
    open.info = 'auto';
    const text = state.push('text', '', 0);
    text.content = state.md.normalizeLinkText(address);
    state.push('link_close', 'a', -1).info = 'auto';
  }
  state.pos = start - 1 + address.length - scheme.length;
  return true;
}

const growingPattern = new RegExp(
  // A host, whose end is known if a sentence continues after it; or a path.
  `(?:https?://(?:[^\\s/?#<>、，）」』】》！？；：。．｡]|${tag}|[。．｡](?=[a-z0-9]|$))*|https?://[^\\s/?#]+[/?#](?:[!-~]|(?![!-~]|${spacelessScript})[\\p{L}\\p{M}\\p{N}])*|mailto:\\S*)$`,
  'iu',
);

/** The index of an address at the end of an unfinished text that may be incomplete; -1 if there is none. */
export function growingAddress(text: string): number {
  return text.search(growingPattern);
}
