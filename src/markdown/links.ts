// Which addresses in a reply a reader may follow. A model's text is not trusted: an address that runs a
// command, a script or a file is shown, never followed.
import { parseUrl } from '../core/model/url';

const followed = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address in its canonical form, or undefined for one that is no link here: a relative one, and one with a name
 * before its host, which looks like the host.
 */
export function followable(address: string): string | undefined {
  const url = parseUrl(address);
  if (!url) return undefined;
  const { protocol, href, username, password } = url;
  return followed.has(protocol) && !username && !password ? href : undefined;
}

/** An address as a reader knows it: decoded where that is safe to show. */
export function readable(address: string): string {
  try {
    const decoded = decodeURI(address);
    // What cannot be seen, or turns the direction of what can.
    return /[\p{C}\p{Z}]/u.test(decoded) ? address : decoded;
  } catch {
    return address;
  }
}

/** What looks like a host: after "//" or "www.", or with an ending that is no file's. */
const endings =
  'com|net|org|edu|gov|info|biz|app|cloud|co|io|ai|jp|cn|kr|tw|hk|in|uk|us|eu|de|fr|it|es|nl|ch|ru|br|ca|au|example|test';
/** A host of any letters, or one of ASCII that stands right behind other letters. */
const hosts = ['(?<![\\p{L}\\p{N}_.-])(?:[\\p{L}\\p{N}_-]{1,500}\\.)+', '(?<![\\w.-])(?:[\\w-]{1,63}\\.)+'];
const named = new RegExp(
  `//[^\\s/?#]+|(?<![\\w@.-])www\\.[^\\s/?#]+|(?:${hosts.join('|')})(?:${endings})(?![\\w.-]*\\w)`,
  'giu',
);
/** Endings of files, such as "settings.example", that no host has which anybody could own. */
const file = /^[^/]+\.(?:example|test)$/i;
/** A text that is longer is not looked at. */
const longestText = 500;

/** Whether a link's text names a host that is not its own, or is too long to tell. */
export function namesOtherHost(text: string, href: string): boolean {
  if (text.length > longestText) return true;
  const own = hostOf(href.replace(/^mailto:[^?]*@/i, '//'));
  const isOwnFile = (name: string) => !/^www\./i.test(name) && file.test(name) && href.endsWith(`/${name}`);
  return (text.match(named) ?? []).some((name) => hostOf(name) !== own && !isOwnFile(name));
}

/** The host that a browser would ask, without "www."; of what is no address, the text. */
function hostOf(text: string): string {
  const address = `https://${text.replace(/^(?:[a-z]+:)?\/\//i, '')}`;
  return (parseUrl(address)?.hostname ?? text).replace(/^www\./, '');
}
