// How any setting of ours is written. VS Code refuses where settings.json is not saved, malformed or read-only.
import { ConfigurationTarget } from 'vscode';
import { configuration } from './reading';

/** VS Code did not write a setting; `message` is its own sentence, in the user's language. */
export class SettingNotWritten extends Error {
  override readonly name = 'SettingNotWritten';
  constructor(
    /** Whose settings.json it is. */
    readonly of: 'user' | 'workspace',
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** Writes `setting`, or removes it where `value` is undefined. @throws SettingNotWritten */
export async function writeSetting(
  setting: string,
  value: unknown,
  of: SettingNotWritten['of'] = 'user',
): Promise<void> {
  const target = of === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
  try {
    await configuration().update(setting, value, target);
  } catch (error) {
    throw new SettingNotWritten(of, error);
  }
}
