// Masks what looks like a credential. Servers quote what they were sent, including signatures and session tokens;
// programs quote what they read. None of that is shown.
/** The end of a name with a secret value: `aws_secret_access_key`, `SessionToken`, `DB_PASSWORD`. */
const name =
  /(?:secret[_-]?access[_-]?key|session[_-]?token|passw(?:or)?d|passphrase|secret|token(?:[_-]?code)?)/
    .source;
/** What separates such a name, quoted or not, from its value. */
const separator = /\\?["']?[ \t]*(?:=>|[:=]+)[ \t]*/.source;

const quoted: readonly RegExp[] = [
  /(Credential=)[^\s,;'"]+/gi,
  /(Signature=)[^\s,;'"]+/gi,
  /(x-amz-security-token["']?\s*[:=]\s*["']?)[^\s,;'"]+/gi,
  // User and password before a host, up to the last @: passwords may hold any character, and VS Code quotes a proxy's
  // address as it was set.
  /(:\/\/|\b(?:PROXY|HTTPS?|SOCKS[45]?) )\S{1,2000}@/g,
  // Quoted values, with escapes in them, then unquoted ones.
  new RegExp(String.raw`(${name}${separator}(\\?["']))(?:(?!\2)(?:\\[^]|[^\\\r\n]))+`, 'gi'),
  new RegExp(String.raw`(${name}${separator})(?!\\?["'])\S+`, 'gi'),
  // Only an option is separated from its value by a blank: “the security token included” is a sentence.
  new RegExp(String.raw`((?<![\w-])--?[\w-]{0,40}${name}[ \t]+)(?:"[^"]*"|'[^']*'|\S+)`, 'gi'),
  // At least 16 characters: AWS's message “Bearer Token has expired” stays.
  /(Bearer\s+)[^\s,;'"]{16,}/gi,
  // Access key IDs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  /()\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  // Bedrock API keys, long-term and short-term.
  /()\b(?:ABSK|bedrock-api-key-)[A-Za-z0-9+/_-]{12,}=*/g,
  // Session tokens, by their prefixes.
  /()\b(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/_%-]{12,}=*/g,
];

/** A secret access key has no prefix; it is recognized by an access key ID in the same text. */
const keyId = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/;
const bareSecret = /(?<![\w+/])[A-Za-z0-9+/]{40}(?![\w+/=])/g;

/** Masks what looks like a credential in `text`; `original` is the text before anything was masked. */
export function maskLookalikes(text: string, original = text): string {
  const bare = keyId.test(original) ? text.replace(bareSecret, '…') : text;
  return quoted.reduce((rest, pattern) => rest.replace(pattern, '$1…'), bare);
}
