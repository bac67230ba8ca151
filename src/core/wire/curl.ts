// An attempt as a command for curl, to be run by whoever has credentials of their own. It holds no secret, which come
// from the environment, and no prompt. https://curl.se/docs/manpage.html
import { awsHost } from '../gateway/readdress';
import type { Authentication, Request } from '../model/request';
import type { HeaderPair, SentRequest } from '../model/attemptRecord';

/** Whom the command calls: the gateway, as the extension did, or AWS itself, to see which of the two is at fault. */
export type CurlTarget = 'gateway' | 'aws';

/** What the command says of itself, each a sentence in the user's language. */
export interface CurlWords {
  /** What is in the command, and what is not. */
  readonly about: string;
  /** `names`: those of the environment's variables that it reads, with commas. */
  readonly variables: (names: string) => string;
  /** Why the gateway is called with a Bedrock API key where the extension signs. */
  readonly gatewayTakesNoSignature: string;
  /** Which version of curl signs a model ID like this one as AWS does. */
  readonly newCurl: string;
  /** What is done with a stream, which is not text alone. */
  readonly stream: string;
}

/** What a command is made of. */
export interface Curled {
  readonly request: Pick<Request, 'target' | 'authentication' | 'gateway'>;
  readonly sent: SentRequest;
  /** JSON; what goes in place of the prompt's own. */
  readonly body: string;
}

/** How the command authenticates to AWS. */
type Way = 'apiKey' | 'signature' | 'none';

const ways: { readonly [T in CurlTarget]: { readonly [A in Authentication]: Way } } = {
  // curl signs for the host that it calls, and AWS is not that host.
  gateway: { accessKeys: 'apiKey', profile: 'apiKey', apiKey: 'apiKey', gateway: 'none' },
  aws: { accessKeys: 'signature', profile: 'signature', apiKey: 'apiKey', gateway: 'signature' },
};

interface Credentials {
  readonly variables: readonly string[];
  readonly options: (region: string) => readonly string[];
}

const credentials: { readonly [W in Way]: Credentials } = {
  apiKey: {
    variables: ['AWS_BEARER_TOKEN_BEDROCK'],
    options: () => ['--header "authorization: Bearer $AWS_BEARER_TOKEN_BEDROCK"'],
  },
  signature: {
    variables: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'],
    options: (region) => [
      `--aws-sigv4 ${quoted(`aws:amz:${region}:bedrock`)}`,
      '--user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY"',
      // Left out with its variable. One word, since zsh does not split what a variable brings.
      '${AWS_SESSION_TOKEN:+"-Hx-amz-security-token: $AWS_SESSION_TOKEN"}',
    ],
  },
  none: { variables: [], options: () => [] },
};

/** The command, with comments; ends in a line break. */
export function curl(curled: Curled, to: CurlTarget, words: CurlWords): string {
  const { request, sent, body } = curled;
  const { authentication, target } = request;
  const way = ways[to][authentication];
  const path = to === 'aws' ? awsPath(curled) : sent.path;
  const origin = to === 'aws' ? `https://${awsHost(target.region)}` : `${sent.protocol}//${sent.host}`;
  const streams = path.endsWith('stream');
  const token = to === 'gateway' && sent.headers.some(([name]) => name === gatewayToken);
  const variables = [...credentials[way].variables, ...(token ? ['CF_AIG_TOKEN'] : [])];
  const options = [
    ...['--http1.1', '--include', ...(streams ? ['--no-buffer', '--no-progress-meter', '--output -'] : [])],
    ...(/[[\]{}]/.test(origin + path) ? ['--globoff'] : []),
    ...credentials[way].options(target.region),
    ...(token ? ['--header "cf-aig-authorization: Bearer $CF_AIG_TOKEN"'] : []),
    ...headersFor(sent.headers, to).map(([name, value]) => `--header ${quoted(header(name, value))}`),
    `--data-raw ${quoted(body)}`,
  ];
  const comments = [
    words.about,
    ...(variables.length > 0 ? [words.variables(variables.join(', '))] : []),
    ...(way === 'apiKey' && authentication !== 'apiKey' ? [words.gatewayTakesNoSignature] : []),
    ...(way === 'signature' && /[:%]/.test(path) ? [words.newCurl] : []),
    ...(streams ? [words.stream] : []),
  ];
  const command = [`curl ${quoted(origin + path)}`, ...options].join(' \\\n  ');
  return [...comments.map(comment), streams ? `${command} \\\n  ${textAlone}` : command, ''].join('\n');
}

/** Frames of a stream have binary heads, which a terminal would take for orders. */
const textAlone = "| LC_ALL=C tr -cd '\\11\\12\\40-\\176'";

const gatewayToken = 'cf-aig-authorization';

/** Of each attempt its own, or what names a secret, or written by curl itself. */
const left =
  /^(authorization|cf-aig-authorization|cf-aig-cache-key|cf-aig-cache-ttl|cf-aig-event-id|connection|content-length|host|x-amz-.+)$/;

/**
 * The headers as they were sent. Not the cache's: under the key of the user's prompt the gateway would keep the
 * answer to another one. And never out of the cache, or the command would say nothing of what lies behind it.
 */
function headersFor(headers: readonly HeaderPair[], to: CurlTarget): HeaderPair[] {
  const kept = headers.filter(
    ([name, value]) => !left.test(name) && value !== '…' && !(to === 'aws' && name.startsWith('cf-aig-')),
  );
  const cached = to === 'gateway' && headers.some(([name]) => name === 'cf-aig-cache-ttl');
  return cached ? [...kept, ['cf-aig-skip-cache', 'true']] : kept;
}

/** curl takes `name:` for “without it”, and `name;` for an empty one. */
function header(name: string, value: string): string {
  return value.trim() === '' ? `${name};` : `${name}: ${value}`;
}

/**
 * The path at AWS. A `:` stays one: AWS takes both spellings, but more versions of curl sign this one as AWS does.
 */
function awsPath({ request: { gateway, target }, sent }: Curled): string {
  const before = `${gateway.address.path}/aws-bedrock/bedrock-runtime/${target.region}`;
  const path = sent.path.startsWith(before) ? sent.path.slice(before.length) : sent.path;
  return path.replaceAll('%3A', ':');
}

/** One word of a shell's, whatever it holds: between single quotes all is taken as it stands. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/**
 * A line that does nothing. zsh takes no comments where a person types, and runs a command named `#`: so that it does
 * nothing else, no character is left that means something to a shell.
 */
function comment(text: string): string {
  return `# ${text.replace(/[^\p{L}\p{N}\p{M} ,.:/_%+“”‘’「」、。…›—–-]/gu, ' ').replace(/ +/g, ' ')}`;
}
