// Registers our models for VS Code Chat while the setting chat.models asks for them. Part of activation, so it imports
// little: what provides the models is loaded when VS Code asks for them.
import { Disposable, EventEmitter, type LanguageModelChatProvider, l10n, lm, workspace } from 'vscode';
import { section } from '../settings';
import { asksForChatModels } from '../settings/chat';
import type { RunReporting } from '../ui/errors';
import { lazy } from '../util/lazy';

/** As in package.json. */
const vendor = 'bedrock-gateway';

export type ModelProvider = Required<
  Omit<LanguageModelChatProvider, 'onDidChangeLanguageModelChatInformation'>
>;

/** What is loaded when VS Code first asks for the models. */
export interface Chat {
  readonly provider: ModelProvider;
  /** Tells the user what there is to know about our models in Chat. */
  readonly showNotices: () => Promise<void>;
  /** @throws SettingInvalid if the setting has become invalid. */
  readonly settingChanged: (change: { readonly turnedOn: boolean }) => Promise<void>;
}

/**
 * Follows the setting until it is disposed. `open` loads what provides the models; `modelsChanged` has VS Code ask for
 * them again.
 */
export function registerChat(
  open: (modelsChanged: () => void) => Promise<Chat>,
  attempt: RunReporting,
): Disposable {
  const changed = new EventEmitter<void>();
  const load = lazy(() => open(() => changed.fire()));
  const report = (run: (chat: Chat) => unknown) =>
    void attempt(l10n.t('VS Code Chat'), async () => run(await load()));
  const provider: LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async (options, token) => {
      const chat = await load();
      report(() => chat.showNotices());
      return chat.provider.provideLanguageModelChatInformation(options, token);
    },
    provideLanguageModelChatResponse: async (...request) =>
      (await load()).provider.provideLanguageModelChatResponse(...request),
    provideTokenCount: async (...text) => (await load()).provider.provideTokenCount(...text),
  };
  let registration: Disposable | undefined;
  const update = () => {
    if (!asksForChatModels()) {
      registration?.dispose();
      registration = undefined;
      return;
    }
    registration ??= lm.registerLanguageModelChatProvider(vendor, provider);
    // VS Code does not ask a new provider for its models before this.
    changed.fire();
  };
  const listener = workspace.onDidChangeConfiguration((change) => {
    const isOurs = change.affectsConfiguration(`${section}.chat.models`);
    if (!isOurs && !change.affectsConfiguration(`${section}.models`)) return;
    const wasOn = registration !== undefined;
    update();
    if (isOurs && registration) report((chat) => chat.settingChanged({ turnedOn: !wasOn }));
  });
  update();
  return new Disposable(() => {
    listener.dispose();
    registration?.dispose();
    changed.dispose();
  });
}
