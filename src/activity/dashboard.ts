// Links to a gateway's logs in Cloudflare's dashboard.
import { Uri } from 'vscode';

/** The page with a gateway's logs; undefined for a custom domain, which does not contain the account. */
export function dashboardOf(gateway: string): Uri | undefined {
  const [, account, name] =
    /^https:\/\/gateway\.ai\.cloudflare\.com\/v1\/([^/]+)\/([^/]+)$/.exec(gateway) ?? [];
  if (account === undefined || name === undefined) return undefined;
  return Uri.parse(`https://dash.cloudflare.com/${account}/ai/ai-gateway/gateways/${name}/logs`, true);
}
