// Makes a curl command from an attempt, for users with their own credentials. It holds no prompt, and no secrets, which
// it reads from the environment. https://curl.se/docs/manpage.html
import { awsHost } from '../gateway/readdress';
import type { Authentication, Request } from '../model/request';
import type { HeaderPair, SentRequest } from '../model/attemptRecord';
import { posixQuoted } from '../model/posixQuoted';

/** What the command calls: the gateway, like the extension, or AWS itself, to find out which of the two is at fault. */
export type CurlTarget = 'gateway' | 'aws';

/** The comments in the command, each a sentence in the user's language. */
export interface CurlComments {
  /** What the command contains, and what it does not. */
  readonly about: string;
  /** `names`: the environment variables that it reads, separated by commas. */
  readonly variables: (names: string) => string;
  /** Why the gateway is called with a Bedrock API key although the extension signs. */
  readonly gatewayTakesNoSignature: string;
  /** Which version of curl signs such a model ID as AWS does. */
  readonly newCurl: string;
  /** How the command shows a stream, which is not only text. */
  readonly stream: string;
}

/** The input for a command. */
export interface CurlInput {
  readonly request: Pick<Request, 'target' | 'authentication' | 'gateway'>;
  readonly sent: SentRequest;
  /** JSON that replaces the prompt's body. */
  readonly body: string;
}

/** How the command authenticates to AWS. */
type AuthMethod = 'apiKey' | 'signature' | 'none';

const authMethods: { readonly [T in CurlTarget]: { readonly [A in Authentication]: AuthMethod } } = {
  // curl signs for the host that it calls, so it cannot sign for AWS through the gateway.
  gateway: { accessKeys: 'apiKey', profile: 'apiKey', apiKey: 'apiKey', gateway: 'none' },
  aws: { accessKeys: 'signature', profile: 'signature', apiKey: 'apiKey', gateway: 'signature' },
};

interface Credentials {
  readonly variables: readonly string[];
  readonly options: (region: string) => readonly string[];
}

const credentials: { readonly [W in AuthMethod]: Credentials } = {
  apiKey: {
    variables: ['AWS_BEARER_TOKEN_BEDROCK'],
    options: () => ['--header "authorization: Bearer $AWS_BEARER_TOKEN_BEDROCK"'],
  },
  signature: {
    variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
    options: (region) => [
      `--aws-sigv4 ${posixQuoted(`aws:amz:${region}:bedrock`)}`,
      '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
      // Omitted if the variable is not set. One word, since zsh does not split expanded variables.
      '${AWS_SESSION_TOKEN:+"-Hx-amz-security-token: $AWS_SESSION_TOKEN"}',
    ],
  },
  none: { variables: [], options: () => [] },
};

/** The command with comments; ends with a line break. */
export function curl(input: CurlInput, to: CurlTarget, texts: CurlComments): string {
  const { request, sent, body } = input;
  const { authentication, target } = request;
  const method = authMethods[to][authentication];
  const path = to === 'aws' ? awsPath(input) : sent.path;
  const origin = to === 'aws' ? `https://${awsHost(target.region)}` : `${sent.protocol}//${sent.host}`;
  const streams = path.endsWith('stream');
  const token = to === 'gateway' && sent.headers.some(([name]) => name === gatewayToken);
  const variables = [...credentials[method].variables, ...(token ? ['CF_AIG_TOKEN'] : [])];
  const options = [
    ...['--http1.1', '--include', ...(streams ? ['--no-buffer', '--no-progress-meter', '--output -'] : [])],
    ...(/[[\]{}]/.test(origin + path) ? ['--globoff'] : []),
    ...credentials[method].options(target.region),
    ...(token ? ['--header "cf-aig-authorization: Bearer $CF_AIG_TOKEN"'] : []),
    ...headersFor(sent.headers, to).map(([name, value]) => `--header ${posixQuoted(header(name, value))}`),
    `--data-raw ${posixQuoted(body)}`,
  ];
  const comments = [
    texts.about,
    ...(variables.length > 0 ? [texts.variables(variables.join(', '))] : []),
    ...(method === 'apiKey' && authentication !== 'apiKey' ? [texts.gatewayTakesNoSignature] : []),
    ...(method === 'signature' && /[:%]/.test(path) ? [texts.newCurl] : []),
    ...(streams ? [texts.stream] : []),
  ];
  const command = [`curl ${posixQuoted(origin + path)}`, ...options].join(' \\\n  ');
  return [...comments.map(comment), streams ? `${command} \\\n  ${textAlone}` : command, ''].join('\n');
}

/** Stream frames contain binary data, which a terminal would take for control codes. */
const textAlone = "| LC_ALL=C tr -cd '\\11\\12\\40-\\176'";

const gatewayToken = 'cf-aig-authorization';

/** Headers that differ for each attempt, hold a secret, or are set by curl itself. */
const omittedHeaders =
  /^(authorization|cf-aig-authorization|cf-aig-cache-key|cf-aig-cache-ttl|cf-aig-event-id|connection|content-length|host|x-amz-.+)$/;

/**
 * The headers as they were sent, except those of the cache: with the key of the user's prompt, the gateway would cache
 * the reply to another prompt. The cache is skipped, since a cached reply would say nothing about what is behind the
 * gateway.
 */
function headersFor(headers: readonly HeaderPair[], to: CurlTarget): HeaderPair[] {
  const kept = headers.filter(
    ([name, value]) =>
      !omittedHeaders.test(name) && value !== '…' && !(to === 'aws' && name.startsWith('cf-aig-')),
  );
  const cached = to === 'gateway' && headers.some(([name]) => name === 'cf-aig-cache-ttl');
  return cached ? [...kept, ['cf-aig-skip-cache', 'true']] : kept;
}

/** To curl, `name:` removes a header, and `name;` sends an empty one. */
function header(name: string, value: string): string {
  return value.trim() === '' ? `${name};` : `${name}: ${value}`;
}

/**
 * The path at AWS, with `:` unencoded: AWS accepts both spellings, but more versions of curl sign this one as AWS does.
 */
function awsPath({ request: { gateway, target }, sent }: CurlInput): string {
  const prefix = `${gateway.address.path}/aws-bedrock/bedrock-runtime/${target.region}`;
  const path = sent.path.startsWith(prefix) ? sent.path.slice(prefix.length) : sent.path;
  return path.replaceAll('%3A', ':');
}

/**
 * A comment line. zsh does not allow comments in interactive use, and would run a command named `#`. So that it does
 * nothing else, all characters that are special in a shell are removed.
 */
function comment(text: string): string {
  return `# ${text.replace(/[^\p{L}\p{N}\p{M} ,.:/_%+“”‘’「」、。…›—–-]/gu, ' ').replace(/ +/g, ' ')}`;
}
