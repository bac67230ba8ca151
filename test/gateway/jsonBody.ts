export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Parses a JSON object; undefined if the body is not well-formed JSON in UTF-8. */
export function parseFields(body: Buffer): Fields | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    const value: unknown = JSON.parse(text, (_, part: unknown) => {
      if (typeof part === 'string' && !part.isWellFormed()) throw new SyntaxError('lone surrogate');
      return part;
    });
    return isFields(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
