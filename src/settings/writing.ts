// Writes a setting. VS Code refuses if settings.json is unsaved, malformed or read-only.
import { ConfigurationTarget } from 'vscode';
import { configuration } from './reading';

/** VS Code could not write a setting; `message` is VS Code's own, in the user's language. */
export class SettingNotWritten extends Error {
  override readonly name = 'SettingNotWritten';
  constructor(
    /** Which settings.json it is. */
    readonly owner: 'user' | 'workspace',
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Writes a setting, or removes it if `value` is undefined. @throws SettingNotWritten */
export async function writeSetting(
  setting: string,
  value: unknown,
  owner: SettingNotWritten['owner'] = 'user',
): Promise<void> {
  const target = owner === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  try {
    await configuration().update(setting, value, target);
  } catch (error) {
    throw new SettingNotWritten(owner, error);
  }
}
