// Recognizes text that cannot be the secret it was entered as, such as another key, a placeholder or a whole line.
import type { SecretName } from './secretStore';

/** Never contains the entered text. `seems…`: the text looks like another secret. */
export type SecretProblem =
  | 'accessKeyIdShape'
  | 'notAscii'
  | 'severalValues'
  | 'withName'
  | 'withBearer'
  | 'inQuotes'
  | 'placeholder'
  | 'address'
  | Seems;

type Seems =
  | 'seemsAccessKeyId'
  | 'seemsSecretAccessKey'
  | 'seemsSessionToken'
  | 'seemsApiKey'
  | 'seemsGatewayToken'
  | 'seemsGlobalApiKey'
  | 'seemsVendorKey'
  | 'seemsIamId';

/** Why `value` cannot be the secret `name`; undefined if it can, or is empty. */
export function secretProblem(name: SecretName, value: string): SecretProblem | undefined {
  const trimmed = value.trim();
  if (!trimmed) return undefined;
  // No secret is longer, so the patterns need not read more.
  const text = trimmed.slice(0, maxLength);
  const problem = wrappings.find(([, matches]) => matches(text))?.[0] ?? misplaced(name, text);
  if (problem) return problem;
  // Secrets are sent in headers.
  if (!/^[!-~]+$/.test(trimmed)) return 'notAscii';
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html
  return name === 'accessKeyId' && !/^\w{16,128}$/.test(trimmed) ? 'accessKeyIdShape' : undefined;
}

/** Characters; session tokens have about 1,500. */
const maxLength = 20_000;

/** The names of secrets in files, in the environment and on AWS's pages. */
const secretNames =
  /(?:aws_?)?(?:access_?key_?id|secret_?access_?key|secret_?key|session_?token|security_?token|bearer_?token)/gi;
/** `NAME =` or `"NAME":`, with an optional shell command before it. Base64 ends in `=`, so something must follow it. */
const assignment =
  /^(?:\{\s{0,9})?(?:(?:export|set|setx|declare|local|env|const|let|var)\s+(?:-\w+\s+)?)?\$?["']?(?:env:)?[A-Za-z_][\w.-]{0,80}["']?\s{0,9}(?:=>|[:=])\s{0,9}[^=\s/]/i;
/** Names followed by a value without `=`: `setx NAME value`, `aws configure set name value`. */
const command = /^(?:setx|aws\s+configure\s+set|gh\s+secret\s+set)\s|^(?:aws|cf|cloudflare)_\w{1,40}\s+\S/i;
const idWithMore = /(?:AKIA|ASIA)[A-Z0-9]{12,28}["']?[\s,;|]+["']?\S/;
const quotes = `"'\`“”„‟‘’‚‛«»‹›「」『』`;

/** Text around or beside a secret. */
const wrappings: readonly (readonly [SecretProblem, (text: string) => boolean])[] = [
  [
    'severalValues',
    (text) =>
      /[\r\n]/.test(text) ||
      /^\[[^\]]{0,200}\]/.test(text) ||
      idWithMore.test(text) ||
      /[^,;][,;]\s{0,9}[^,;\s]/.test(text) ||
      /access key id\s{0,9},/i.test(text) ||
      new Set((text.match(secretNames) ?? []).map((name) => name.toLowerCase().replace(/^aws_?/, ''))).size >
        1,
  ],
  ['withBearer', (text) => /^(?:(?:cf-aig-)?authorization\s{0,9}:\s{0,9})?bearer(?:\s|:|$)/i.test(text)],
  ['address', (text) => /^https?:\/\//i.test(text) || /^arn:/i.test(text)],
  [
    'withName',
    (text) =>
      assignment.test(text) || command.test(text) || /^(?:x-api-key|authorization)\s{0,9}:/i.test(text),
  ],
  [
    'inQuotes',
    (text) =>
      quotes.includes(text.charAt(0)) || quotes.includes(text.charAt(text.length - 1)) || /[,;]$/.test(text),
  ],
  [
    'placeholder',
    (text) =>
      /^[<{[(].*[>}\])]$/s.test(text) ||
      /^\$[\w({]|^%\w+%$|^\{\{/.test(text) ||
      /^your[-_ ]/i.test(text) ||
      /^(.)\1{7,}/.test(text) ||
      /\*{4}|…|\.{3}/.test(text),
  ],
];

/**
 * What each secret looks like. If a text fits two of them (40 letters and digits may be a secret access key or a
 * Cloudflare token), it counts as the secret that was asked for.
 */
const shapes: readonly (readonly [Seems, RegExp])[] = [
  ['seemsAccessKeyId', /^(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,28}$/],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  ['seemsIamId', /^(?:AGPA|AIDA|AIPA|ANPA|ANVA|APKA|AROA|ASCA)[A-Z0-9]{12,28}$/],
  ['seemsApiKey', /^(?:ABSK|bedrock-api-key-)/],
  ['seemsSessionToken', /^(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/=_-]{60,}$/],
  // https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/
  ['seemsGlobalApiKey', /^cfk_|^[0-9a-f]{37}$/],
  ['seemsGatewayToken', /^cf[ua]t_|^(?=[\w-]*[_-])[\w-]{40}$/],
  ['seemsVendorKey', /^(?:sk-|sk_|gsk_|xai-|AIza|ghp_|github_pat_|hf_|pat_)/],
  ['seemsSecretAccessKey', /^(?=.*[+/])[A-Za-z0-9+/]{40}$/],
];

/** 40 letters and digits: a secret access key or a Cloudflare token. */
const ambiguous = /^[A-Za-z0-9]{40}$/;

const expected: { readonly [N in SecretName]: readonly Seems[] } = {
  accessKeyId: ['seemsAccessKeyId'],
  secretAccessKey: ['seemsSecretAccessKey'],
  sessionToken: ['seemsSessionToken'],
  apiKey: ['seemsApiKey'],
  gatewayToken: ['seemsGatewayToken'],
};

function misplaced(name: SecretName, text: string): Seems | undefined {
  const seems = shapes.find(([, shape]) => shape.test(text))?.[0];
  if (seems) return expected[name].includes(seems) ? undefined : seems;
  const isKeysPart = name === 'accessKeyId' || name === 'sessionToken' || name === 'apiKey';
  return isKeysPart && ambiguous.test(text) && !/^[A-Z0-9]+$/.test(text) ? 'seemsSecretAccessKey' : undefined;
}
