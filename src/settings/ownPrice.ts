// The user's price of a model.
import type { OwnPrice } from '../core/model/cost';
import type { Target } from '../core/model/request';
import { readModels } from '.';

/** undefined if the user set none. */
export function ownPrice({ model }: Pick<Target, 'model'>): OwnPrice | undefined {
  try {
    return readModels().get(model)?.price;
  } catch {
    // The next prompt reports an invalid setting; the line under a reply does not.
    return undefined;
  }
}
