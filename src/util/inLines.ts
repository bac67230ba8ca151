/** Texts one after the other, each in lines of its own; without those that are empty. */
export function inLines(...texts: readonly string[]): string {
  return texts.filter(Boolean).join('\n');
}
