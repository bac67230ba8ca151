// The setting `prompts`: saved prompts of the user and of the workspace.
import { l10n } from 'vscode';
import { isRecord } from '../core/gateway/response';
import { record } from './accept';
import { SettingInvalid, configuration, read } from './reading';
import { type SettingNotWritten, writeSetting } from './writing';

export interface SavedPrompt {
  readonly name: string;
  readonly text: string;
  /** Who defined the text. The user's prompt overrides the built-in one of the same name. */
  readonly from: 'builtIn' | 'user' | 'workspace';
}

/**
 * The saved prompts, in the order of the setting; `false` hides a name. A workspace's prompt comes besides the user's of
 * the same name, so that it can't take the place of a prompt that the user knows.
 * @throws SettingInvalid
 */
export function readPrompts(): readonly SavedPrompt[] {
  const expected = () => l10n.t('It must map names to strings, or to false to hide a prompt.');
  const merged = read('prompts', record, expected);
  const { defaultValue, globalValue, workspaceValue } = configuration().inspect<unknown>('prompts') ?? {};
  const entries = (values: unknown) => Object.entries(isRecord(values) ? values : {});
  const isHidden = (value: unknown) => value === false || value === null;
  const prompts = (values: unknown, fromOf: (name: string) => SavedPrompt['from']) =>
    entries(values).flatMap(([name, value]) => {
      if (isHidden(value) || isHidden(merged[name])) return [];
      if (typeof value !== 'string' || !name.trim() || !value.trim())
        throw new SettingInvalid('prompts', expected());
      return [{ name, text: value, from: fromOf(name) }];
    });
  const own = Object.fromEntries([...entries(defaultValue), ...entries(globalValue)]);
  const isUsers = (name: string) => isRecord(globalValue) && Object.hasOwn(globalValue, name);
  return [
    ...prompts(own, (name) => (isUsers(name) ? 'user' : 'builtIn')),
    ...prompts(workspaceValue, () => 'workspace'),
  ];
}

/** Writes one prompt; `false` hides it, undefined removes the entry. @throws SettingNotWritten */
export async function storePrompt(
  name: string,
  value: string | false | undefined,
  owner: SettingNotWritten['owner'],
): Promise<void> {
  const { globalValue, workspaceValue } = configuration().inspect<unknown>('prompts') ?? {};
  const current = owner === 'user' ? globalValue : workspaceValue;
  const entries = new Map(Object.entries(isRecord(current) ? current : {}));
  if (value === undefined) entries.delete(name);
  else entries.set(name, value);
  await writeSetting('prompts', entries.size > 0 ? Object.fromEntries(entries) : undefined, owner);
}
