// The thread that searches the history. A later query ends an earlier one.
import { parentPort } from 'node:worker_threads';
import { type SearchResult, searchFile, wordsOf } from './search';

export interface SearchQuery {
  readonly number: number;
  readonly query: string;
  /** The files to search, in this order. */
  readonly files: readonly { readonly id: string; readonly file: string }[];
}

/** Results as they are found. */
export interface SearchAnswer {
  readonly number: number;
  readonly results: readonly SearchResult[];
  readonly isOver: boolean;
}

/** Results are few; the user narrows the query if there are more. */
const maxResults = 200;
/** ms between two answers. */
const answerMs = 50;

let latest = 0;

async function search({ number, query, files }: SearchQuery): Promise<void> {
  latest = number;
  const words = wordsOf(query);
  let results: SearchResult[] = [];
  let count = 0;
  let answeredAt = performance.now();
  for (const { id, file } of files) {
    const result = searchFile(id, file, words);
    if (result) {
      results.push(result);
      if (++count >= maxResults) break;
    }
    if (performance.now() - answeredAt < answerMs) continue;
    if (results.length > 0)
      parentPort?.postMessage({ number, results, isOver: false } satisfies SearchAnswer);
    results = [];
    // Another query may have arrived.
    await new Promise(setImmediate);
    if (latest !== number) return;
    answeredAt = performance.now();
  }
  parentPort?.postMessage({ number, results, isOver: true } satisfies SearchAnswer);
}

parentPort?.on('message', (query: SearchQuery) => void search(query));
