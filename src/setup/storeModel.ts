// Saves the chosen model, and remembers which models of a workspace's settings the user has agreed to.
import { type Memento, workspace } from 'vscode';
import { configuration, writeSetting } from '../settings';

export const key = 'agreedModels';

/** Model IDs that a workspace sets, that are not among the user's own models, and that the user has agreed to. */
export class AgreedModels {
  /** `state`: the workspace state. */
  constructor(private readonly state: Memento) {}

  has(id: string): boolean {
    return this.state.get<readonly string[]>(key, []).includes(id);
  }

  async add(id: string): Promise<void> {
    if (!this.has(id)) await this.state.update(key, [...this.state.get<readonly string[]>(key, []), id]);
  }
}

/** Saves the model in the workspace's settings if they set one, else in the user's. */
export async function storeModel(id: string, agreed: AgreedModels): Promise<void> {
  const { workspaceValue } = configuration().inspect<string>('model') ?? {};
  // Writing to the settings of an untrusted workspace has no effect.
  const inWorkspace = workspace.isTrusted && workspaceValue !== undefined;
  if (inWorkspace) await agreed.add(id);
  await writeSetting('model', id, inWorkspace ? 'workspace' : 'user');
}
