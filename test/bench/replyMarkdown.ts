// A long reply as models write them, cut as it arrives.

const sections = [
  (n: number) => `## Part ${n}: what a *gateway* does\n\n`,
  (n: number) =>
    `A request goes from your editor to the **gateway**, which adds the key and passes it on to \`region-${n}\`. It ` +
    `may answer from its cache, in which case nothing is charged; [the documentation](https://docs.example.com/${n}) ` +
    `says more about that.\n\n`,
  (n: number) =>
    `1. Choose a model, such as \`model-${n}\`.\n2. Select some code.\n   - It is sent as it is.\n   - Nothing else ` +
    `of the file goes along.\n3. Send it, and **wait** for the first word.\n\n`,
  (n: number) =>
    '```ts\n' +
    `export async function step${n}(input: string): Promise<number> {\n  // Counts what is left after ${n} tries.\n` +
    "  const parts = input.split(',').filter((part) => part !== '');\n  if (parts.length === 0) throw new Error(`none`);\n" +
    '  return parts.length;\n}\n```\n\n',
  (n: number) =>
    `| Field | Meaning | Default |\n|---|:-:|--:|\n| \`ttl\` | seconds that an answer is kept | ${n} |\n` +
    `| \`retries\` | how often it is tried again | 3 |\n\n`,
  (n: number) => `> Prices change: what was ${n} yesterday may be another figure tomorrow.\n\n`,
];

/** A reply of `count` deltas of ten characters each. */
export function markdownDeltas(count: number): readonly string[] {
  const length = count * 10;
  let text = '';
  for (let n = 1; text.length < length; n++) text += sections.map((section) => section(n)).join('');
  return Array.from({ length: count }, (_, at) => text.slice(at * 10, (at + 1) * 10));
}
