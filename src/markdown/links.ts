// Decides which addresses in a reply become links. A model's text is not trusted: addresses that run a command, a
// script or a file are shown, but are no links.
import { parseUrl } from '../core/model/url';

const linkProtocols = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address in its canonical form; undefined if it must not be a link: a relative address, and one with a user name,
 * which looks like a host.
 */
export function followable(address: string): string | undefined {
  const url = parseUrl(address);
  if (!url) return undefined;
  const { protocol, href, username, password } = url;
  return linkProtocols.has(protocol) && !username && !password ? href : undefined;
}

/** An address for display: decoded if that is safe. */
export function readable(address: string): string {
  try {
    const decoded = decodeURI(address);
    // Invisible characters, and those that change the writing direction.
    return /[\p{C}\p{Z}]/u.test(decoded) ? address : decoded;
  } catch {
    return address;
  }
}

/** What looks like a host: text after "//" or "www.", or with a top-level domain that is no file extension. */
const topLevelDomains =
  'com|net|org|edu|gov|info|biz|app|cloud|co|io|ai|jp|cn|kr|tw|hk|in|uk|us|eu|de|fr|it|es|nl|ch|ru|br|ca|au|example|test';
/** A host of any letters, or an ASCII host right after other letters. */
const hosts = ['(?<![\\p{L}\\p{N}_.-])(?:[\\p{L}\\p{N}_-]{1,500}\\.)+', '(?<![\\w.-])(?:[\\w-]{1,63}\\.)+'];
const hostPattern = new RegExp(
  `//[^\\s/?#]+|(?<![\\w@.-])www\\.[^\\s/?#]+|(?:${hosts.join('|')})(?:${topLevelDomains})(?![\\w.-]*\\w)`,
  'giu',
);
/** File names, such as "settings.example", whose extensions are reserved domains that nobody can own. */
const reservedFile = /^[^/]+\.(?:example|test)$/i;
/** Longer texts are not searched. */
const maxTextLength = 500;

/** Whether a link's text names another host than its own, or is too long to check. */
export function namesOtherHost(text: string, href: string): boolean {
  if (text.length > maxTextLength) return true;
  const ownHost = hostOf(href.replace(/^mailto:[^?]*@/i, '//'));
  const isOwnFile = (name: string) =>
    !/^www\./i.test(name) && reservedFile.test(name) && href.endsWith(`/${name}`);
  return (text.match(hostPattern) ?? []).some((name) => hostOf(name) !== ownHost && !isOwnFile(name));
}

/** The host that a browser would call, without "www."; the text itself if it is no address. */
function hostOf(text: string): string {
  const address = `https://${text.replace(/^(?:[a-z]+:)?\/\//i, '')}`;
  return (parseUrl(address)?.hostname ?? text).replace(/^www\./, '');
}
