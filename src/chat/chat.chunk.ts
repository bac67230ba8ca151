// The chunk that provides models to VS Code Chat, loaded when VS Code first asks for them.
import { type Memento, window } from 'vscode';
import { checkChatModels } from '../settings/chat';
import { ChatNotices } from './notices';
import { ChatProvider } from './provider';
import type { Chat } from './registerChat';
import type { ChatEngine } from './response';

export { chooseChatModels } from './chooseModels';

/**
 * `openEngine` loads what only requests need; `changed` has VS Code ask for the models again. `state` is common to all
 * windows.
 */
export function openChat(openEngine: () => Promise<ChatEngine>, changed: () => void, state: Memento): Chat {
  const notices = new ChatNotices(state);
  return {
    provider: new ChatProvider(openEngine, changed),
    showNotices: () => notices.show(),
    settingChanged: async ({ turnedOn }) => {
      // All windows share the setting; the user looks at one of them.
      if (!window.state.focused) return;
      checkChatModels();
      if (turnedOn) await notices.forget();
      await notices.show();
    },
  };
}
