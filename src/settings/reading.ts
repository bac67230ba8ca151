// Reads a setting and validates it when it is used. An invalid setting is reported with what it must be; one that is not
// needed stops nothing.
import { type WorkspaceConfiguration, l10n, workspace } from 'vscode';

export const section = 'bedrockGateway';

export function configuration(): WorkspaceConfiguration {
  // VS Code makes a copy of all settings each time, and a prompt reads some thirty. None changes while code runs without a
  // pause.
  if (!current) {
    current = workspace.getConfiguration(section);
    queueMicrotask(() => (current = undefined));
  }
  return current;
}

let current: WorkspaceConfiguration | undefined;

/**
 * A setting has an invalid value. `expected` is a sentence that says what it must be. `suggestion` names the region that
 * a model requires, if its entry in `models` names another.
 */
export class SettingInvalid extends Error {
  override readonly name = 'SettingInvalid';
  constructor(
    readonly setting: string,
    readonly expected: string,
    readonly suggestion?: { readonly model: string; readonly region: string },
  ) {
    super(`${section}.${setting}: ${expected}`);
  }
}

/**
 * What `read` returns, or `fallback` if it finds an invalid setting. For what can do without the setting: the error is
 * shown by the settings editor and by the next prompt that needs it.
 */
export function unlessInvalid<T, F>(read: () => T, fallback: F): T | F {
  try {
    return read();
  } catch (error) {
    if (error instanceof SettingInvalid) return fallback;
    throw error;
  }
}

/** Reads a setting that is true or false. @throws SettingInvalid */
export function readFlag(setting: string): boolean {
  return read(
    setting,
    (value) => (typeof value === 'boolean' ? value : undefined),
    () => l10n.t('It must be true or false.'),
  );
}

/** Reads a setting. `accept` validates it, and returns undefined for an invalid value. @throws SettingInvalid */
export function read<T>(
  setting: string,
  accept: (value: unknown) => T | undefined,
  expected: () => string,
): T {
  const accepted = accept(configuration().get<unknown>(setting));
  if (accepted === undefined) throw new SettingInvalid(setting, expected());
  return accepted;
}
