// Joins the commands that each room exports: id → a handler of a few lines.
import { Disposable, commands } from 'vscode';
import { section } from '../settings';
import type { RunReporting } from './errors';

/** Commands by their id without our prefix. */
export type CommandRows = Readonly<Record<string, () => unknown>>;

/** Registers them; what one cannot do is shown under its title. `titleOf`: as the palette shows it, by the whole id. */
export function registerCommands(
  attempt: RunReporting,
  titleOf: (command: string) => string,
  ...rooms: readonly CommandRows[]
): Disposable {
  const rows = rooms.flatMap((room) => Object.entries(room));
  return Disposable.from(
    ...rows.map(([id, run]) => {
      const command = `${section}.${id}`;
      return commands.registerCommand(command, () => attempt(titleOf(command), run));
    }),
  );
}
