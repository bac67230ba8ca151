// Recognizes responses of Cloudflare Access, which may protect a gateway at a custom domain.
// https://developers.cloudflare.com/cloudflare-one/access-controls/applications/http-apps/managed-oauth/

/** Access requires a sign-in, or denies the request. */
export type Access = 'signIn' | 'denied';

const challenge =
  /cloudflare[\s_-]{0,2}access|cf-access|\brealm=(?:"access"|access(?=\s{0,9}(?:,|$)))|\bresource_metadata=/i;
const login = /^(?:https?:)?\/\/(?:[\w-]{1,63}\.){0,5}cloudflareaccess\.com(?:[/:?#]|$)|\/cdn-cgi\/access\//i;

/** Recognizes Access by the response head; `headers` by their names in lower case. undefined if it is not Access. */
export function accessIn(status: number, headers: ReadonlyMap<string, string>): Access | undefined {
  if (status < 300) return undefined;
  if (headers.has('cf-access-error')) return 'denied';
  if (challenge.test(headers.get('www-authenticate') ?? '')) return 'signIn';
  if (status < 400) return login.test(headers.get('location') ?? '') ? 'signIn' : undefined;
  const marked = [...headers.keys()].some((name) => name.startsWith('cf-access-'));
  return marked ? (status === 401 ? 'signIn' : 'denied') : undefined;
}

const page = /\.cloudflareaccess\.com|\/cdn-cgi\/access\/|cloudflare access/i;
/** On the page with which Access denies a request; it also holds the application's ID. */
const refusal = /you don(?:['’]|&#\w{1,5};)t have permission to view this/i;

/** Recognizes Access by its page, if the head does not show it. */
export function accessOnPage(status: number, body: string): Access | undefined {
  if (refusal.test(body) && /\baud\b/.test(body)) return 'denied';
  if (!page.test(body)) return undefined;
  return status === 403 ? 'denied' : 'signIn';
}
