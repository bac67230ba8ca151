import { l10n, window } from 'vscode';
import type { CommandRows } from '../commands';
import { askText } from '../connection/inputs';
import { questionOf } from './newRequest';
import { type LastEditor, selectedIn } from './selection';
import type { Sender } from './sender';

export function sendingCommands(
  sender: Sender,
  { editor }: { readonly editor: () => LastEditor['editor'] },
): CommandRows {
  /** What was typed when the box was left: it is there again the next time. */
  let draft = '';

  const ask = async () => {
    // First what is missing, so that no typed prompt waits for it.
    if (!(await sender.ready())) return;
    const answer = await askText(
      { title: l10n.t('Ask a Bedrock Model') },
      {
        prompt: l10n.t('Your prompt. Nothing of the open files is attached.'),
        value: draft,
        problem: (text) => (text.trim() ? undefined : l10n.t('The prompt is empty.')),
        onLeft: (text) => (draft = text),
      },
    );
    if (typeof answer !== 'object') return;
    draft = '';
    await sender.send(questionOf(answer.value, 'ask'));
  };

  const sendSelection = async () => {
    const current = editor();
    const selected = current && selectedIn(current);
    if (selected) return sender.send(questionOf(selected.text, 'selection', selected.sources));
    const instead = l10n.t('Ask…');
    const chosen = await window.showInformationMessage(
      l10n.t('No text is selected. The selected text is what is sent.'),
      instead,
    );
    if (chosen === instead) await ask();
  };

  return { ask, sendSelection };
}
