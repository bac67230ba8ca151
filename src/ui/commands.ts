// Registers the commands of the manifest. Their handlers are in the commands.ts of each room.
import { Disposable, commands } from 'vscode';
import { section } from '../settings';
import type { RunReporting } from './errors';

/** Command IDs without the prefix. */
const commandIds = [
  'applyEdit',
  'ask',
  'askAboutSelection',
  'askAnotherModel',
  'attach',
  'checkConnection',
  'chooseChatModels',
  'clearCredentials',
  'copyCode',
  'deleteConversation',
  'deleteHistory',
  'discardEdit',
  'explainProblem',
  'exportConversation',
  'fixProblem',
  'insertCode',
  'newConversation',
  'newFileFromCode',
  'nextPrompt',
  'nextVersion',
  'openConversation',
  'pinConversation',
  'previousPrompt',
  'previousVersion',
  'renameConversation',
  'replaceSelection',
  'saveCode',
  'searchHistory',
  'selectModel',
  'sendPreview',
  'sendSelection',
  'setCredentials',
  'setUp',
  'showActivity',
  'showHistory',
  'showLog',
  'showMoreHistory',
  'showReply',
  'stop',
  'unpinConversation',
] as const;

export type CommandId = (typeof commandIds)[number];

/**
 * Handlers of some of the commands, by ID. `argument` is whatever a key, another extension or VS Code passes: a command
 * in a menu gets the URI of the document. `further`: in the explorer, the URIs of all files that are selected.
 */
export type CommandRows<Id extends CommandId = CommandId> = {
  readonly [I in Id]: (argument?: unknown, further?: unknown) => unknown;
};

/**
 * Registers all commands. If `run` fails, the error message names the command's title. `titleOf` returns that title for
 * a full command ID.
 */
export function registerCommands(
  attempt: RunReporting,
  titleOf: (command: string) => string,
  run: (id: CommandId, argument: unknown, further: unknown) => unknown,
): Disposable {
  return Disposable.from(
    ...commandIds.map((id) => {
      const command = `${section}.${id}`;
      return commands.registerCommand(command, (argument: unknown, further: unknown) =>
        attempt(titleOf(command), () => run(id, argument, further)),
      );
    }),
  );
}
