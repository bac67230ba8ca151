// Which model is used, written down; and which of a workspace's were agreed to.
import { type Memento, workspace } from 'vscode';
import { configuration, writeSetting } from '../settings';

export const key = 'agreedModels';

/** IDs that a workspace sets, that are not among the user's models, and that the user agreed to all the same. */
export class AgreedModels {
  /** `state` is the workspace's own. */
  constructor(private readonly state: Memento) {}

  has(id: string): boolean {
    return this.state.get<readonly string[]>(key, []).includes(id);
  }

  async add(id: string): Promise<void> {
    if (!this.has(id)) await this.state.update(key, [...this.state.get<readonly string[]>(key, []), id]);
  }
}

/** Writes the user's choice where it is already set, else in the user's settings. */
export async function storeModel(id: string, agreed: AgreedModels): Promise<void> {
  const { workspaceValue } = configuration().inspect<string>('model') ?? {};
  // In a workspace that is not trusted, writing to its settings has no effect.
  const ofWorkspace = workspace.isTrusted && workspaceValue !== undefined;
  if (ofWorkspace) await agreed.add(id);
  await writeSetting('model', id, ofWorkspace ? 'workspace' : 'user');
}
