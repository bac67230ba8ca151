/** The parts of a request's path. Fields after the first missing one are undefined. */
export interface Address {
  /** Undefined on a custom domain, which belongs to one gateway of one account. */
  readonly account: string | undefined;
  readonly gateway: string | undefined;
  readonly provider: string;
  readonly region: string | undefined;
  /** The path for AWS, not decoded, with its query if any. */
  readonly path: string | undefined;
  readonly model: string | undefined;
  readonly operation: string | undefined;
}

const shared = /^\/v1\/([^/?]+)\/([^/?]+)\/([^/?]+)(.*)$/s;
const customDomain = /^\/(aws-bedrock)(\/.*)$/s;
const runtime = /^\/bedrock-runtime\/([^/?]+)(\/.*)$/s;
/** The model ID may contain slashes: a gateway that decoded %2F, and signs with its own keys, still routes it. */
const modelCall = /^\/model\/(.+)\/([^/?]+)(?:\?.*)?$/s;

/** Parses a path; undefined if it is no gateway's. */
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
