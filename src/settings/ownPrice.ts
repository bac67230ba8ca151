import type { OwnPrice } from '../core/model/cost';
import type { Target } from '../core/model/request';
import { readModels } from '.';

/** The price that the user set for a model, if any. */
export function ownPrice({ model }: Pick<Target, 'model'>): OwnPrice | undefined {
  try {
    return readModels().get(model)?.price;
  } catch {
    // Whatever else is wrong in the setting is named when a prompt needs it, not under a reply.
    return undefined;
  }
}
