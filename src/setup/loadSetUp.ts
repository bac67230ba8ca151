// The way from the shell to Set Up, whose chunk is not needed at activation.
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type { SetUp } from './setUp';

/** What others ask of Set Up; see there. Each rejects with PartNotLoaded when the chunk cannot be loaded. */
export type SetUpDialogs = Pick<
  SetUp,
  'all' | 'credentialsAlone' | 'complete' | 'selectModel' | 'storeModel' | 'store' | 'clear'
>;

/** Set Up with its parts, loaded when it is first asked for something. */
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
    storeModel: async (id) => (await load()).storeModel(id),
    store: async (credentials) => (await load()).store(credentials),
    clear: async () => (await load()).clear(),
  };
}
