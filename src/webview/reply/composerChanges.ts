// What a change of the composer's view means to whoever does not see it.
import type { ComposerView } from '../../protocol/composer';
import type { PanelStrings } from '../../protocol/reply';
import type { Announce } from '../kit/announcer';
import { fill } from '../kit/format';

/** Reads out what a sighted user sees appear. */
export function announceChanges(
  { view: before, strings }: { readonly view: ComposerView; readonly strings: PanelStrings },
  view: ComposerView,
  announce: Announce,
): void {
  const { questions, queues, size } = view;
  for (const { id, text, buttons } of questions)
    if (!before.questions.some((question) => question.id === id)) announce(`${text} ${buttons.join(', ')}`);
  for (const { note, prompts } of queues) {
    const known = before.queues.find((queue) => queue.note === note)?.prompts.length ?? 0;
    const last = prompts.at(-1);
    if (last && prompts.length > known) announce(`${note} ${last.text}`);
  }
  for (const { name, facts, detail } of addedTo(before, view))
    announce(fill(strings.attached, [name, facts, detail].filter(Boolean).join('. ')));
  for (const { name } of addedTo(view, before)) announce(fill(strings.removed, name));
  if (size?.advice && size.level !== before.size?.level) announce(size.advice);
}

/** The attachments that were not there before. */
function addedTo(before: ComposerView, { attachments }: ComposerView): ComposerView['attachments'] {
  return attachments.filter(({ id }) => !before.attachments.some((each) => each.id === id));
}
