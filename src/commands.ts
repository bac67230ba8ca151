// Joins the commands that each room exports: id → a handler of a few lines.
import { Disposable, commands } from 'vscode';
import { showInvalid } from './connection/invalid';
import { SettingInvalid, section } from './settings';

/** Commands by their id without our prefix. */
export type CommandRows = Readonly<Record<string, () => unknown>>;

export function registerCommands(...rooms: readonly CommandRows[]): Disposable {
  const rows = rooms.flatMap((room) => Object.entries(room));
  return Disposable.from(
    ...rows.map(([id, run]) => commands.registerCommand(`${section}.${id}`, () => naming(run))),
  );
}

/** Whatever a command needs of a setting that is wrong, the setting is named. */
export async function naming(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof SettingInvalid)) throw error;
    showInvalid(error);
  }
}
