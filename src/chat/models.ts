// Describes our models to VS Code Chat.
import { type LanguageModelChatInformation, l10n } from 'vscode';
import { shortName } from '../models/modelIds';
import { endOfLifeText } from '../models/describeModel';
import { contextWindowOf, takesAsKnown } from '../models/effectiveFacts';
import { type Effort, efforts } from '../core/model/request';
import { listedWindow, modelFacts } from '../models/modelFacts';
import { type Model, readModels } from '../settings';
import { readChatModels } from '../settings/chat';
import { type OfferedModels, detailOf } from '../setup/modelRows';
import { labelText } from '../util/plainText';

/**
 * The window of a model of which none is known. Every model that Bedrock has added since 2025 has as much or more; where
 * it has less, AWS refuses a long prompt, and the setting `models` can name the model's own.
 */
const unknownWindow = { context: 128_000, output: 8_000 };

/** The models that the setting chat.models names; without their prices if `listPrice` is absent. @throws SettingInvalid */
export function chatModels(listPrice?: OfferedModels['listPrice']): LanguageModelChatInformation[] {
  const offer = { models: readModels(), current: undefined, ...(listPrice && { listPrice }) };
  return readChatModels().map((model) => chatModel(model, offer));
}

/**
 * A picker for how much the model thinks. Not in VS Code's types yet: it shows one for each property with an enum, and
 * gives what is picked with each request.
 */
function effortSchema(): object {
  return {
    type: 'object',
    properties: {
      effort: {
        type: 'string',
        title: l10n.t('Thinking effort'),
        enum: [modelsOwn, ...efforts],
        enumItemLabels: [l10n.t('Default'), ...efforts.map((effort) => effortNames[effort]())],
        // VS Code shows it when nothing is picked. No effort is sent then.
        default: modelsOwn,
        // Beside the model's name.
        group: 'navigation',
      },
    },
  };
}

const modelsOwn = 'default';

const effortNames: { readonly [E in Effort]: () => string } = {
  low: () => l10n.t('Low'),
  medium: () => l10n.t('Medium'),
  high: () => l10n.t('High'),
  xhigh: () => l10n.t('Extra high'),
  max: () => l10n.t('Maximum'),
};

function chatModel({ id, label }: Model, offer: OfferedModels): LanguageModelChatInformation {
  const name = labelText(shortName(id, label));
  const warning = endOfLifeText(id);
  return {
    id,
    name,
    // VS Code matches models by family and version, for which Bedrock has nothing but the ID.
    family: shortName(id),
    version: id,
    // Not `pricing`, for which VS Code would leave out the rest.
    tooltip: [labelText(id), detailOf(id, offer)].filter(Boolean).join('\n\n'),
    // Beside the name.
    ...(warning !== undefined && { detail: warning }),
    ...tokenLimits(id),
    ...(modelFacts(id)?.takesEffort && { configurationSchema: effortSchema() }),
    // Bedrock decides about what is not known.
    capabilities: {
      toolCalling: takesAsKnown(id, 'tools') ?? true,
      imageInput: takesAsKnown(id, 'images') ?? true,
    },
  };
}

/** VS Code adds the two, and shows the sum as the model's window. */
export function tokenLimits(
  id: string,
): Pick<LanguageModelChatInformation, 'maxInputTokens' | 'maxOutputTokens'> {
  const context = contextWindowOf(id) ?? unknownWindow.context;
  // A reply that could fill the window would leave no room for a prompt.
  const output = Math.min(listedWindow(id)?.output ?? unknownWindow.output, Math.floor(context / 2));
  return { maxInputTokens: context - output, maxOutputTokens: output };
}
