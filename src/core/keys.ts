// Finds keys, tokens and passwords in a text by their published formats.

/** A kind of key; `token` for tokens of other issuers. */
export type KeyKind =
  'awsAccessKey' | 'awsSecretKey' | 'bedrockApiKey' | 'privateKey' | 'azureKey' | 'jsonWebToken' | 'token';

export interface FoundKey {
  readonly kind: KeyKind;
  /** The token's issuer, such as "GitHub"; '' for other kinds. */
  readonly issuer: string;
  /** The line where it begins, from 1. */
  readonly line: number;
}

interface Row {
  readonly kind: KeyKind;
  readonly issuer?: string;
  readonly pattern: RegExp;
}

/**
 * Every repetition in a pattern is bounded and tried once per run of such characters, so that no search takes time that
 * grows faster than the text. The lengths are those that issuers use; much shorter texts are placeholders.
 */
const rows: readonly Row[] = [
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html; base 32 after the prefix.
  { kind: 'awsAccessKey', pattern: /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Z0-9])/g },
  // It has no format of its own: 40 base64 characters after its name, in a file, a command or typed code. Letters only
  // would be a name of something.
  {
    kind: 'awsSecretKey',
    pattern:
      /secret[_-]?(?:access[_-]?)?key(?:[ \t]{0,8}:?[ \t]{0,8}string\b)?[\\"'`\s:=,>()]{1,16}((?=[A-Za-z]{0,39}[0-9/+])[A-Za-z0-9/+]{40})(?![\w/+=.-])/gi,
  },
  { kind: 'bedrockApiKey', pattern: /ABSK[A-Za-z0-9+/]{109,269}/g },
  { kind: 'bedrockApiKey', pattern: /bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/]{20}/g },
  // PEM, OpenSSH and PGP: not only the first line, which any program that reads keys contains, but also what follows
  // it.
  {
    kind: 'privateKey',
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){1,200}?([A-Za-z0-9+/]{40})/g,
  },
  // PuTTY.
  { kind: 'privateKey', pattern: /Private-Lines: \d{1,3}\s{1,2}[A-Za-z0-9+/]{40}/g },
  { kind: 'privateKey', pattern: /AGE-SECRET-KEY-1[0-9A-Z]{58}/g },
  { kind: 'azureKey', pattern: /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{43,86}=/g },
  // An Entra client secret.
  { kind: 'azureKey', pattern: /(?<![\w~.-](?<!\\[nrt]))[\w~.]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/g },
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  token('GitHub', /gh[pousr]_[A-Za-z0-9]{36}/g),
  token('GitHub', /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/g),
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  token('GitLab', /gl(?:pat|oas|dt|rt|cbt|ptt|ft|imt|agent|soat|ffct)-[\w-]{20}/g),
  token('Slack', /xox[abeoprs]-[A-Za-z0-9-]{20}/g),
  token('Slack', /xapp-\d-[A-Z0-9]{9,12}-\d{10,14}-[a-f0-9]{32}/g),
  token('Slack', /hooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{40}/g),
  token('Stripe', /[rs]k_live_[A-Za-z0-9]{16}/g),
  token('Google', /AIza[\w-]{35}(?![\w-])/g),
  token('Google', /GOCSPX-[\w-]{28}(?![\w-])/g),
  token('npm', /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/g),
  token('PyPI', /pypi-AgE[\w-]{50}/g),
  token('Anthropic', /sk-ant-[a-z0-9]{4,10}-[\w-]{60}/g),
  token('OpenAI', /(?<![\w-](?<!\\[nrt]))sk-[\w-]{20,100}T3BlbkFJ[\w-]{20}/g),
  token('Hugging Face', /hf_[A-Za-z0-9]{34}(?![A-Za-z0-9])/g),
  // https://developers.cloudflare.com/fundamentals/api/get-started/token-formats
  token('Cloudflare', /cf(?:k|ut|at)_[A-Za-z0-9]{40}/g),
  token('Cloudflare', /v1\.0-[a-f0-9]{24}-[a-f0-9]{146}/g),
  // The older format has no prefix: 40 characters after a name, or in the gateway token's header. Letters only would be
  // a name of something.
  token(
    'Cloudflare',
    /(?:(?:cloudflare|cf)[_-]?api[_-]?(?:token|key)|cf-aig-authorization)[\\"'`\s:=,()]{1,16}(?:bearer )?((?=[a-z_-]{0,39}\d)[\w-]{37,40})(?![\w-])/gi,
  ),
  token('DigitalOcean', /do[opr]_v1_[a-f0-9]{64}/g),
  token('Docker', /dckr_(?:pat|oat)_[\w-]{27}/g),
  token('Shopify', /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/g),
  token('SendGrid', /SG\.[\w-]{22}\.[\w-]{43}/g),
  token('HashiCorp Vault', /hv[sb]\.[\w-]{90}/g),
  token('Databricks', /dapi[a-f0-9]{32}(?![a-f0-9])/g),
  // https://datatracker.ietf.org/doc/html/rfc7519: two JSON objects, which begin with {" in base64url, and a
  // signature.
  { kind: 'jsonWebToken', pattern: /(?<![\w-](?<!\\[nrt]))eyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{20}/g },
];

function token(issuer: string, pattern: RegExp): Row {
  return { kind: 'token', issuer, pattern };
}

/**
 * Placeholders for keys in documentation: AWS's examples end in EXAMPLE; others count, or repeat one character. The
 * last one is the payload of the token that jwt.io and many articles use, {"sub":"1234567890"….
 */
const placeholders =
  /example|placeholder|your[-_]|redacted|x{6}|(.)\1{7}|01234567|12345678|abcdefgh|eyJzdWIiOiIxMjM0NTY3ODkwIi/i;

/**
 * Finds the keys in `text`, in the order of their lines; of each kind the first. Takes time linear in the length of
 * `text`.
 */
export function findKeys(text: string): FoundKey[] {
  const firstOfKind = new Map<string, { readonly row: Row; readonly index: number }>();
  for (const row of rows) {
    const name = `${row.kind} ${row.issuer}`;
    for (const match of text.matchAll(row.pattern)) {
      const { index } = match;
      if (match[1] === undefined && withinWord(text, index)) continue;
      if (placeholders.test(match[1] ?? match[0])) continue;
      if ((firstOfKind.get(name)?.index ?? Infinity) > index) firstOfKind.set(name, { row, index });
      break;
    }
  }
  return [...firstOfKind.values()]
    .sort((one, other) => one.index - other.index)
    .map(({ row: { kind, issuer = '' }, index }) => ({ kind, issuer, line: lineOf(text, index) }));
}

/**
 * Part of a longer word is no key: "desk-…", or a picture in base64. The n of a literal \n does not belong to the word.
 */
function withinWord(text: string, index: number): boolean {
  return (
    /\w/.test(text[index] ?? '') &&
    /\w$/.test(text.slice(Math.max(0, index - 2), index).replace(/^\\[nrt]$/, ''))
  );
}

/** The line of `index` in `text`, from 1; knows all three line ends. */
function lineOf(text: string, index: number): number {
  return (text.slice(0, index).match(/\r\n?|\n/g)?.length ?? 0) + 1;
}
