// Tells the user of a question that the panel asks while nobody can see it: a queued prompt may be next when the user is
// somewhere else.
import { Disposable, l10n } from 'vscode';
import type { OpenQuestions } from '../prompt/openQuestions';
import { showWarningMessage } from '../ui/messages';
import type { ReportError } from '../ui/errors';
import { panelTitle } from './panelTitle';
import type { LazyPanel } from './lazyPanel';

export function tellOfUnseenQuestions(
  questions: OpenQuestions,
  panel: Pick<LazyPanel, 'isInSight' | 'onDidShow' | 'show'>,
  report: ReportError,
): Disposable {
  let shown: string | undefined;
  const tell = (conversation: string) => {
    const show = l10n.t('Show Question');
    showWarningMessage(l10n.t('A prompt is not sent yet: there is a question about it.'), show)
      .then((chosen) => (chosen === show ? panel.show(conversation) : undefined))
      .then(undefined, (error: unknown) => report(panelTitle(), error));
  };
  const listener = questions.onDidAsk((conversation) => {
    if (!panel.isInSight(conversation)) tell(conversation);
  });
  // Another conversation takes the place of one with a question.
  const follower = panel.onDidShow((conversation) => {
    if (shown !== undefined && shown !== conversation && questions.of(shown).length > 0) tell(shown);
    shown = conversation;
  });
  return Disposable.from(listener, follower);
}
