// Finds a model's rates in the list of @pydantic/genai-prices, like its calcPrice(); a test compares the two.
import type { ModelPrice } from '@pydantic/genai-prices';
import { type ListedModel, bedrockList } from './bedrockList';

type Match = ListedModel['match'];

export interface ListedRates {
  readonly id: string;
  readonly rates: ModelPrice;
}

/** The IDs of all entries. */
export const listedIds: ReadonlySet<string> = new Set(bedrockList.map(({ id }) => id));

/** The rates of the first entry that matches `model` at `at`; undefined if none matches. */
export function listedRates(model: string, at: Date): ListedRates | undefined {
  const id = model.toLowerCase().trim();
  const entry = entryFor(id) ?? entryFor(withDashedDate(id));
  return entry && { id: entry.id, rates: ratesAt(entry, at) };
}

const entryFor = (id: string) => bedrockList.find(({ match }) => matches(match, id));

/** Some entries write dates in IDs as 2025-09-29. */
const withDashedDate = (id: string) =>
  id.replace(/-(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[-:]|$)/g, '-$1-$2-$3');

function matches(match: Match, id: string): boolean {
  if ('or' in match) return match.or.some((each) => matches(each, id));
  if ('and' in match) return match.and.every((each) => matches(each, id));
  if ('equals' in match) return id === match.equals.toLowerCase();
  if ('starts_with' in match) return id.startsWith(match.starts_with.toLowerCase());
  if ('ends_with' in match) return id.endsWith(match.ends_with.toLowerCase());
  if ('contains' in match) return id.includes(match.contains.toLowerCase());
  return new RegExp(match.regex).test(id);
}

/** The latest price of an entry that has taken effect. The build fails for hourly prices, which no entry has. */
function ratesAt({ prices }: ListedModel, at: Date): ModelPrice {
  if (!Array.isArray(prices)) return prices;
  const hasBegun = ({ constraint }: (typeof prices)[number]) =>
    !constraint || (constraint.type === 'start_date' && at >= new Date(constraint.start_date));
  return (prices.findLast(hasBegun) ?? prices[0])?.prices ?? {};
}
