/**
 * Parses a URL; undefined if it is invalid. Replaces URL.canParse, which in Node's optimized calls returns false for
 * every text with a letter like "ü" (seen in Node 20.20).
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
