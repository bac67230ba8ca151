// Where an address that stands bare in a text ends. Japanese, Chinese and Korean put no blank after it, and letters
// of any script may stand in a host. A host is followed only where it is plain which one its author meant.
import type { MarkdownIt, StateInline } from 'markdown-it';
import { parseUrl } from '../core/model/url';
import { joined } from './scripts';
import { tagNames } from './tags';

/** No host mixes these letters with ASCII in its last label. */
const isJoined = new RegExp(`^${joined}`, 'u');

const label = '[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?';
const names = `(${label}(?:\\.${label})*)`;
const beginnings = {
  web: new RegExp(`//(?:${names}|(\\[[0-9a-f:.]+\\]))(:\\d{1,5})?`, 'iy'),
  mail: new RegExp(`[a-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@${names}`, 'iy'),
};

const tag = `</?${tagNames}\\s{0,9}/?>`;
const mark = `(?:[*~\`"'“”‘]|${tag})`;
/** Marks, with the punctuation before them. They may stand around a part of a host as well as around all of it. */
const marked = new RegExp(`^(?:[._:\\p{Cf}-]*${mark})+`, 'iu');
/** Marks of which one begins a new line, right behind the host; and behind the end of a sentence. */
const brokenLine = /^[^.:_-]*<br/i;
const brokenSentence = /^\.[^.:_-]*<br/i;

/** ASCII after which a host is over. A bracket or a "$" may open a placeholder in it, "%" and "&" an escape. */
const over = new RegExp(
  [
    '$|[\\s/?#,;!)\\]}>|]',
    '[_-]+(?:$|[\\s,;!?)\\]])',
    ':(?![\\w@[{<$%])',
    // A tag that is shown as it was written.
    '</[a-z]+>',
    // The end of a sentence, rather than of a label; a bracket that opens may hold the next label.
    '\\.+(?:$|[\\s)\\]]|[^\\x00-\\x7f\\p{L}\\p{M}\\p{N}\\p{S}\\p{Cf}\\p{Ps}])',
  ].join('|'),
  'iuy',
);
/** What a host may take for a dot. */
const stop = /^[。．｡․﹒]+/;
const ascii = /^[\0-\x7f]/;
/** Letters of a host whose labels go on, or of a name before the host. */
const goesOn = /^(?:[^\s\p{P}\p{Z}<>|`]|[-_])*[.@%＠](?![\s\p{P}\p{Z}]|$)/u;
/** The same with marks among the letters: "手**順**.jp", but not "は**main.rs**". */
const goesOnMarked = /^(?:[^\0-\x7f\s\p{P}\p{Z}]|[-_*~`"'])*[.@%＠](?![\s\p{P}\p{Z}]|$)/u;

/** Whether a host of ASCII that is followed by `rest` is all of the host. */
function endsBefore(rest: string, isWhole: boolean): boolean {
  const marks = marked.exec(rest)?.[0];
  if (marks !== undefined) return endsAtMarks(marks, rest.slice(marks.length), isWhole);
  over.lastIndex = 0;
  if (over.test(rest)) return true;
  if (ascii.test(rest) || /^[＠％]/.test(rest)) return false;
  const sentence = stop.exec(rest)?.[0];
  if (sentence) return !/^[\w%@.-]/.test(rest.slice(sentence.length));
  // A host loses characters of format: what stands after them is its own.
  const format = /^\p{Cf}+/u.exec(rest)?.[0];
  if (format) {
    const after = rest.slice(format.length);
    return !after || ((/^\s/.test(after) || !ascii.test(after)) && endsBefore(after, isWhole));
  }
  if (/^[\p{P}\p{Z}]/u.test(rest)) return true;
  if (/^[\p{L}\p{M}\p{N}]/u.test(rest) && !isJoined.test(rest)) return false;
  return isWhole && !goesOn.test(rest) && !goesOnMarked.test(rest);
}

/** The same where marks follow the host, and `after` follows them. */
function endsAtMarks(marks: string, after: string, isWhole: boolean): boolean {
  if (isWhole && brokenLine.test(marks)) return !/^[.@%_:-]/.test(after) || endsBefore(after, isWhole);
  if (isWhole && brokenSentence.test(marks) && /^[A-Z]/.test(after)) return true;
  return endsBefore(after, isWhole);
}

/** What belongs to an address after its host. Letters of scripts that are written with blanks may, as in Wikipedia's. */
const path = new RegExp(`(?:(?!\\*\\*|~~|[<>\`])[!-~]|(?!${joined})[\\p{L}\\p{M}\\p{N}])*`, 'uy');

/** How long the bare address is of which `text` has, from `start`, what follows "https:" or "mailto:"; 0 for none. */
function addressLength(text: string, start: number, kind: keyof typeof beginnings, md: MarkdownIt): number {
  const beginning = beginnings[kind];
  beginning.lastIndex = start;
  const found = beginning.exec(text);
  if (!found) return 0;
  const hostEnd = start + found[0].length;
  const [, host = '', ipv6] = found;
  const hasPort = kind === 'web' && found[3] !== undefined;
  // A host of one name may be the beginning of any other.
  const isWhole = hasPort || ipv6 !== undefined || host.includes('.') || host.toLowerCase() === 'localhost';
  if (!endsBefore(text.slice(hostEnd), isWhole)) return 0;
  if (kind === 'mail') return found[0].length;
  if (host && hostOf(`http:${found[0]}`) !== host.toLowerCase()) return 0;
  path.lastIndex = hostEnd;
  const stretch = hostEnd + (path.exec(text)?.[0].length ?? 0);
  // Brackets that pair, and the punctuation of the sentence.
  const length = md.linkify.testSchemaAt(text.slice(0, stretch), 'http:', start);
  return Math.max(found[0].length, length);
}

/** The host that a browser would ask. */
function hostOf(address: string): string | undefined {
  return parseUrl(address)?.hostname;
}

/** In the place of markdown-it's rule for addresses with "://". */
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

const growing = new RegExp(
  // A host, whose end is known where a sentence goes on after it; or a path.
  `(?:https?://(?:[^\\s/?#<>、，）」』】》！？；：。．｡]|${tag}|[。．｡](?=[a-z0-9]|$))*|https?://[^\\s/?#]+[/?#](?:[!-~]|(?![!-~]|${joined})[\\p{L}\\p{M}\\p{N}])*|mailto:\\S*)$`,
  'iu',
);

/** Where in an unfinished text an address begins whose end may be still to come; -1 where none does. */
export function growingAddress(text: string): number {
  return text.search(growing);
}
