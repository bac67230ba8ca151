// Where Cloudflare shows a gateway's logs.
import { Uri } from 'vscode';

/**
 * The page of a gateway's logs in Cloudflare's dashboard; undefined for a gateway at an address of its own, which
 * does not tell its account.
 */
export function dashboardOf(gateway: string): Uri | undefined {
  const [, account, name] =
    /^https:\/\/gateway\.ai\.cloudflare\.com\/v1\/([^/]+)\/([^/]+)$/.exec(gateway) ?? [];
  if (account === undefined || name === undefined) return undefined;
  return Uri.parse(`https://dash.cloudflare.com/${account}/ai/ai-gateway/gateways/${name}/logs`, true);
}
