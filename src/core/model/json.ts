/**
 * The most values, names and brackets in JSON that we parse, and its greatest depth. Parsing that many takes some 20
 * ms; more would block the extension host.
 */
export const maxJsonTokens = 100_000;
const maxJsonDepth = 500;

/** Parses a JSON text; undefined if it is invalid or too large. */
export function parseJson(body: string): unknown {
  try {
    return isTooLarge(body) ? undefined : (JSON.parse(body) as unknown);
  } catch {
    return undefined;
  }
}

function isTooLarge(text: string): boolean {
  if (text.length < maxJsonDepth) return false;
  let tokens = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at + 1);
      continue;
    }
    if (code === openBracket || code === openBrace) depth += 1;
    else if (code === closeBracket || code === closeBrace) depth -= 1;
    else if (code !== comma && code !== colon) continue;
    if (++tokens > maxJsonTokens || depth > maxJsonDepth) return true;
  }
  return false;
}

/** The index of the quotation mark that ends the string whose text begins at `from`. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from); end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === backslash) backslashes += 1;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A frozen copy of `value` without what JSON lacks; undefined if it is nothing that JSON has. */
export function frozenJson(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  // As JSON.stringify does.
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object') return undefined;
  if (Array.isArray(value)) return Object.freeze(value.map((item) => frozenJson(item) ?? null));
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const inner = frozenJson((value as Readonly<Record<string, unknown>>)[key]);
    if (inner === undefined) continue;
    // By assignment, a property of that name would be the object's prototype.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: inner, enumerable: true });
    else copy[key] = inner;
  }
  return Object.freeze(copy);
}
