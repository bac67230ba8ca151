// What looks like a credential. Other sides quote what they were sent, signatures and session tokens among it;
// programs, what they read. None of that is shown.
/** The end of a name whose value is secret: `aws_secret_access_key`, `SessionToken`, `DB_PASSWORD`. */
const name =
  /(?:secret[_-]?access[_-]?key|session[_-]?token|passw(?:or)?d|passphrase|secret|token(?:[_-]?code)?)/
    .source;
/** What stands between such a name, in quotes or not, and its value. */
const is = /\\?["']?[ \t]*(?:=>|[:=]+)[ \t]*/.source;

const quoted: readonly RegExp[] = [
  /(Credential=)[^\s,;'"]+/gi,
  /(Signature=)[^\s,;'"]+/gi,
  /(x-amz-security-token["']?\s*[:=]\s*["']?)[^\s,;'"]+/gi,
  // Name and password before a host, up to the last @: passwords hold any character, and VS Code quotes the address
  // of a proxy as it is set.
  /(:\/\/|\b(?:PROXY|HTTPS?|SOCKS[45]?) )\S{1,2000}@/g,
  // Values in quotes, with what is escaped in them, then bare ones.
  new RegExp(String.raw`(${name}${is}(\\?["']))(?:(?!\2)(?:\\[^]|[^\\\r\n]))+`, 'gi'),
  new RegExp(String.raw`(${name}${is})(?!\\?["'])\S+`, 'gi'),
  // Only an option has its value after a blank: “the security token included” is a sentence.
  new RegExp(String.raw`((?<![\w-])--?[\w-]{0,40}${name}[ \t]+)(?:"[^"]*"|'[^']*'|\S+)`, 'gi'),
  // No word is as long: AWS's own “Bearer Token has expired” stays.
  /(Bearer\s+)[^\s,;'"]{16,}/gi,
  // Access key IDs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  /()\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  // Bedrock API keys, lasting and short-term.
  /()\b(?:ABSK|bedrock-api-key-)[A-Za-z0-9+/_-]{12,}=*/g,
  // Session tokens, by how they begin.
  /()\b(?:IQoJ|FwoG|FQoG)[A-Za-z0-9+/_%-]{12,}=*/g,
];

/** A secret access key has no mark of its own; by itself it is told from other words by the ID beside it. */
const keyId = /\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/;
const bareSecret = /(?<![\w+/])[A-Za-z0-9+/]{40}(?![\w+/=])/g;

/** `text` without whatever looks like a credential; `before` is what it was when nothing was masked in it yet. */
export function maskLookalikes(text: string, before = text): string {
  const bare = keyId.test(before) ? text.replace(bareSecret, '…') : text;
  return quoted.reduce((rest, pattern) => rest.replace(pattern, '$1…'), bare);
}
