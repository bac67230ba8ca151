// How any setting is read. It is checked where it is used: one that is wrong is named, with what would be right;
// one that is wrong but not needed stops nothing.
import { type WorkspaceConfiguration, workspace } from 'vscode';

export const section = 'bedrockGateway';

export function configuration(): WorkspaceConfiguration {
  return workspace.getConfiguration(section);
}

/**
 * A setting cannot be used as it is. `expected` is a sentence that says what would be right. `offered` is the region in
 * which a model would have to be asked, where another stands in its entry of `models`.
 */
export class SettingInvalid extends Error {
  override readonly name = 'SettingInvalid';
  constructor(
    readonly setting: string,
    readonly expected: string,
    readonly offered?: { readonly model: string; readonly region: string },
  ) {
    super(`${section}.${setting}: ${expected}`);
  }
}

/** Reads `setting` through `accept`, which returns undefined for a value that it does not take. */
export function read<T>(
  setting: string,
  accept: (value: unknown) => T | undefined,
  expected: () => string,
): T {
  const accepted = accept(configuration().get<unknown>(setting));
  if (accepted === undefined) throw new SettingInvalid(setting, expected());
  return accepted;
}
