// Provides our models to VS Code Chat. A request goes the way of every prompt, through ask(); it has no panel and leaves
// no history.
import type {
  CancellationToken,
  LanguageModelChatInformation,
  LanguageModelChatRequestMessage,
  LanguageModelResponsePart,
  PrepareLanguageModelChatModelOptions,
  Progress,
  ProvideLanguageModelChatResponseOptions,
} from 'vscode';
import { CachingMemory } from './cachingMemory';
import { chooseChatModels } from './chooseModels';
import { chatRequest } from './chatRequest';
import { errorInWords } from './errors';
import { chatModels } from './models';
import { chatMessage } from './parts';
import type { ModelProvider } from './registerChat';
import { type ChatEngine, streamReply } from './response';
import { ThinkingMemory } from './thinking';
import { TokenCounter } from './tokenCount';
import type { OfferedModels } from '../setup/modelRows';
import { lazy } from '../util/lazy';

export class ChatProvider implements ModelProvider {
  private readonly tokens = new TokenCounter();
  private readonly memory = { thinking: new ThinkingMemory(), caching: new CachingMemory() };

  private listPrice: OfferedModels['listPrice'];
  private readonly loadPrices = lazy(async () => {
    ({ listPrice: this.listPrice } = await import('../prices/prices.chunk'));
  });

  /** `open` loads what only requests need; `changed` has VS Code ask for the models again. */
  constructor(
    private readonly open: () => Promise<ChatEngine>,
    private readonly changed: () => void,
  ) {}

  /** Not `silent`: the user asks for models of ours in VS Code's list of models. */
  async provideLanguageModelChatInformation({
    silent,
  }: PrepareLanguageModelChatModelOptions): Promise<LanguageModelChatInformation[]> {
    try {
      if (!silent && (await (await this.open()).completeSetUp())) await chooseChatModels();
      // The list is there at once, and again with prices when they are loaded. Without them it is complete enough.
      if (!this.listPrice) void this.loadPrices().then(this.changed, () => undefined);
      return chatModels(this.listPrice);
    } catch (error) {
      throw errorInWords(error);
    }
  }

  provideTokenCount(
    _model: LanguageModelChatInformation,
    text: string | LanguageModelChatRequestMessage,
  ): Promise<number> {
    const tokens =
      typeof text === 'string' ? this.tokens.ofText(text) : this.tokens.ofMessage(chatMessage(text));
    return Promise.resolve(tokens);
  }

  async provideLanguageModelChatResponse(
    model: LanguageModelChatInformation,
    messages: readonly LanguageModelChatRequestMessage[],
    options: ProvideLanguageModelChatResponseOptions,
    progress: Progress<LanguageModelResponsePart>,
    token: CancellationToken,
  ): Promise<void> {
    const cancelled = new AbortController();
    const listener = token.onCancellationRequested(() => cancelled.abort());
    try {
      const engine = await this.open();
      const request = chatRequest(model.id, messages, options, this.memory);
      const signal = AbortSignal.any([cancelled.signal, engine.closing]);
      await streamReply(request, engine, this.memory, signal, progress);
    } catch (error) {
      throw errorInWords(error);
    } finally {
      listener.dispose();
    }
  }
}
