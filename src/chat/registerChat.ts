// Registers our models for VS Code Chat while the setting chat.models asks for them. Part of activation, so it imports
// little: what provides the models is loaded when VS Code asks for them.
import { Disposable, EventEmitter, type LanguageModelChatProvider, lm, workspace } from 'vscode';
import { section } from '../settings';
import { asksForChatModels } from '../settings/chat';

/** As in package.json. */
export const chatVendor = 'bedrock-gateway';

export type ModelProvider = Required<
  Omit<LanguageModelChatProvider, 'onDidChangeLanguageModelChatInformation'>
>;

export interface ChatRegistration {
  /** Called once, when VS Code first asks for the models. */
  readonly load: () => Promise<ModelProvider>;
  /** Called when the user changes which models are offered. */
  readonly onDidChangeSetting: (change: { readonly turnedOn: boolean }) => void;
}

/** Follows the setting until it is disposed. */
export function registerChat({ load, onDidChangeSetting }: ChatRegistration): Disposable {
  const changed = new EventEmitter<void>();
  const provider: LanguageModelChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async (options, token) =>
      (await load()).provideLanguageModelChatInformation(options, token),
    provideLanguageModelChatResponse: async (...request) =>
      (await load()).provideLanguageModelChatResponse(...request),
    provideTokenCount: async (...text) => (await load()).provideTokenCount(...text),
  };
  let registration: Disposable | undefined;
  const update = () => {
    if (!asksForChatModels()) {
      registration?.dispose();
      registration = undefined;
      return;
    }
    registration ??= lm.registerLanguageModelChatProvider(chatVendor, provider);
    // VS Code asks a new provider for its models only after this; its picker would lack them.
    changed.fire();
  };
  const listener = workspace.onDidChangeConfiguration((change) => {
    const isOurs = change.affectsConfiguration(`${section}.chat.models`);
    if (!isOurs && !change.affectsConfiguration(`${section}.models`)) return;
    const wasOn = registration !== undefined;
    update();
    if (isOurs) onDidChangeSetting({ turnedOn: !wasOn && registration !== undefined });
  });
  update();
  return new Disposable(() => {
    listener.dispose();
    registration?.dispose();
    changed.dispose();
  });
}
