// The commands of the manifest. What each does is a row in the room that it belongs to: id → a handler of a few lines.
import { Disposable, commands } from 'vscode';
import { section } from '../settings';
import type { RunReporting } from './errors';

/** By their IDs without our prefix. */
const commandIds = [
  'ask',
  'askAboutSelection',
  'checkConnection',
  'clearCredentials',
  'selectModel',
  'sendPreview',
  'sendSelection',
  'setCredentials',
  'setUp',
  'showActivity',
  'showLog',
  'showReply',
  'stop',
] as const;

export type CommandId = (typeof commandIds)[number];

/** Some of the commands. */
export type CommandRows<Id extends CommandId = CommandId> = { readonly [I in Id]: () => unknown };

/**
 * Registers all of them; what `run` cannot do is shown under the command's title. `titleOf`: as the palette shows it, by
 * the whole ID.
 */
export function registerCommands(
  attempt: RunReporting,
  titleOf: (command: string) => string,
  run: (id: CommandId) => unknown,
): Disposable {
  return Disposable.from(
    ...commandIds.map((id) => {
      const command = `${section}.${id}`;
      return commands.registerCommand(command, () => attempt(titleOf(command), () => run(id)));
    }),
  );
}
