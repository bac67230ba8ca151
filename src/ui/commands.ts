// Registers the commands of the manifest. Their handlers are in the commands.ts of each room.
import { Disposable, commands } from 'vscode';
import { section } from '../settings';
import type { RunReporting } from './errors';

/** Command IDs without the prefix. */
const commandIds = [
  'applyEdit',
  'ask',
  'askAboutSelection',
  'checkConnection',
  'clearCredentials',
  'copyCode',
  'discardEdit',
  'insertCode',
  'newFileFromCode',
  'replaceSelection',
  'saveCode',
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

/** Handlers of some of the commands, by ID. */
export type CommandRows<Id extends CommandId = CommandId> = { readonly [I in Id]: () => unknown };

/**
 * Registers all commands. If `run` fails, the error message names the command's title. `titleOf` returns that title for
 * a full command ID.
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
