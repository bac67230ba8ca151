// What a window remembers of the reply panel beyond VS Code's own memory: after a crash of the extension host, VS Code
// has closed the panel. IDs alone, since it is a file of VS Code's.
import { type Memento, TabInputWebview, window } from 'vscode';
import { replyViewType } from './panelTitle';

const key = 'replyPanel';

interface StoredState {
  /** The ID of the conversation that was shown last. */
  readonly shown?: string;
  readonly isOpen: boolean;
}

export class PanelState {
  /** `state`: the workspace's. */
  constructor(private readonly state: Memento) {}

  /** The ID of the conversation that was shown last; undefined if there was none. */
  get shown(): string | undefined {
    return this.stored.shown;
  }

  /** Whether the panel was open when the extension host ended, and VS Code does not bring it back. */
  get isLost(): boolean {
    if (!this.stored.isOpen) return false;
    const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
    // VS Code puts a prefix before the view type.
    return !tabs.some(
      ({ input }) => input instanceof TabInputWebview && input.viewType.endsWith(replyViewType),
    );
  }

  set(shown: string, isOpen: boolean): void {
    const stored = this.stored;
    if (stored.shown === shown && stored.isOpen === isOpen) return;
    void this.state.update(key, { shown, isOpen } satisfies StoredState);
  }

  private get stored(): StoredState {
    return this.state.get<StoredState>(key, { isOpen: false });
  }
}
