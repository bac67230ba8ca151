// Loads the chunk of Set Up, which activation does not need, with the first use.
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type { SetUp } from './setUp';

/** The methods of SetUp. Each rejects with PartNotLoaded if the chunk can't be loaded. */
export type SetUpDialogs = Pick<
  SetUp,
  'all' | 'credentialsAlone' | 'complete' | 'selectModel' | 'pickModel' | 'storeModel' | 'store' | 'clear'
>;

/** A stand-in that creates SetUp with these arguments on the first call. */
export function loadSetUp(...parts: ConstructorParameters<typeof SetUp>): SetUpDialogs {
  const load = lazy(async () => {
    const chunk = await loadPart(() => import('./setUp.chunk'));
    return new chunk.SetUp(...parts);
  });
  return {
    all: async () => (await load()).all(),
    credentialsAlone: async () => (await load()).credentialsAlone(),
    complete: async () => (await load()).complete(),
    selectModel: async () => (await load()).selectModel(),
    pickModel: async (title, current) => (await load()).pickModel(title, current),
    storeModel: async (id) => (await load()).storeModel(id),
    store: async (credentials) => (await load()).store(credentials),
    clear: async () => (await load()).clear(),
  };
}
