// Tells the user of a question that the panel asks while nobody can see it: a queued prompt may be next when the user is
// somewhere else.
import { type Disposable, l10n } from 'vscode';
import type { OpenQuestions } from '../prompt/openQuestions';
import { showWarningMessage } from '../ui/messages';
import type { ReportError } from '../ui/errors';
import { panelTitle } from './panelTitle';
import type { LazyPanel } from './lazyPanel';

export function tellOfUnseenQuestions(
  questions: OpenQuestions,
  panel: Pick<LazyPanel, 'isInSight' | 'show'>,
  report: ReportError,
): Disposable {
  const told = new Set<string>();
  return questions.onDidChange((conversation) => {
    const open = questions.of(conversation);
    const isNew = open.some(({ id }) => !told.has(id));
    for (const { id } of open) told.add(id);
    if (!isNew || panel.isInSight(conversation)) return;
    const show = l10n.t('Show Question');
    showWarningMessage(l10n.t('A prompt is not sent yet: there is a question about it.'), show)
      .then((chosen) => (chosen === show ? panel.show(conversation) : undefined))
      .then(undefined, (error: unknown) => report(panelTitle(), error));
  });
}
