// From a text to a running reply: whatever is missing is asked for on the spot, then the prompt goes on.
import { type Memento, l10n, window } from 'vscode';
import type { Conversations } from '../conversations';
import type { SetUp } from '../connection/setUp';
import { SettingInvalid, readModel, readModels } from '../settings';
import { showInvalid } from '../connection/invalid';
import { type Manner, type Question, mannerNow, newRequest } from './newRequest';
import { textOf } from '../core/request';
import { confirmLength } from './warning';

const confirmedKey = 'confirmedModels';

export class Sender {
  constructor(
    private readonly conversations: Conversations,
    private readonly setUp: SetUp,
    /** Of this workspace: which models, set by it alone, were agreed to. */
    private readonly workspaceState: Memento,
  ) {}

  /** Sends `question` with the settings of this moment, unless the user decides otherwise. */
  async send(question: Question): Promise<void> {
    if (!(await this.ready())) return;
    const texts = question.messages.map(textOf);
    if (!(await confirmLength(texts.join('')))) return;
    const manner = this.manner();
    if (manner) void this.conversations.send(newRequest(question, manner));
  }

  /** Makes sure that a prompt could be sent now; asks for what is missing, names what is wrong. */
  async ready(): Promise<boolean> {
    try {
      return (await this.setUp.complete()) && (await this.agreedModel()) && this.manner() !== undefined;
    } catch (error) {
      if (!(error instanceof SettingInvalid)) throw error;
      showInvalid(error);
      return false;
    }
  }

  private manner(): Manner | undefined {
    try {
      return mannerNow();
    } catch (error) {
      if (!(error instanceof SettingInvalid)) throw error;
      showInvalid(error);
      return undefined;
    }
  }

  /**
   * A workspace may choose among the models of the settings. Any other ID decides where a prompt goes and what
   * it costs, so the user agrees to it once.
   */
  private async agreedModel(): Promise<boolean> {
    const model = readModel();
    if (!model?.fromWorkspace || readModels().has(model.id)) return true;
    const confirmed = this.workspaceState.get<readonly string[]>(confirmedKey, []);
    if (confirmed.includes(model.id)) return true;
    const use = l10n.t('Use It');
    const chosen = await window.showWarningMessage(
      l10n.t('This workspace sets the model {0}, which is not among your models. Use it here?', model.id),
      use,
      l10n.t('Cancel'),
    );
    if (chosen !== use) return false;
    await this.workspaceState.update(confirmedKey, [...confirmed, model.id]);
    return true;
  }
}
