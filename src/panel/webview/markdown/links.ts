// Which addresses in a reply a reader may follow. A model's text is not trusted: an address that runs a
// command, a script or a file is shown, never followed.

const followed = new Set(['http:', 'https:', 'mailto:']);

/** The address in its canonical form, or undefined for one that is no link here (a relative one included). */
export function followable(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, href } = new URL(address);
  return followed.has(protocol) ? href : undefined;
}

/** An address as a reader knows it: decoded where that is safe to show. */
export function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}
