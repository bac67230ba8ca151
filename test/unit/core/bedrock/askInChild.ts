// A process of its own that asks: the SDK reads some of its environment only once, when it is loaded.
import { type Asking, asked } from '../../asking';

/** What it is told, as JSON in its last argument. */
export interface Told {
  /** Each is asked everything. */
  readonly urls: readonly string[];
  readonly askings: readonly Asking[];
}

async function main({ urls, askings }: Told): Promise<void> {
  const replies = [];
  for (const url of urls) for (const asking of askings) replies.push((await asked({ url }, asking)).reply);
  process.stdout.write(
    JSON.stringify(replies, (key, value: unknown) => (key === 'cause' ? undefined : value)),
  );
}

void main(JSON.parse(process.argv.at(-1) ?? '{}') as Told);
