// What the user is told and asked once Chat offers our models: that an old VS Code does not stop a request, and that
// Chat wants to be signed in to GitHub.
import { type Memento, authentication, l10n, version as thisVersion, window } from 'vscode';
import { writeSetting } from '../settings';
import {
  allowAnonymousAccess,
  anonymousAccess,
  chatAuthenticationProvider,
  isAnonymousAccessOpen,
} from '../settings/anonymousAccess';
import { showWarningMessage, showInformationMessage } from '../ui/messages';
import { canStop, stopsSince } from './stopping';

/** The user has agreed in this window before it was turned on: nothing is left to be told. */
let hasAgreed = false;

/**
 * Asks whether to turn Chat on though this version of VS Code can't stop a request. Resolves to true without a question
 * if it can.
 */
export async function agreesToNoStop(ask = showWarningMessage, version = thisVersion): Promise<boolean> {
  if (canStop(version)) return true;
  const turnOn = l10n.t('Turn On');
  hasAgreed = (await ask(noStopText(version), turnOn, l10n.t('Cancel'))) === turnOn;
  return hasAgreed;
}

function noStopText(version: string): string {
  return l10n.t(
    'Stopping a reply in Chat does not stop the request in VS Code {0}: the model goes on, and you pay for the whole reply. VS Code {1} and later can stop it.',
    version,
    stopsSince,
  );
}

interface Notice {
  readonly isNeeded: () => boolean | Promise<boolean>;
  /** Resolves when the user has answered, and what follows is done. */
  readonly show: () => Promise<void>;
}

const notices: { readonly [N in 'stopping' | 'anonymousAccess']: Notice } = {
  stopping: {
    // For who has changed the setting by hand, or in another window.
    isNeeded: () => !canStop(thisVersion) && !hasAgreed,
    show: async () => {
      const turnOff = l10n.t('Turn Off Again');
      if ((await showWarningMessage(noStopText(thisVersion), turnOff)) === turnOff)
        await writeSetting('chat.models', 'none');
    },
  },
  anonymousAccess: {
    isNeeded: async () => isAnonymousAccessOpen() && (await isSignedOut()),
    show: async () => {
      const allow = l10n.t('Allow');
      const message = l10n.t(
        'VS Code Chat asks you to sign in to GitHub before it sends anything, even to your own models. VS Code’s experimental setting {0} lets you use Chat without signing in. Add it to your user settings?',
        anonymousAccess,
      );
      if ((await showInformationMessage(message, allow, l10n.t('Not Now'))) === allow)
        await allowAnonymousAccess();
    },
  },
};

const stateKey = 'chat.notices';

export class ChatNotices {
  private readonly open = new Set<string>();

  /** `state` is common to all windows. */
  constructor(private readonly state: Memento) {}

  /**
   * Shows what the user has not been told before, or not since `forget`. In the window in use alone, since all windows
   * share the setting.
   */
  async show(): Promise<void> {
    if (!window.state.focused) return;
    await Promise.all(Object.entries(notices).map(([name, notice]) => this.showOnce(name, notice)));
  }

  /** All of it is told again: the user has just turned Chat on. */
  async forget(): Promise<void> {
    await this.state.update(stateKey, undefined);
  }

  private async showOnce(name: string, { isNeeded, show }: Notice): Promise<void> {
    if (this.open.has(name) || this.shown().includes(name)) return;
    this.open.add(name);
    try {
      if (!(await isNeeded())) return;
      await this.state.update(stateKey, [...this.shown(), name]);
      await show();
    } finally {
      this.open.delete(name);
    }
  }

  private shown(): readonly string[] {
    return this.state.get<readonly string[]>(stateKey, []);
  }
}

/** Whether nobody is signed in for Chat; false if VS Code does not say. */
async function isSignedOut(): Promise<boolean> {
  try {
    return (await authentication.getAccounts(chatAuthenticationProvider())).length === 0;
  } catch {
    return false;
  }
}
