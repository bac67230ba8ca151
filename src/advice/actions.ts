// What the buttons of a failure do that is the same wherever they stand.
import { commands } from 'vscode';
import type { ActionId } from './row';
import type { Failure } from '../core/model/failure';
import type { AwsProfiles } from '../aws/awsProfiles';
import { section } from '../settings';
import { openSettings } from '../ui/invalidSetting';

/** Actions that depend on what is to be tried again, a prompt or a check. */
type RetryActions = 'sendAgain' | 'sendWithoutStreaming' | 'useConverse' | 'checkConnection';

/** What a button is pressed for. */
export interface RemedyContext {
  readonly failure: Failure | undefined;
  /** What the advice names, if any. */
  readonly setting: string | undefined;
}

export function remedyActions(profiles: AwsProfiles): {
  readonly [D in Exclude<ActionId, RetryActions>]: (about: RemedyContext) => Promise<void>;
} {
  const ours = (command: string) => () => run(`${section}.${command}`);
  return {
    setUp: ours('setUp'),
    setCredentials: ours('setCredentials'),
    selectModel: ours('selectModel'),
    showLog: ours('showLog'),
    openSettings: ({ setting }) => openSettings(setting),
    openProxySettings: () => run('workbench.action.openSettings', '@id:http.*'),
    reloadWindow,
    signIn: async ({ failure }) => {
      if (failure) await profiles.signIn(failure);
    },
    openAwsConfig: ({ failure }) => profiles.openConfig(failure?.details),
    openAwsCredentials: ({ failure }) => profiles.openConfig(failure?.details),
  };
}

export function reloadWindow(): Promise<void> {
  return run('workbench.action.reloadWindow');
}

async function run(command: string, ...parameters: unknown[]): Promise<void> {
  await commands.executeCommand(command, ...parameters);
}
