// The current model.
import { readModel, readModels } from './index';

/** The label of a model; undefined if it has none, or the setting is invalid (the next prompt reports that). */
export function modelLabel(id: string): string | undefined {
  try {
    return readModels().get(id)?.label;
  } catch {
    return undefined;
  }
}

/** The ID of the current model; undefined if none is set, or the setting is invalid. */
export function modelInUse(): string | undefined {
  try {
    return readModel()?.id;
  } catch {
    return undefined;
  }
}
