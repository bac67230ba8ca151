// What the buttons of a hop that failed do.
import { commands } from 'vscode';
import type { Deed, Remedy } from '../advice/row';
import { naming } from '../commands';
import { openSettings } from '../connection/invalid';
import type { SetUp } from '../connection/setUp';
import { storeConverse, storeRegion } from '../connection/storeModel';
import type { Failure } from '../core/failure';
import type { Target } from '../core/request';
import type { AwsProfiles } from '../profiles';
import { section } from '../settings';

/** What a button is pressed for. */
export interface Pressed {
  readonly target: Target | undefined;
  readonly failure: Failure | undefined;
  /** What the advice names, if any. */
  readonly setting: string | undefined;
}

/** Carries out remedies; `again` checks once more. */
export function checkDeeds(setUp: SetUp, profiles: AwsProfiles, again: () => void) {
  const run = (command: string) => async () => {
    await commands.executeCommand(command);
  };
  const ours = (command: string) => run(`${section}.${command}`);
  const checkAgain = () => {
    again();
    return Promise.resolve();
  };
  const deeds: { readonly [D in Deed]: (pressed: Pressed) => Promise<void> } = {
    setUp: ours('setUp'),
    setCredentials: ours('setCredentials'),
    selectModel: ours('selectModel'),
    showLog: ours('showLog'),
    openSettings: ({ setting }) => openSettings(setting),
    openProxySettings: async () => {
      await commands.executeCommand('workbench.action.openSettings', '@id:http.*');
    },
    reloadWindow: run('workbench.action.reloadWindow'),
    useConverse: async ({ target }) => {
      if (target) await storeConverse(target.model);
    },
    signIn: async ({ failure }) => {
      if (failure) await profiles.signIn(failure);
    },
    openAwsConfig: () => profiles.openConfig(),
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
