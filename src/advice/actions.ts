// The actions behind a failure's buttons that work the same in the reply panel and in Check Connection.
import { commands } from 'vscode';
import type { ActionId } from './row';
import type { Failure } from '../core/model/failure';
import type { AwsProfiles } from '../aws/awsProfiles';
import { section } from '../settings';
import { openSettings } from '../ui/invalidSetting';

/** Actions that differ between a prompt and a check. */
type RetryActions = 'sendAgain' | 'sendWithoutStreaming' | 'useConverse' | 'checkConnection';

/** The failure that a button belongs to. */
export interface RemedyContext {
  readonly failure: Failure | undefined;
  /** The setting that the advice names, if any. */
  readonly setting: string | undefined;
}

/** One function for each action; each resolves when VS Code has carried it out. */
export function remedyActions(profiles: AwsProfiles): {
  readonly [A in Exclude<ActionId, RetryActions>]: (context: RemedyContext) => Promise<void>;
} {
  const runOwn = (command: string) => () => run(`${section}.${command}`);
  return {
    setUp: runOwn('setUp'),
    setCredentials: runOwn('setCredentials'),
    selectModel: runOwn('selectModel'),
    showLog: runOwn('showLog'),
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
