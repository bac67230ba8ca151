// What the buttons of a hop that failed do.
import { type About, mendingDeeds } from '../advice/actions';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { Target } from '../core/model/request';
import type { AwsProfiles } from '../aws/awsProfiles';
import { storeConverse, storeRegion } from '../settings/modelEntry';
import type { Mending } from './view';

export interface Pressed extends About {
  readonly target: Target | undefined;
}

/** Carries out remedies. */
export function checkDeeds(setUp: SetUpDialogs, profiles: AwsProfiles) {
  const deeds: { readonly [D in Extract<Mending, string>]: (pressed: Pressed) => Promise<void> } = {
    ...mendingDeeds(profiles),
    useConverse: async ({ target }) => {
      if (target) await storeConverse(target.model);
    },
  };
  return async (remedy: Mending, pressed: Pressed): Promise<void> => {
    if (typeof remedy === 'string') return deeds[remedy](pressed);
    if (pressed.target) await storeRegion(remedy.useModel, pressed.target);
    await setUp.storeModel(remedy.useModel);
  };
}
