// Entries of the setting `models`, written for the user.
import { isRecord } from '../core/gateway/response';
import type { Target } from '../core/model/request';
import { configuration, normalizeModelId, readRegion, writeSetting } from './index';

/** Has `model` asked through Converse from now on, whatever holds for others; what is set of it else stays. */
export async function storeConverse(model: string): Promise<void> {
  await storeEntry(model, { api: 'converse' });
}

/**
 * Has `model`, which is to take the place of that of `before`, asked in the same region. Stores nothing where it
 * would be anyway.
 */
export async function storeRegion(model: string, before: Pick<Target, 'region'>): Promise<void> {
  if (readRegion(model) !== before.region) await storeRegionOf(model, before.region);
}

/** Has `model` asked in `region` from now on, whatever holds for others. */
export async function storeRegionOf(model: string, region: string): Promise<void> {
  await storeEntry(model, { region });
}

/** Adds `parts` to what the user's settings say of `model`. */
async function storeEntry(model: string, parts: Readonly<Record<string, unknown>>): Promise<void> {
  // Not get(), which holds our defaults too: they would be frozen into the user's settings.
  const { globalValue = {} } = configuration().inspect<Record<string, unknown>>('models') ?? {};
  // The key may be written otherwise than the ID that it means.
  const key = Object.hasOwn(globalValue, model)
    ? model
    : (Object.keys(globalValue).find((each) => normalizeModelId(each) === model) ?? model);
  const own = globalValue[key];
  const entry = { ...(isRecord(own) ? own : {}), ...parts };
  await writeSetting('models', { ...globalValue, [key]: entry });
}
