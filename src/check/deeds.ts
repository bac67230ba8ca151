// What the buttons of a hop that failed do.
import type { Deed, Remedy } from '../advice/row';
import { naming } from '../commands';
import { type About, mendingDeeds } from '../connection/deeds';
import type { SetUp } from '../connection/setUp';
import { storeConverse, storeRegion } from '../connection/storeModel';
import type { Target } from '../core/request';
import type { AwsProfiles } from '../profiles';

export interface Pressed extends About {
  readonly target: Target | undefined;
}

/** Carries out remedies; `again` checks once more. */
export function checkDeeds(setUp: SetUp, profiles: AwsProfiles, again: () => void) {
  const checkAgain = () => {
    again();
    return Promise.resolve();
  };
  const deeds: { readonly [D in Deed]: (pressed: Pressed) => Promise<void> } = {
    ...mendingDeeds(profiles),
    useConverse: async ({ target }) => {
      if (target) await storeConverse(target.model);
    },
    // A check has no prompt to send.
    sendAgain: checkAgain,
    sendWithoutStreaming: checkAgain,
    checkConnection: checkAgain,
  };
  return (remedy: Remedy, pressed: Pressed): Promise<void> =>
    naming(async () => {
      if (typeof remedy === 'string') return deeds[remedy](pressed);
      if (pressed.target) await storeRegion(remedy.useModel, pressed.target);
      await setUp.storeModel(remedy.useModel);
    });
}
