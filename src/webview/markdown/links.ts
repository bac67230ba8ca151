// Which addresses in a reply a reader may follow. A model's text is not trusted: an address that runs a
// command, a script or a file is shown, never followed.
import { parseUrl } from '../../core/model/url';

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
const named = new RegExp(
  `//[^\\s/?#]+|(?<![\\w@.-])www\\.[^\\s/?#]+|(?<![\\w.-])(?:[\\p{L}\\p{N}_-]+\\.)+(?:${endings})(?![\\w.-]*\\w)`,
  'giu',
);

/** Whether a link's text names a host that is not its own. */
export function namesOtherHost(text: string, href: string): boolean {
  const own = hostOf(href.replace(/^mailto:[^?]*@/i, '//'));
  // "README.co" may be a file of that host.
  if (href.endsWith(`/${text}`)) return false;
  return (text.match(named) ?? []).some((name) => hostOf(name) !== own);
}

/** The host that a browser would ask, without "www."; of what is no address, the text. */
function hostOf(text: string): string {
  const address = `https://${text.replace(/^(?:[a-z]+:)?\/\//i, '')}`;
  return (parseUrl(address)?.hostname ?? text).replace(/^www\./, '');
}
