/** Where a request's path leads. Fields after the first missing one are undefined. */
export interface Address {
  /** Undefined on a custom domain, which stands for one gateway of one account. */
  readonly account: string | undefined;
  readonly gateway: string | undefined;
  readonly provider: string;
  readonly region: string | undefined;
  /** What is left for AWS, undecoded, with its query if any. */
  readonly path: string | undefined;
  readonly model: string | undefined;
  readonly operation: string | undefined;
}

const shared = /^\/v1\/([^/?]+)\/([^/?]+)\/([^/?]+)(.*)$/s;
const customDomain = /^\/(aws-bedrock)(\/.*)$/s;
const runtime = /^\/bedrock-runtime\/([^/?]+)(\/.*)$/s;
/** The model id may hold slashes here: a gateway that decoded %2F, with keys of its own, still routes it. */
const modelCall = /^\/model\/(.+)\/([^/?]+)(?:\?.*)?$/s;

/** Undefined for a path that is no gateway's at all. */
export function readAddress(url: string): Address | undefined {
  const long = shared.exec(url);
  const [, account, gateway, provider, tail] = long ?? withoutGateway(customDomain.exec(url)) ?? [];
  if (provider === undefined || tail === undefined) return undefined;
  const [, region, path] = runtime.exec(tail) ?? [];
  const [, id, operation] = modelCall.exec(path ?? '') ?? [];
  return { account, gateway, provider, region, path, model: id && decoded(id), operation };
}

const withoutGateway = (match: RegExpExecArray | null) =>
  match && [match[0], undefined, undefined, match[1], match[2]];

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
