// Cloudflare Access, which may stand before a gateway at a domain of the user's own: its marks on an answer.
// https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/managed-oauth/

/** What Access wants: that somebody signs in, or nothing more, since it does not let this request in. */
export type Access = 'signIn' | 'denied';

const challenge =
  /cloudflare[\s_-]{0,2}access|cf-access|\brealm=(?:"access"|access(?=\s{0,9}(?:,|$)))|\bresource_metadata=/i;
const login = /^(?:https?:)?\/\/(?:[\w-]{1,63}\.){0,5}cloudflareaccess\.com(?:[/:?#]|$)|\/cdn-cgi\/access\//i;

/** What Access says in the head of an answer; `headers` by their names in lower case. undefined where it says nothing. */
export function accessIn(status: number, headers: ReadonlyMap<string, string>): Access | undefined {
  if (status < 300) return undefined;
  if (headers.has('cf-access-error')) return 'denied';
  if (challenge.test(headers.get('www-authenticate') ?? '')) return 'signIn';
  if (status < 400) return login.test(headers.get('location') ?? '') ? 'signIn' : undefined;
  const marked = [...headers.keys()].some((name) => name.startsWith('cf-access-'));
  return marked ? (status === 401 ? 'signIn' : 'denied') : undefined;
}

const page = /\.cloudflareaccess\.com|\/cdn-cgi\/access\/|cloudflare access/i;
/** Of the page on which Access says no: it holds the application's ID. */
const refusal = /you don(?:['’]|&#\w{1,5};)t have permission to view this/i;

/** The same of a page, whose head need not tell. */
export function accessOnPage(status: number, body: string): Access | undefined {
  if (refusal.test(body) && /\baud\b/.test(body)) return 'denied';
  if (!page.test(body)) return undefined;
  return status === 403 ? 'denied' : 'signIn';
}
