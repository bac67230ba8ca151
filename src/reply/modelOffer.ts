// After a model was selected for new conversations: offers it to the open one, which keeps its own until it is changed.
import { l10n } from 'vscode';
import type { Drafts } from '../conversation/drafts';
import { shortName } from '../models/modelIds';
import type { Composer } from '../prompt/composer';
import { unlessInvalid } from '../settings';
import { readModelId } from '../settings/models';
import { showInformationMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import type { LazyPanel } from './lazyPanel';

export interface ModelOfferDeps {
  readonly panel: Pick<LazyPanel, 'conversation' | 'isInSight'>;
  readonly composer: Pick<Composer, 'modelOf'>;
  readonly drafts: Pick<Drafts, 'update'>;
  readonly labelOf: (model: string) => string | undefined;
}

/** Runs `select`, then offers what was selected to the conversation in sight, if that has another model. */
export async function selectAndOffer(
  select: () => Promise<unknown>,
  { panel, composer, drafts, labelOf }: ModelOfferDeps,
): Promise<void> {
  const before = unlessInvalid(readModelId, undefined);
  await select();
  const model = unlessInvalid(readModelId, undefined);
  const id = panel.conversation?.id;
  if (model === undefined || model === before || id === undefined || !panel.isInSight(id)) return;
  const own = composer.modelOf(id);
  if (own === undefined || own === model) return;
  const nameOf = (each: string) => plainText(shortName(each, labelOf(each)));
  const use = l10n.t('Use {0} There', nameOf(model));
  const message = l10n.t('The open conversation goes on with {0}.', nameOf(own));
  if ((await showInformationMessage(message, use)) === use) drafts.update(id, { model });
}
