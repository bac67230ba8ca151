// The actions behind the buttons of a failed stage.
import { type RemedyContext, remedyActions } from '../advice/actions';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { Target } from '../core/model/request';
import type { AwsProfiles } from '../aws/awsProfiles';
import { storeConverse, storeRegion } from '../settings/modelEntry';
import type { CheckRemedy } from './view';

export interface PressedButton extends RemedyContext {
  readonly target: Target | undefined;
}

/** Returns a function that carries out a remedy. */
export function checkActions(setUp: SetUpDialogs, profiles: AwsProfiles) {
  const actions: { readonly [A in Extract<CheckRemedy, string>]: (pressed: PressedButton) => Promise<void> } =
    {
      ...remedyActions(profiles),
      useConverse: async ({ target }) => {
        if (target) await storeConverse(target.model);
      },
    };
  return async (remedy: CheckRemedy, pressed: PressedButton): Promise<void> => {
    if (typeof remedy === 'string') return actions[remedy](pressed);
    if (pressed.target) await storeRegion(remedy.useModel, pressed.target);
    await setUp.storeModel(remedy.useModel);
  };
}
