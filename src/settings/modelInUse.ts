// The model that prompts go to now.
import { readModel, readModels } from './index';

/** The name that the settings give a model. Settings that are wrong are named when a prompt needs them, not here. */
export function modelLabel(id: string): string | undefined {
  try {
    return readModels().get(id)?.label;
  } catch {
    return undefined;
  }
}

export function modelInUse(): string | undefined {
  try {
    return readModel()?.id;
  } catch {
    return undefined;
  }
}
