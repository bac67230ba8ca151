// A process of its own that asks: the SDK reads some of its environment only once, when it is loaded.
import { type Asking, asked } from '../../asking';

/** What it is told, as JSON in its last argument. */
export interface Told {
  readonly url: string;
  readonly askings: readonly Asking[];
}

async function main({ url, askings }: Told): Promise<void> {
  const replies = [];
  for (const asking of askings) replies.push((await asked({ url }, asking)).reply);
  process.stdout.write(
    JSON.stringify(replies, (key, value: unknown) => (key === 'cause' ? undefined : value)),
  );
}

void main(JSON.parse(process.argv.at(-1) ?? '{}') as Told);
