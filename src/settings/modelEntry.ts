// Writes entries of the setting `models`.
import { isRecord } from '../core/gateway/response';
import type { Target } from '../core/model/request';
import { configuration, normalizeModelId, readRegion, writeSetting } from './index';

/** Makes `model` use Converse; its other settings and other models stay as they are. */
export async function storeConverse(model: string): Promise<void> {
  await storeEntry(model, { api: 'converse' });
}

/** Makes `model` use the region of `target`, which it replaces. Stores nothing if it uses that region anyway. */
export async function storeRegion(model: string, target: Pick<Target, 'region'>): Promise<void> {
  if (readRegion(model) !== target.region) await storeRegionOf(model, target.region);
}

/** Makes `model` use `region`; other models stay as they are. */
export async function storeRegionOf(model: string, region: string): Promise<void> {
  await storeEntry(model, { region });
}

/** Merges `parts` into the entry of `model` in the user's settings. */
async function storeEntry(model: string, parts: Readonly<Record<string, unknown>>): Promise<void> {
  // Not get(), which includes our defaults: they would be copied into the user's settings.
  const { globalValue } = configuration().inspect('models') ?? {};
  const entries = isRecord(globalValue) ? globalValue : {};
  // The key may be another spelling of the ID.
  const key = Object.hasOwn(entries, model)
    ? model
    : (Object.keys(entries).find((each) => normalizeModelId(each) === model) ?? model);
  const existing = entries[key];
  const entry = { ...(isRecord(existing) ? existing : {}), ...parts };
  await writeSetting('models', { ...entries, [key]: entry });
}
