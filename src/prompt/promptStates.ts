// What is remembered about saved prompts: which were used last, and which with hidden characters the user agreed to.
// VS Code saves it in files, so it contains names and hashes, and no text of a prompt.
import type { Memento, Uri } from 'vscode';
import { nodeHash } from '../platform/node/hash';
import type { OfferedPrompt } from './savedPrompts';

/** Parts of an ExtensionContext. */
export interface PromptStorage {
  readonly globalState: Memento;
  readonly workspaceState: Memento;
  readonly globalStorageUri: Uri;
}

/** How many prompts each list has. */
const maxEntries = 100;

function addFirst(state: Memento, key: string, entry: string): Thenable<void> {
  const others = state.get<readonly string[]>(key, []).filter((other) => other !== entry);
  return state.update(key, [entry, ...others].slice(0, maxEntries));
}

/** The prompts that were used last, by name and by who defined them. */
export class LastUsedPrompts {
  private static readonly key = 'lastUsedPrompts';

  constructor(private readonly storage: PromptStorage) {}

  /** `prompts`, the last used first, then the others in their order. */
  sorted(prompts: readonly OfferedPrompt[]): readonly OfferedPrompt[] {
    const used = this.storage.globalState.get<readonly string[]>(LastUsedPrompts.key, []);
    const rank = (prompt: OfferedPrompt) => {
      const index = used.indexOf(idOf(prompt));
      return index === -1 ? used.length : index;
    };
    return prompts.toSorted((one, other) => rank(one) - rank(other));
  }

  add(prompt: OfferedPrompt): Thenable<void> {
    return addFirst(this.storage.globalState, LastUsedPrompts.key, idOf(prompt));
  }
}

function idOf({ from, name }: OfferedPrompt): string {
  return `${from}:${name}`;
}

/** The prompts with hidden characters that the user agreed to: each exactly as it was, a workspace's only there. */
export class AgreedPrompts {
  private static readonly key = 'agreedPrompts';

  constructor(private readonly storage: PromptStorage) {}

  has(prompt: OfferedPrompt): boolean {
    return this.stateOf(prompt).get<readonly string[]>(AgreedPrompts.key, []).includes(hashOf(prompt));
  }

  add(prompt: OfferedPrompt): Thenable<void> {
    return addFirst(this.stateOf(prompt), AgreedPrompts.key, hashOf(prompt));
  }

  private stateOf({ from }: OfferedPrompt): Memento {
    return from === 'workspace' ? this.storage.workspaceState : this.storage.globalState;
  }
}

function hashOf({ name, description, argumentHint, text }: OfferedPrompt): string {
  return nodeHash.sha256(JSON.stringify([name, description, argumentHint, text]));
}
