// From a text to a running reply: whatever is missing is asked for on the spot, then the prompt goes on.
import { l10n } from 'vscode';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { AgreedModels } from '../setup/storeModel';
import type { Conversations } from '../conversation/conversations';
import type { Target } from '../core/model/request';
import type { Costs } from '../prices/costs';
import { loadPart } from '../util/loadPart';
import { shortName } from '../models/modelIds';
import { readModel, readModels } from '../settings';
import { showWarningMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import type { PreflightResult } from './preflight';
import { type RequestConfig, type PromptInput, readRequestConfig, buildRequest } from './requestBuilder';

/** What is to be otherwise this time, whatever the settings say. */
export type SendOverrides = Partial<Pick<Target, 'stream'>>;

export class Sender {
  constructor(
    private readonly conversations: Conversations,
    private readonly setUp: SetUpDialogs,
    private readonly agreed: AgreedModels,
    private readonly costs: Costs,
  ) {}

  /**
   * Sends `question` with the settings of this moment, unless the user decides otherwise.
   * @param stillWanted asked at the very end, since what is missing or doubtful may have been asked about before.
   * @returns whether it was sent.
   * @throws SettingInvalid
   */
  async send(question: PromptInput, stillWanted = () => true): Promise<boolean> {
    const config = await this.ready();
    if (!config) return false;
    const decision = await this.decide(question, config);
    if (decision === 'cancel' || !stillWanted()) return false;
    const decided =
      decision === 'sendWithoutLogBodies' ? { ...question, withoutLogBodies: true as const } : question;
    // With the config that was agreed to, whatever the settings say after this question.
    void this.conversations.send(buildRequest(decided, config));
    return true;
  }

  /**
   * The same again, not out of the gateway's cache: it would give the same words. What the user decided about it
   * the first time holds. @throws SettingInvalid
   */
  async resend(question: PromptInput, again: SendOverrides = {}): Promise<void> {
    const config = await this.ready();
    if (!config) return;
    const gateway = { ...config.gateway, cacheTtl: 0, bypassCache: true as const };
    const target = { ...config.target, ...again };
    void this.conversations.send(buildRequest(question, { ...config, target, gateway }));
  }

  /**
   * How a prompt would be sent now, once what is missing was asked for; undefined when the user left that.
   * @throws SettingInvalid naming what is there, but cannot be used.
   */
  async ready(): Promise<RequestConfig | undefined> {
    if (!(await this.setUp.complete()) || !(await this.agreedModel())) return undefined;
    return readRequestConfig();
  }

  /** Asks about what should not leave unseen. */
  private async decide(question: PromptInput, { target, gateway }: RequestConfig): Promise<PreflightResult> {
    const { preflight } = await loadPart(() => import('./preflight.chunk'));
    return preflight(question, {
      model: shortName(target.model, readModels().get(target.model)?.label),
      logs: gateway.logs,
      costOf: (tokens) => this.costs.ofPrompt(target, tokens),
    });
  }

  /**
   * A workspace may choose among the models of the settings. Any other ID decides where a prompt goes and what
   * it costs, so the user agrees to it once.
   */
  async agreedModel(): Promise<boolean> {
    const model = readModel();
    if (!model?.fromWorkspace || readModels().has(model.id) || this.agreed.has(model.id)) return true;
    const use = l10n.t('Use It');
    const chosen = await showWarningMessage(
      l10n.t(
        'This workspace sets the model {0}, which is not among your models. Use it here?',
        plainText(model.id),
      ),
      use,
      l10n.t('Cancel'),
    );
    if (chosen !== use) return false;
    await this.agreed.add(model.id);
    // It may have changed while the question stood there.
    return readModel()?.id === model.id || this.agreedModel();
  }
}
