// Sends prompts: asks for missing settings, checks the prompt, and starts the reply.
import { l10n } from 'vscode';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { AgreedModels } from '../setup/storeModel';
import type { Capability } from '../core/model/capabilities';
import type { Conversations } from '../conversation/conversations';
import { blobsIn } from '../core/model/content';
import type { Target } from '../core/model/request';
import type { Costs } from '../prices/costs';
import { loadPart } from '../util/loadPart';
import { shortName } from '../models/modelIds';
import { takesAsKnown } from '../models/effectiveFacts';
import { isSetByWorkspace, modelLabel, readModelId, readModels } from '../settings';
import { storeConverse } from '../settings/modelEntry';
import { type AskUser, showWarningMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import type { PreflightResult } from './preflight';
import { type RequestConfig, type PromptInput, readRequestConfig, buildRequest } from './requestBuilder';

/** Overrides the settings for one prompt. */
export interface SendOverrides extends Partial<Pick<Target, 'stream'>> {
  /** The gateway's cache may answer, as for another model. */
  readonly mayBeCached?: boolean;
}

export interface SendOptions {
  /** Called last, since the user may have taken a while to answer questions. */
  readonly isStillWanted?: () => boolean;
  /** Asks the user; by default, in a notification. */
  readonly ask?: AskUser;
}

export class Sender {
  constructor(
    private readonly conversations: Conversations,
    private readonly setUp: SetUpDialogs,
    private readonly agreed: AgreedModels,
    private readonly costs: Costs,
  ) {}

  /**
   * Sends a prompt with the current settings, unless the user cancels.
   * @returns whether the prompt was sent.
   * @throws SettingInvalid
   */
  async send(input: PromptInput, options: SendOptions = {}): Promise<boolean> {
    const { isStillWanted = () => true, ask = showWarningMessage } = options;
    const config = await this.ready(input.model, ask);
    if (!config) return false;
    const content = await this.checkContent(input, config, ask);
    if (content === 'cancel' || !isStillWanted()) return false;
    if (content !== 'send') return this.send({ ...input, ...content }, options);
    const decision = await this.checkPrompt(input, config, ask);
    if (decision === 'cancel' || !isStillWanted()) return false;
    const checkedInput =
      decision === 'sendWithoutLogBodies' ? { ...input, withoutLogBodies: true as const } : input;
    // Uses the config that the user agreed to, even if the settings have changed since.
    void this.conversations.send(buildRequest(checkedInput, config));
    return true;
  }

  /**
   * Sends a prompt again. Does not check its text again: the user's first decision holds. The model may be another.
   * @throws SettingInvalid
   */
  async resend(input: PromptInput, options: SendOverrides & SendOptions = {}): Promise<void> {
    const { mayBeCached, ask = showWarningMessage, isStillWanted = () => true, ...overrides } = options;
    const config = await this.ready(input.model, ask);
    if (!config) return;
    const content = await this.checkContent(input, config, ask);
    if (content === 'cancel' || !isStillWanted()) return;
    if (content !== 'send') return this.resend({ ...input, ...content }, options);
    // From the cache would come the same reply.
    const bypass = { cacheTtl: 0, bypassCache: true as const };
    const gateway = { ...config.gateway, ...(mayBeCached ? {} : bypass) };
    const target = { ...config.target, ...overrides };
    void this.conversations.send(buildRequest(input, { ...config, target, gateway }));
  }

  /**
   * Asks for missing settings, then returns the current ones; undefined if the user cancels.
   * @param chosen the model of a conversation; by default, the current one
   * @throws SettingInvalid for an invalid setting.
   */
  async ready(chosen?: string, ask = showWarningMessage): Promise<RequestConfig | undefined> {
    if (!(await this.setUp.complete())) return undefined;
    const model = chosen ?? (await this.agreedModel(ask));
    return model === undefined ? undefined : readRequestConfig(model);
  }

  /**
   * Asks the user about pictures and documents that the model, its API or Bedrock does not take. Resolves to a model if
   * the prompt is to be sent with the settings as they are then.
   */
  private async checkContent(
    { messages }: PromptInput,
    { target }: RequestConfig,
    ask: AskUser,
  ): Promise<'send' | 'cancel' | { readonly model: string }> {
    if (blobsIn(messages).length === 0) return 'send';
    const { checkContent } = await loadPart(() => import('./preflight.chunk'));
    const model = shortName(target.model, modelLabel(target.model));
    const takes = (capability: Capability) => takesAsKnown(target.model, capability);
    const decision = await checkContent(messages, { target, model, takes }, ask);
    if (decision === 'useConverse') {
      await storeConverse(target.model);
      return { model: target.model };
    }
    if (decision !== 'selectModel') return decision;
    const other = await this.setUp.pickModel(l10n.t('Model of This Conversation'), target.model);
    return other === undefined ? 'cancel' : { model: other };
  }

  /** Asks the user about keys in the prompt and about its length. */
  private async checkPrompt(
    input: PromptInput,
    { target, gateway }: RequestConfig,
    ask: AskUser,
  ): Promise<PreflightResult> {
    const { preflight } = await loadPart(() => import('./preflight.chunk'));
    const context = {
      model: shortName(target.model, modelLabel(target.model)),
      logs: gateway.logs,
      costOf: (tokens: number) => this.costs.ofPrompt(target, tokens),
    };
    return preflight(input, context, ask);
  }

  /**
   * The current model; undefined if the user refuses it. A workspace may choose one of the user's models. Any other ID
   * would decide where a prompt goes and what it costs, so the user must agree to it once.
   */
  async agreedModel(ask = showWarningMessage): Promise<string | undefined> {
    const model = readModelId();
    if (model === undefined || !isSetByWorkspace(model) || readModels().has(model) || this.agreed.has(model))
      return model;
    const use = l10n.t('Use It');
    const chosen = await ask(
      l10n.t(
        'This workspace sets the model {0}, which is not one of your models. Use it here?',
        plainText(model),
      ),
      use,
      l10n.t('Cancel'),
    );
    if (chosen !== use) return undefined;
    await this.agreed.add(model);
    // The model may have changed while the question was open.
    return this.agreedModel(ask);
  }
}
