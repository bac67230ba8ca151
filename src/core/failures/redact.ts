// Other sides quote what they were sent, signatures and session tokens among it. None of that is shown.

const quoted: readonly RegExp[] = [
  /(Credential=)[^\s,;'"]+/gi,
  /(Signature=)[^\s,;'"]+/gi,
  /(x-amz-security-token["']?\s*[:=]\s*["']?)[^\s,;'"]+/gi,
  // Name and password before a host: VS Code quotes the address of a proxy as it is set.
  /(:\/\/|\b(?:PROXY|HTTPS?|SOCKS[45]?) )[^\s/@]+@/g,
  // No word is as long: AWS's own “Bearer Token has expired” stays.
  /(Bearer\s+)[^\s,;'"]{16,}/gi,
  // Access key IDs: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
  /()\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g,
  // Bedrock API keys, lasting and short-term.
  /()\b(?:ABSK|bedrock-api-key-)[A-Za-z0-9+/_-]{12,}=*/g,
];

/** `text` without the values in `secrets`, and without whatever looks like a credential. */
export function redact(text: string, secrets: readonly string[]): string {
  // The longest first: one may be part of another.
  const known = secrets.filter(Boolean).sort((one, other) => other.length - one.length);
  const without = known.reduce((rest, secret) => rest.replaceAll(secret, '…'), text);
  return quoted.reduce((rest, pattern) => rest.replace(pattern, '$1…'), without);
}
