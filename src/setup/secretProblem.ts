// Why a text cannot be the secret that it was typed, or provided, as: what people paste in its place.
import type { SecretName } from './secretStore';

/** Never holds what was typed. `seems…`: it has the shape of another secret. */
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

/** Why `value` cannot be the secret `name`; undefined when it can, or is empty. */
export function secretProblem(name: SecretName, value: string): SecretProblem | undefined {
  const trimmed = value.trim();
  if (!trimmed) return undefined;
  // No secret is as long; a pattern need not look at more.
  const text = trimmed.slice(0, longest);
  const wrong = wraps.find(([, isSo]) => isSo(text))?.[0] ?? misplaced(name, text);
  if (wrong) return wrong;
  // They travel in headers.
  if (!/^[!-~]+$/.test(trimmed)) return 'notAscii';
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKey.html
  return name === 'accessKeyId' && !/^\w{16,128}$/.test(trimmed) ? 'accessKeyIdShape' : undefined;
}

/** Characters; session tokens have some 1,500. */
const longest = 20_000;

/** The names that secrets have in files, in the environment and on AWS's pages. */
const secretNames =
  /(?:aws_?)?(?:access_?key_?id|secret_?access_?key|secret_?key|session_?token|security_?token|bearer_?token)/gi;
/** `NAME =` or `"NAME":`, and what a shell takes before it. Base64 ends with `=`; there nothing follows. */
const assignment =
  /^(?:\{\s{0,9})?(?:(?:export|set|setx|declare|local|env|const|let|var)\s+(?:-\w+\s+)?)?\$?["']?(?:env:)?[A-Za-z_][\w.-]{0,80}["']?\s{0,9}(?:=>|[:=])\s{0,9}[^=\s/]/i;
/** Names without a sign between them and their value: `setx NAME value`, `aws configure set name value`. */
const commandOf = /^(?:setx|aws\s+configure\s+set|gh\s+secret\s+set)\s|^(?:aws|cf|cloudflare)_\w{1,40}\s+\S/i;
const idWithMore = /(?:AKIA|ASIA)[A-Z0-9]{12,28}["']?[\s,;|]+["']?\S/;
const quotes = `"'\`“”„‟‘’‚‛«»‹›「」『』`;

/** What is around a secret, or beside it. */
const wraps: readonly (readonly [SecretProblem, (text: string) => boolean])[] = [
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
      assignment.test(text) || commandOf.test(text) || /^(?:x-api-key|authorization)\s{0,9}:/i.test(text),
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
 * What other secrets look like. Where two have one shape (40 letters and digits without a sign may be a secret access
 * key or a token of Cloudflare's), the text is taken for what was asked for.
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

/** 40 letters and digits: a secret access key, or a token of Cloudflare's. */
const ambiguous = /^[A-Za-z0-9]{40}$/;

const own: { readonly [N in SecretName]: readonly Seems[] } = {
  accessKeyId: ['seemsAccessKeyId'],
  secretAccessKey: ['seemsSecretAccessKey'],
  sessionToken: ['seemsSessionToken'],
  apiKey: ['seemsApiKey'],
  gatewayToken: ['seemsGatewayToken'],
};

function misplaced(name: SecretName, text: string): Seems | undefined {
  const seems = shapes.find(([, shape]) => shape.test(text))?.[0];
  if (seems) return own[name].includes(seems) ? undefined : seems;
  const isKeysPart = name === 'accessKeyId' || name === 'sessionToken' || name === 'apiKey';
  return isKeysPart && ambiguous.test(text) && !/^[A-Z0-9]+$/.test(text) ? 'seemsSecretAccessKey' : undefined;
}
